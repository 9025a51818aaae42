// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Function;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.Origin;
import org.fmd.eversholt.compile.OutGroup;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.compile.Watch;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Span;

/**
 * Which parts of a rule set some runs have used.
 *
 * <pre>
 *   propagations          each arrow between two events of a statement: a problem that stood led over it
 *   constraints true      each constraint, or side of an {@code &&}
 *   constraints false     the same, but for those that are always true, such as set... functions
 *   obligations met       each N of 1 or more
 *   obligations failed    not enough came in time; not for a problem that leads to one event alone, which opened the case
 *   engines fired         each SERD engine
 *   engines counting      an event was recorded and the engine did not fire
 * </pre>
 */
public final class RuleCoverage implements Trace, Watch {
    /** What is covered. */
    public enum Kind {
        PROPAGATIONS("propagations", "never used"),
        TRUE("constraints true", "never true"),
        FALSE("constraints false", "never false"),
        MET("obligations met", "never met"),
        FAILED("obligations failed", "never failed"),
        FIRED("engines fired", "never fired"),
        COUNTING("engines counting", "never counts without firing");

        private final String words;
        private final String gap;

        Kind(String words, String gap) {
            this.words = words;
            this.gap = gap;
        }

        /** For people and programs. */
        public String words() {
            return words;
        }

        /** What is said of a part that is not covered. */
        public String gap() {
            return gap;
        }
    }

    /** A part of the rules. */
    public record Part(Kind kind, Span span, String text) {}

    /** How much of a kind is covered. */
    public record Share(int covered, int all) {
        /** Per cent, cut off; 100 if there is nothing to cover. */
        public int percent() {
            return all == 0 ? 100 : (int) (100L * covered / all);
        }
    }

    private record Place(Kind kind, Object what) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && place.kind == kind && place.what == what;
        }

        @Override
        public int hashCode() {
            return 31 * kind.hashCode() + System.identityHashCode(what);
        }
    }

    private final Map<Place, Part> parts = new LinkedHashMap<>();
    private final Set<Place> used = new HashSet<>();
    private final IdentityHashMap<EventUse, IdentityHashMap<EventUse, Object>> arrows = new IdentityHashMap<>();
    private final Map<Event, Set<Object>> reach = new HashMap<>();
    private final IdentityHashMap<EventUse, Object> groups = new IdentityHashMap<>();

    /** Nothing of the program is used yet. */
    public RuleCoverage(Program program) {
        reach(program);
        for (Propagation propagation : program.propagations()) {
            for (int i = 0; i < propagation.arrows().size(); i++) {
                for (EventUse source : propagation.columns().get(i)) {
                    group(propagation, i, source);
                    for (EventUse target : propagation.columns().get(i + 1)) {
                        arrow(new Origin(propagation, i, source, target));
                    }
                }
            }
            propagation.events().forEach(use -> use.guards().forEach(this::conditions));
        }
        for (SerdEngine engine : program.serdEngines().values()) {
            part(Kind.FIRED, engine, engine.declarations().get(0), engine.toString());
            part(Kind.COUNTING, engine, engine.declarations().get(0), engine.toString());
        }
    }

    private void reach(Program program) {
        for (Propagation propagation : program.propagations()) {
            for (int i = 0; i < propagation.arrows().size(); i++) {
                for (EventUse source : propagation.columns().get(i)) {
                    Set<Object> targets = reach.computeIfAbsent(source.event(), event -> new HashSet<>());
                    for (EventUse target : propagation.columns().get(i + 1)) {
                        // One that may stand for many components is as good as two.
                        targets.add(target.path().horizontal() ? target : target.event());
                        targets.add(target.event());
                    }
                }
            }
        }
    }

    private void part(Kind kind, Object what, Span span, String text) {
        parts.put(new Place(kind, what), new Part(kind, span, text));
    }

    private void arrow(Origin origin) {
        arrows.computeIfAbsent(origin.source(), source -> new IdentityHashMap<>())
                .put(origin.target(), origin);
        part(Kind.PROPAGATIONS, origin, origin.target().span(), origin.toString());
    }

    private void group(Propagation propagation, int position, EventUse source) {
        Count n = propagation.arrows().get(position).n();
        if (n.equals(new Count.Exactly(0))) {
            return;
        }
        Object group = new Object();
        groups.put(source, group);
        Span span = propagation.arrows().get(position).span();
        String text = source.event().name() + " (" + n + ")-> ...";
        part(Kind.MET, group, span, text);
        if (reach.getOrDefault(source.event(), Set.of()).size() > 1) {
            part(Kind.FAILED, group, span, text);
        }
    }

    private void conditions(Term term) {
        if (term instanceof Term.Binary both && both.op() == BinaryOp.AND) {
            conditions(both.left());
            conditions(both.right());
            return;
        }
        part(Kind.TRUE, term, term.span(), term.toString());
        if (!always(term)) {
            part(Kind.FALSE, term, term.span(), term.toString());
        }
    }

    /** Whether a condition is there for what it does, or is a window: its value is never in doubt. */
    static boolean always(Term term) {
        if (term instanceof Term.Call call) {
            return call.function() == Function.WITHIN || call.function().word().startsWith("set");
        }
        if (term instanceof Term.Binary binary) {
            boolean either = binary.op() == BinaryOp.OR;
            return either && (always(binary.left()) || always(binary.right()));
        }
        return term instanceof Term.Assign;
    }

    private void use(Kind kind, Object what) {
        Place place = new Place(kind, what);
        if (parts.containsKey(place)) {
            used.add(place);
        }
    }

    @Override
    public void decided(Term condition, Truth truth) {
        if (truth == Truth.TRUE) {
            use(Kind.TRUE, condition);
        } else if (truth == Truth.FALSE || truth == Truth.UNDEFINED) {
            use(Kind.FALSE, condition);
        }
    }

    @Override
    public void owed(OutGroup group, long n, long yes, long open, boolean passable) {
        for (InstanceArrow arrow : group.arrows()) {
            Object known = groups.get(arrow.origin().source());
            if (known != null && passable && Long.compareUnsigned(yes, n) >= 0) {
                use(Kind.MET, known);
            } else if (known != null && passable && Long.compareUnsigned(yes + open, n) < 0) {
                use(Kind.FAILED, known);
            }
        }
    }

    @Override
    public void led(InstanceArrow arrow) {
        Origin origin = arrow.origin();
        IdentityHashMap<EventUse, Object> targets = arrows.get(origin.source());
        Object known = targets == null ? null : targets.get(origin.target());
        if (known != null) {
            use(Kind.PROPAGATIONS, known);
        }
    }

    @Override
    public void counted(SerdEngine engine, boolean fired) {
        use(fired ? Kind.FIRED : Kind.COUNTING, engine);
    }

    /** How much of a kind is used. */
    public Share share(Kind kind) {
        int all = (int) parts.values().stream().filter(p -> p.kind == kind).count();
        return new Share((int) used.stream().filter(p -> p.kind == kind).count(), all);
    }

    /** What is not used, in the order of the kinds, then of the rules. */
    public List<Part> gaps() {
        List<Part> gaps = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            parts.forEach((place, part) -> {
                if (part.kind == kind && !used.contains(place)) {
                    gaps.add(part);
                }
            });
        }
        return gaps;
    }
}

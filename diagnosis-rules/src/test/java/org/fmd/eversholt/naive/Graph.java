// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** The events of the rules placed on components, with arrows; and what one exercise knows of them. */
final class Graph {
    /** An event of a statement on the components that its path matched, in the order of the path. */
    record Placed(EventUse use, List<Tree.Node> nodes) {
        String path() {
            return nodes.get(nodes.size() - 1).path();
        }
    }

    /** What is said of an event, an obligation or a cause. */
    enum Verdict {
        YES,
        NO,
        MAYBE,
        WAIT
    }

    /** A verdict, with the time to wait for (else {@code NEVER}). */
    record Answer(Verdict verdict, long wake) {
        static final long NEVER = Long.MAX_VALUE;
        static final Answer YES = new Answer(Verdict.YES, NEVER);
        static final Answer NO = new Answer(Verdict.NO, NEVER);
        static final Answer MAYBE = new Answer(Verdict.MAYBE, NEVER);

        static Answer waiting(long wake) {
            return new Answer(Verdict.WAIT, wake);
        }
    }

    /** How an event is reached from the problem under examination. */
    enum Effect {
        FULL,
        WAITING,
        PARENT
    }

    /** What {@code set...} functions noted for a problem. */
    static final class Notes {
        final Map<String, Object> payload = new LinkedHashMap<>();
        String suffix = "";

        @Nullable
        Long n;

        @Nullable
        Object t;

        long increment = 1;
    }

    static final class Ev {
        final Event event;
        final String path;
        final List<OutGroup> out = new ArrayList<>();
        final List<InGroup> in = new ArrayList<>();
        final Notes notes = new Notes();

        int seen;

        @Nullable
        NvList payload;

        long firstTime;

        // of one pass
        @Nullable
        Answer req;

        final Set<Effect> eff = new HashSet<>();
        boolean tried;

        @Nullable
        Answer result;

        boolean keep;

        Ev(Event event, String path) {
            this.event = event;
            this.path = path;
        }

        EventKind kind() {
            return event.kind();
        }

        String eventClass() {
            return event.name().eventClass();
        }

        @Override
        public String toString() {
            return eventClass() + "@" + path;
        }
    }

    static final class OutGroup {
        final Count n;
        final List<Arrow> arrows = new ArrayList<>();

        @Nullable
        Boolean live; // of one pass

        OutGroup(Count n) {
            this.n = n;
        }
    }

    static final class InGroup {
        final Count k;
        final List<Arrow> arrows = new ArrayList<>();
        int built;

        InGroup(Count k) {
            this.k = k;
        }
    }

    /** One arrow. */
    static final class Arrow {
        final int number;
        final Ev from;
        final Ev to;
        final Placed source;
        final Placed target;
        final Map<Integer, Long> bindings;

        @Nullable
        Boolean verdict;

        // of one pass
        boolean reqMark;
        boolean effMark;

        Arrow(int number, Ev from, Ev to, Placed source, Placed target, Map<Integer, Long> bindings) {
            this.number = number;
            this.from = from;
            this.to = to;
            this.source = source;
            this.target = target;
            this.bindings = Map.copyOf(bindings);
        }

        boolean windowed() {
            return target.use().window() != null;
        }

        long maxDelay() {
            return target.use().window() == null ? 0 : target.use().window().maxNanos();
        }

        long minDelay() {
            return target.use().window() == null ? 0 : target.use().window().minNanos();
        }

        /** The constraints of one of its ends, one by one: a comma is the same as {@code &&}. */
        static List<Term> guards(Placed end) {
            List<Term> guards = new ArrayList<>(end.use().guards());
            for (int i = 0; i < guards.size(); i++) {
                while (guards.get(i) instanceof Term.Binary both && both.op() == BinaryOp.AND) {
                    guards.set(i, both.left());
                    guards.add(i + 1, both.right());
                }
            }
            return guards;
        }
    }

    final Map<String, Ev> events = new LinkedHashMap<>();
    final List<Arrow> arrows = new ArrayList<>();

    @Nullable
    Ev find(String eventClass, String path) {
        return events.get(eventClass + "@" + path);
    }

    Ev event(Placed placed) {
        Event event = placed.use().event();
        return events.computeIfAbsent(
                event.name().eventClass() + "@" + placed.path(), key -> new Ev(event, placed.path()));
    }

    List<Arrow> outOf(Ev event) {
        return event.out.stream().flatMap(g -> g.arrows.stream()).toList();
    }

    /** Forgets what belongs to one pass. */
    void clear() {
        for (Ev e : events.values()) {
            e.req = null;
            e.eff.clear();
            e.tried = false;
            e.result = null;
            e.keep = false;
            e.out.forEach(g -> g.live = null);
        }
        for (Arrow a : arrows) {
            a.reqMark = false;
            a.effMark = false;
        }
    }

    /** Removes the events that no surviving problem leads to. */
    void strip() {
        Set<Ev> gone = new LinkedHashSet<>();
        events.values().stream().filter(e -> !e.keep).forEach(gone::add);
        events.values().removeAll(gone);
        arrows.removeIf(a -> gone.contains(a.from) || gone.contains(a.to));
        for (Ev e : events.values()) {
            e.out.forEach(g -> g.arrows.retainAll(arrows));
            e.in.forEach(g -> g.arrows.retainAll(arrows));
        }
    }

    /** The verdicts so far. */
    Map<Arrow, @Nullable Boolean> verdicts() {
        Map<Arrow, @Nullable Boolean> verdicts = new HashMap<>();
        arrows.forEach(a -> verdicts.put(a, a.verdict));
        return verdicts;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.fmd.api.Explanation;
import org.fmd.api.Explanation.Kind;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventName;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.ComponentTree;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.Graphs;
import org.fmd.eversholt.compile.Reason;
import org.fmd.eversholt.compile.Refusals;
import org.fmd.eversholt.compile.RuleIndex;
import org.fmd.eversholt.syntax.NearNames;
import org.jspecify.annotations.Nullable;

/**
 * Says why: of a case, problem by problem, and of a problem, case by case. Nothing is kept while the engine works; an exercise
 * is evaluated again when somebody asks.
 */
final class Explainer {
    private static final int SHOWN = 3;

    private static final int SHOWN_REASONS = 10;

    private final Program program;
    private final RuleIndex rules;
    private final Graphs graphs;
    private final ComponentTree tree;
    private final long hesitateNanos;
    private final Set<String> trips;
    private final SerdEngines serd;
    private final LongFunction<String> clock;

    /** @param clock how a time since the epoch is shown */
    Explainer(
            Program program,
            RuleIndex rules,
            Graphs graphs,
            ComponentTree tree,
            long hesitateNanos,
            Set<String> trips,
            SerdEngines serd,
            LongFunction<String> clock) {
        this.program = program;
        this.rules = rules;
        this.graphs = graphs;
        this.tree = tree;
        this.hesitateNanos = hesitateNanos;
        this.trips = trips;
        this.serd = serd;
        this.clock = clock;
    }

    private CaseReasons reasons(Ended ended) {
        return new CaseReasons(ended, rules, hesitateNanos, trips, clock);
    }

    /** Why a case ended as it did: what was seen, then the suspects, then what is not suspected. */
    Explanation explainCase(Ended ended, String label) {
        CaseReasons reasons = reasons(ended);
        List<Explanation> kept = new ArrayList<>();
        List<Explanation> dropped = new ArrayList<>();
        for (EventInstance problem : reasons.candidates()) {
            (reasons.stood(problem) ? kept : dropped).add(reasons.problem(problem));
        }
        List<Explanation> because = new ArrayList<>(reasons.observations());
        because.addAll(kept);
        because.addAll(dropped);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("case", label);
        facts.put("state", ended.how().name().toLowerCase(Locale.ROOT));
        facts.put("opened", clock.apply(ended.opener().nanos()));
        facts.put("ended", clock.apply(ended.nanos()));
        return new Explanation(
                Kind.CASE,
                label + ", opened by " + ended.firstKey() + " at "
                        + clock.apply(ended.opener().nanos()) + ", " + end(ended),
                facts,
                because);
    }

    private String end(Ended ended) {
        String at = " at " + clock.apply(ended.nanos());
        return switch (ended.how()) {
            case SOLVED -> {
                int suspects = ended.certainties().size();
                yield "was solved" + at + ": " + suspects + (suspects == 1 ? " suspect" : " suspects");
            }
            case UNDIAGNOSABLE -> "ended" + at + ": no single problem explains what was seen";
            case CLOSED -> "was closed" + at + ": nothing serious";
            case WAITING -> "is undecided";
        };
    }

    /** Why a problem was, or was not, diagnosed at a place. */
    Explanation explainProblem(EventKey key, List<Ended> cases, Function<Ended, String> label) {
        List<Explanation> because = new ArrayList<>();
        boolean diagnosed = false;
        Map<Explanation, List<String>> answers = new LinkedHashMap<>();
        for (Ended ended : cases) {
            EventInstance problem = ended.graph().find(key, ended.center());
            if (problem != null) {
                diagnosed |= ended.certainties().containsKey(key);
                answers.computeIfAbsent(reasons(ended).problem(problem), why -> new ArrayList<>())
                        .add(label.apply(ended));
            }
        }
        answers.forEach((why, labels) -> because.add(labelled(why, labels)));
        Event event = declared(key);
        if (event == null) {
            because.add(0, unknown(key));
        } else {
            if (because.isEmpty()) {
                because.add(unseen(key, event, cases));
            }
            because.addAll(engines(key, event));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("class", key.eventClass());
        facts.put("resource", key.path().toString());
        facts.put("diagnosed", diagnosed);
        return new Explanation(
                diagnosed ? Kind.SUSPECT : Kind.DROPPED,
                key + (diagnosed ? " was diagnosed" : " was not diagnosed"),
                facts,
                because);
    }

    /** Cases that end alike are told of together. */
    private static Explanation labelled(Explanation why, List<String> labels) {
        int more = labels.size() - SHOWN;
        String where = String.join(", ", labels.subList(0, Math.min(SHOWN, labels.size())))
                + (more > 0 ? " and " + more + " more" : "");
        Map<String, Object> facts = new LinkedHashMap<>(why.facts());
        facts.put("cases", List.copyOf(labels));
        return new Explanation(why.kind(), where + ": " + why.sentence(), facts, why.because());
    }

    /** The declaration that fits the place, null if there is none. */
    private @Nullable Event declared(EventKey key) {
        for (Event event : program.events().values()) {
            List<String> names =
                    key.path().steps().stream().map(TopoPath.Step::name).toList();
            EventName name = event.name();
            int above = names.size() - name.path().size();
            if (name.eventClass().equals(key.eventClass())
                    && above >= 0
                    && names.subList(above, names.size()).equals(name.path())) {
                return event;
            }
        }
        return null;
    }

    private Explanation unknown(EventKey key) {
        Set<String> classes = new TreeSet<>();
        Set<String> places = new TreeSet<>();
        for (EventName name : program.events().keySet()) {
            classes.add(name.eventClass());
            if (name.eventClass().equals(key.eventClass())) {
                places.add(name.pathText());
            }
        }
        return Explanation.of(
                Kind.ABSENCE,
                places.isEmpty()
                        ? "no rule declares " + key.eventClass() + NearNames.hint(key.eventClass(), classes)
                        : "the rules know " + key.eventClass() + " only of " + String.join(", ", places),
                Map.of());
    }

    /** What would have to be seen, and what of it was seen elsewhere. */
    private Explanation unseen(EventKey key, Event event, List<Ended> cases) {
        if (tree.at(key.path()) == null) {
            return Explanation.of(Kind.ABSENCE, "there is no " + key.path() + " on this machine", Map.of());
        }
        Set<Event> ereports = ereports(event);
        List<String> what = ereports.stream().map(e -> e.name().toString()).toList();
        Map<String, Object> facts = Map.of("ereports", what);
        if (what.isEmpty()) {
            return Explanation.of(Kind.ABSENCE, "by the rules it leads to no ereport at all", facts);
        }
        Set<EventKey> elsewhere = new LinkedHashSet<>();
        Set<Reason> forbidden = new LinkedHashSet<>();
        for (Ended ended : cases) {
            for (Ended.Seen seen : ended.seen()) {
                if (ereports.contains(seen.event().event()) && elsewhere.add(ended.key(seen.event()))) {
                    EventKey wanted = ended.key(seen.event());
                    Refusals refusals = ended.graph().refusals(rules, key, ended.center());
                    forbidden.addAll(refusals.before(wanted::equals));
                }
            }
        }
        List<String> seen = elsewhere.stream().map(EventKey::toString).toList();
        if (!forbidden.isEmpty()) {
            return new Explanation(
                    Kind.ABSENCE,
                    "on this machine constraints forbid that it leads to what was seen: " + String.join(", ", seen),
                    facts,
                    forbidden(List.copyOf(forbidden)));
        }
        return unseen(key, what, seen, facts);
    }

    private Explanation unseen(EventKey key, List<String> what, List<String> elsewhere, Map<String, Object> facts) {
        String classes = String.join(", ", what);
        if (!elsewhere.isEmpty()) {
            Explanation remark = Explanation.of(
                    Kind.REMARK,
                    "seen, but no rule leads there from " + key.path() + " on this machine: "
                            + String.join(", ", elsewhere),
                    Map.of("seen", elsewhere));
            return new Explanation(
                    Kind.ABSENCE, "nothing was seen that it leads to: " + classes, facts, List.of(remark));
        }
        Refusals refusals = graphs.refusals(key);
        Predicate<EventKey> wanted = to -> to.eventClass().startsWith("ereport.");
        List<Reason> forbidden = refusals.before(wanted);
        String why = forbidden.isEmpty() || refusals.reaches(key, wanted)
                ? "nothing was seen that it leads to: "
                : "on this machine constraints forbid that it leads to any ereport: ";
        return new Explanation(Kind.ABSENCE, why + classes, facts, forbidden(forbidden));
    }

    /** Constraints that the topology has decided against an arrow, with the values of their operands. */
    static List<Explanation> forbidden(List<Reason> reasons) {
        List<Explanation> all = new ArrayList<>();
        reasons.stream().limit(SHOWN_REASONS).map(CaseReasons::condition).forEach(all::add);
        if (reasons.size() > SHOWN_REASONS) {
            int more = reasons.size() - SHOWN_REASONS;
            all.add(Explanation.of(Kind.REMARK, "and " + more + " more constraints like these", Map.of()));
        }
        return all;
    }

    /** The ereports that an event leads to by the rules, over whatever errors. */
    private Set<Event> ereports(Event from) {
        Set<Event> reached = new LinkedHashSet<>(Set.of(from));
        Deque<Event> pending = new ArrayDeque<>(reached);
        while (!pending.isEmpty()) {
            Event event = pending.remove();
            for (Propagation propagation : program.propagations()) {
                for (int i = 0; i < propagation.arrows().size(); i++) {
                    boolean leaves = propagation.columns().get(i).stream()
                            .anyMatch(use -> use.event().equals(event));
                    for (EventUse target : leaves ? propagation.columns().get(i + 1) : List.<EventUse>of()) {
                        if (reached.add(target.event())) {
                            pending.add(target.event());
                        }
                    }
                }
            }
        }
        reached.removeIf(event -> event.kind() != EventKind.EREPORT);
        return reached;
    }

    /** The SERD engines that hold the problem back, and those that deliver an ereport that it leads to. */
    private List<Explanation> engines(EventKey key, Event event) {
        List<Explanation> all = new ArrayList<>();
        Component at = tree.at(key.path());
        if (at == null) {
            return all;
        }
        SerdEngine own = event.properties().engine();
        Set<EventName> wanted = ereports(event).stream().map(Event::name).collect(Collectors.toSet());
        for (SerdEngine engine : program.serdEngines().values()) {
            boolean delivers = engine.trip() != null && wanted.contains(engine.trip());
            Component place = at.cut(engine.name().path());
            if ((engine.equals(own) || delivers) && place != null) {
                List<SerdEngines.State> states = serd.states(engine.name().eventClass(), place.path());
                if (states.isEmpty()) {
                    all.add(Explanation.of(
                            Kind.ENGINE,
                            engine.name().eventClass() + "@" + place.path() + " counts nothing now; it takes "
                                    + (engine.n() + 1) + " in " + SimTime.text(engine.nanos()),
                            Map.of("engine", engine.name().eventClass() + "@" + place.path(), "count", 0L)));
                }
                states.forEach(state -> all.add(state(state)));
            }
        }
        return all;
    }

    private Explanation state(SerdEngines.State state) {
        String expires = clock.apply(state.oldest() + state.limits().nanos());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("engine", state.engine());
        facts.put("count", (long) state.count());
        facts.put("n", (long) state.limits().n());
        facts.put("t", SimTime.text(state.limits().nanos()));
        facts.put("next-expiry", expires);
        return Explanation.of(
                Kind.ENGINE,
                state.engine() + " counts " + state.count() + " of the "
                        + (state.limits().n() + 1L) + " in "
                        + SimTime.text(state.limits().nanos()) + " that it takes; the oldest is forgotten after "
                        + expires,
                facts);
    }
}

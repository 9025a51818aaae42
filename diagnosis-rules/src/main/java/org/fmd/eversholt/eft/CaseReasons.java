// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.fmd.api.Explanation;
import org.fmd.api.Explanation.Kind;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.InGroup;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.OutGroup;
import org.fmd.eversholt.compile.Reason;
import org.fmd.eversholt.compile.RuleIndex;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/** One exercise, evaluated again with somebody looking over its shoulder, and what there is to say about its problems. */
final class CaseReasons {
    private final Ended ended;
    private final RuleIndex rules;
    private final Exercise exercise;
    private final Recording recording = new Recording();
    private final Set<EventInstance> standing;
    private final Set<String> trips;
    private final LongFunction<String> clock;

    CaseReasons(Ended ended, RuleIndex rules, long hesitateNanos, Set<String> trips, LongFunction<String> clock) {
        this.ended = ended;
        this.rules = rules;
        this.exercise = ended.again();
        this.trips = trips;
        this.clock = clock;
        Evaluation evaluation =
                new Evaluation(exercise.world().dialect(), hesitateNanos, trips, (place, what) -> {}, recording);
        evaluation.run(exercise);
        this.standing = Set.copyOf(evaluation.suspects());
    }

    /** The problems that can lead to something of what was seen, in the order of the rules. */
    List<EventInstance> candidates() {
        return exercise.graph().events().stream()
                .filter(event -> event.kind().isProblem())
                .toList();
    }

    /** Whether the problem explained all that was seen, whatever its engine then said. */
    boolean stood(EventInstance problem) {
        if (ended.how() == Ended.How.WAITING || ended.how() == Ended.How.UNDIAGNOSABLE) {
            return standing.contains(problem);
        }
        return ended.certainties().containsKey(exercise.key(problem)) || held(problem) != null;
    }

    private Outcome.@Nullable Held held(EventInstance problem) {
        return ended.held().stream()
                .filter(held -> held.problem().equals(problem.eventClass()) && held.at() == exercise.at(problem))
                .findFirst()
                .orElse(null);
    }

    private String name(EventInstance event) {
        return exercise.key(event).toString();
    }

    /** What was seen, in the order it first came. */
    List<Explanation> observations() {
        List<Explanation> seen = new ArrayList<>();
        for (Ended.Seen one : ended.seen()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            event(facts, exercise.key(one.event()));
            facts.put("first-seen", clock.apply(one.nanos()));
            seen.add(Explanation.of(
                    Kind.OBSERVATION,
                    name(one.event()) + (isTrip(one.event()) ? " was delivered by its engine" : " was seen") + " at "
                            + clock.apply(one.nanos()),
                    facts));
        }
        return seen;
    }

    /** Whether only a SERD engine that fires delivers it. */
    private boolean isTrip(EventInstance event) {
        return trips.contains(event.eventClass());
    }

    private static void event(Map<String, Object> facts, EventKey key) {
        facts.put("class", key.eventClass());
        facts.put("resource", key.path().toString());
    }

    /** Why a problem is among the suspects, or is not. */
    Explanation problem(EventInstance problem) {
        return stood(problem) ? kept(problem) : dropped(problem);
    }

    private Explanation kept(EventInstance problem) {
        Map<String, Object> facts = new LinkedHashMap<>();
        event(facts, exercise.key(problem));
        Integer certainty = ended.certainties().get(exercise.key(problem));
        Outcome.Held held = held(problem);
        String end;
        if (certainty != null) {
            facts.put("certainty", (long) certainty);
            end = " is suspected, " + certainty + "%: it alone explains all that was seen, and what it owes has come";
        } else if (held == null || ended.how() == Ended.How.WAITING) {
            end =
                    " may be suspected: it alone explains all that was seen so far, and what it owes has come or may come";
        } else if (held.engine() == null) {
            end = " explains all that was seen; it is an upset and heals itself";
        } else if (problem.kind() == EventKind.UPSET && held.fired()) {
            end = " explains all that was seen; it has come too often, so its engine fired";
        } else {
            end = " explains all that was seen, but has not come often enough";
        }
        List<Explanation> because = new ArrayList<>();
        for (InstanceArrow arrow : recording.led(problem)) {
            because.add(leads(arrow));
        }
        obligations(problem, because, new LinkedHashSet<>());
        if (held != null && held.count() >= 0) {
            because.add(counts(held));
        }
        boolean suspect = certainty != null || ended.how() == Ended.How.WAITING;
        return new Explanation(suspect ? Kind.SUSPECT : Kind.DROPPED, name(problem) + end, facts, because);
    }

    private Explanation leads(InstanceArrow arrow) {
        Span place = arrow.origin().target().span();
        String seen = arrow.to().kind() != EventKind.EREPORT
                ? ""
                : exercise.seen(arrow.to()) ? ", which was seen" : ", which may come";
        List<Explanation> because = reasons(arrow).stream()
                .filter(reason -> reason.truth() == Truth.TRUE && !sets(reason))
                .map(CaseReasons::condition)
                .toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        place(facts, place);
        event(facts, exercise.key(arrow.to()));
        return new Explanation(
                Kind.OBSERVATION,
                place + ": " + name(arrow.from()) + " leads to " + name(arrow.to()) + seen,
                facts,
                because);
    }

    /** A condition that is there for what it does explains nothing. */
    private static boolean sets(Reason reason) {
        return reason.condition().toString().contains("set") && RuleCoverage.always(reason.condition());
    }

    private List<Reason> reasons(InstanceArrow arrow) {
        return arrow.guard()
                .reasons(exercise.world(), exercise.center(), exercise.globals(), exercise.payload(arrow.to()));
    }

    static Explanation condition(Reason reason) {
        Map<String, Object> facts = new LinkedHashMap<>();
        place(facts, reason.condition().span());
        facts.put("condition", reason.condition().toString());
        facts.put("truth", reason.truth() == Truth.TRUE);
        return Explanation.of(Kind.CONSTRAINT, reason.condition().span() + ": " + reason.words(), facts);
    }

    private static void place(Map<String, Object> facts, Span span) {
        facts.put("file", span.file().name());
        facts.put("line", (long) span.line());
        facts.put("column", (long) span.column());
    }

    /** What had to follow from an event, and from what follows from it. */
    private void obligations(EventInstance event, List<Explanation> into, Set<EventInstance> done) {
        if (!done.add(event)) {
            return;
        }
        for (Recording.Owed owed : recording.owed(event)) {
            if (owed.passable()) {
                into.add(obligation(owed));
                for (InstanceArrow arrow : owed.group().arrows()) {
                    obligations(arrow.to(), into, done);
                }
            }
        }
    }

    private Explanation obligation(Recording.Owed owed) {
        OutGroup group = owed.group();
        Span place = group.arrows()
                .get(0)
                .origin()
                .propagation()
                .arrows()
                .get(group.arrows().get(0).origin().position())
                .span();
        List<String> came = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (InstanceArrow arrow : group.arrows()) {
            state(arrow, came, missing);
        }
        String wanted = group.n() instanceof Count.All ? "all" : Long.toUnsignedString(owed.n());
        String sentence =
                place + ": of what " + name(group.arrows().get(0).from()) + " leads to, " + wanted + " must come: "
                        + (came.isEmpty() ? "nothing came" : String.join(", ", came) + " came")
                        + (missing.isEmpty() ? "" : "; " + String.join(", ", missing));
        Map<String, Object> facts = new LinkedHashMap<>();
        place(facts, place);
        facts.put("n", Long.toUnsignedString(owed.n()));
        facts.put("state", owed.met() ? "met" : owed.failed() ? "failed" : "open");
        facts.put("came", came);
        facts.put("missing", missing);
        return Explanation.of(Kind.OBLIGATION, sentence, facts);
    }

    private void state(InstanceArrow arrow, List<String> came, List<String> missing) {
        EventInstance target = arrow.to();
        if (exercise.verdict(arrow) == Truth.FALSE) {
            missing.add(name(target) + " is ruled out by a constraint");
        } else if (target.kind() != EventKind.EREPORT) {
            (failed(target).isEmpty() ? came : missing).add(name(target));
        } else if (exercise.seen(target)) {
            came.add(name(target));
        } else {
            Long deadline = recording.awaited(target);
            if (isTrip(target)) {
                missing.add(name(target) + " was not delivered, since its engine has not fired");
                return;
            }
            boolean late = deadline != null && ended.waited() >= deadline;
            String by =
                    deadline == null ? "" : " by " + clock.apply(ended.opener().nanos() + deadline);
            missing.add(name(target) + (deadline == null || late ? " did not come" : " may still come") + by);
        }
    }

    private List<Recording.Owed> failed(EventInstance event) {
        return recording.owed(event).stream().filter(Recording.Owed::failed).toList();
    }

    private Explanation dropped(EventInstance problem) {
        Map<String, Object> facts = new LinkedHashMap<>();
        event(facts, exercise.key(problem));
        List<Explanation> because = new ArrayList<>();
        EventInstance unexplained = recording.unexplained(problem);
        String why;
        if (unexplained != null) {
            facts.put("unexplained", name(unexplained));
            why = "it does not explain " + name(unexplained) + ", which was seen";
            blocked(problem, unexplained, because);
        } else if (!failed(problem).isEmpty()) {
            why = "what it leads to has not come";
            failures(problem, because, new LinkedHashSet<>());
        } else if (standing.contains(problem)) {
            why = "it was ruled out at an earlier look, before the last ereport came";
        } else {
            why = "it does not lead to " + name(exercise.first()) + ", which was seen";
            blocked(problem, exercise.first(), because);
        }
        return new Explanation(Kind.DROPPED, name(problem) + " is not suspected: " + why, facts, because);
    }

    private void failures(EventInstance event, List<Explanation> into, Set<EventInstance> done) {
        if (!done.add(event)) {
            return;
        }
        for (Recording.Owed owed : failed(event)) {
            into.add(obligation(owed));
            owed.group().arrows().forEach(arrow -> failures(arrow.to(), into, done));
        }
    }

    /** What stands on the ways from a problem to an event. */
    private void blocked(EventInstance problem, EventInstance goal, List<Explanation> into) {
        Set<EventInstance> before = new LinkedHashSet<>();
        causes(goal, before);
        EventKey wanted = exercise.key(goal);
        List<Reason> forbidden = ended.graph()
                .refusals(rules, exercise.key(problem), exercise.center())
                .before(wanted::equals);
        if (before.contains(problem)) {
            effects(problem, before, goal, new LinkedHashSet<>(), into);
        } else if (forbidden.isEmpty()) {
            into.add(Explanation.of(
                    Kind.ABSENCE,
                    "no rule leads from " + name(problem) + " to " + name(goal) + " on this machine",
                    Map.of()));
        }
        into.addAll(Explainer.forbidden(forbidden));
    }

    private void causes(EventInstance event, Set<EventInstance> into) {
        if (into.add(event)) {
            event.in().forEach(group -> group.arrows().forEach(arrow -> causes(arrow.from(), into)));
        }
    }

    private void effects(
            EventInstance from,
            Set<EventInstance> before,
            EventInstance goal,
            Set<EventInstance> reached,
            List<Explanation> into) {
        if (!reached.add(from)) {
            return;
        }
        if (from.kind() == EventKind.ERROR) {
            failures(from, into, new LinkedHashSet<>());
        }
        several(from, goal, into);
        for (OutGroup group : from.out()) {
            for (InstanceArrow arrow : group.arrows()) {
                if (before.contains(arrow.to())) {
                    List<Reason> reasons = arrow.guard().open() ? List.of() : reasons(arrow);
                    Reason last = reasons.isEmpty() ? null : reasons.get(reasons.size() - 1);
                    if (last != null && (last.truth() == Truth.FALSE || last.truth() == Truth.UNDEFINED)) {
                        into.add(condition(last));
                    } else {
                        effects(arrow.to(), before, goal, reached, into);
                    }
                }
            }
        }
    }

    private void several(EventInstance event, EventInstance goal, List<Explanation> into) {
        for (InGroup group : event.in()) {
            boolean many = group.k() instanceof Count.All
                    || (group.k() instanceof Count.Exactly k && Long.compareUnsigned(k.value(), 1) > 0);
            if (many && (event == goal || event.kind() == EventKind.ERROR)) {
                into.add(Explanation.of(
                        Kind.REMARK,
                        name(event) + " happens only if " + group.k() + " of its causes do: "
                                + group.arrows().stream()
                                        .map(arrow -> name(arrow.from()))
                                        .collect(Collectors.joining(", ")),
                        Map.of()));
            }
        }
    }

    /** How an engine stood when a suspect was put on record. */
    private static Explanation counts(Outcome.Held held) {
        String window = SimTime.text(held.nanos());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("engine", String.valueOf(held.engine()));
        facts.put("count", held.count());
        facts.put("n", held.needed() - 1);
        facts.put("t", window);
        facts.put("fired", held.fired());
        return Explanation.of(
                Kind.ENGINE,
                held.fired()
                        ? held.engine() + " fired: more than " + (held.needed() - 1) + " in " + window
                        : held.engine() + " counted " + held.count() + " of the " + held.needed() + " in " + window
                                + " that it takes",
                facts);
    }
}

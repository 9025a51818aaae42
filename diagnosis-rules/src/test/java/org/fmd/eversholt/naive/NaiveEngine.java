// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventName;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.naive.Exercise.Report;
import org.fmd.eversholt.naive.Graph.Answer;
import org.fmd.eversholt.naive.Graph.Ev;
import org.fmd.eversholt.naive.Graph.Verdict;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** Which exercise takes an ereport, and what comes of exercises (eversholt reference §7.3, 7.4, 7.7 to 7.10, 7.13). */
final class NaiveEngine {
    private final Program program;
    private final Tree tree;
    private final Settings settings;
    private final NaiveRun run;
    private final Serd serd;
    private final Map<String, Long> counters = new HashMap<>();
    private final Set<EventName> trips = new HashSet<>();
    private List<Exercise> open = new ArrayList<>();
    /** The case that takes what is beyond the limit, 0 for none. */
    private int overflow;

    NaiveEngine(Program program, Tree tree, Settings settings, NaiveRun run) {
        this.program = program;
        this.tree = tree;
        this.settings = settings;
        this.run = run;
        this.serd = new Serd(program.dialect(), settings);
        program.serdEngines().values().forEach(e -> {
            if (e.trip() != null) {
                trips.add(e.trip());
            }
        });
    }

    private boolean ours(Decision decision) {
        return program.dialect().has(decision);
    }

    // ---- ereports ------------------------------------------------------------------------------

    void receive(Report report) {
        if (report.path() == null) {
            if (!program.discards(report.eventClass())) {
                undiagnosable(run.open(report), "no-path-for-detector", List.of(report.detector()), List.of());
            }
            return;
        }
        boolean matched = false;
        for (Exercise x : List.copyOf(open)) {
            Ev event = x.over ? null : x.graph.find(report.eventClass(), report.path());
            if (event != null && tries(x, event, report)) {
                matched = true;
                run.attach(x.caseNumber, report);
                evaluate(x, report);
            }
        }
        if (matched) {
            return;
        }
        if (overflow != 0) {
            run.attach(overflow, report);
        } else if (settings.maxExercises() > 0 && open.size() >= settings.maxExercises()) {
            overflow = run.open(report);
            run.undiagnosable(overflow, "too-many-open-exercises", List.of(), List.of());
        } else {
            openExercise(report);
        }
    }

    /** Sees what would come of it if the exercise took the report; if it does, the report stays. */
    private boolean tries(Exercise x, Ev event, Report report) {
        NvList before = event.payload;
        Map<Graph.Arrow, @Nullable Boolean> verdicts = x.graph.verdicts();
        Map<String, Object> globals = new HashMap<>(x.globals);
        x.see(event, report);
        if (pass(x).evaluate().verdict() != Verdict.NO) {
            return true;
        }
        x.unsee(event, before);
        if (ours(Decision.FORGET_REJECTED_TRIALS)) {
            verdicts.forEach((arrow, verdict) -> arrow.verdict = verdict);
            x.globals = globals;
        }
        return false;
    }

    private Pass pass(Exercise x) {
        return new Pass(x, settings.hesitateNanos(), trips);
    }

    private void openExercise(Report report) {
        Object exercise = exercise(report, 0);
        if (exercise instanceof Exercise x) {
            evaluate(x, report);
        } else if (exercise instanceof String reason) {
            undiagnosable(report, reason);
        }
    }

    private void undiagnosable(Report report, String reason) {
        undiagnosable(run.open(report), reason, List.of(report.detector()), List.of(String.valueOf(report.path())));
    }

    /** An open exercise that has seen the report; or why there is none, which is empty for an ereport to be dropped. */
    private Object exercise(Report report, int caseNumber) {
        String path = String.valueOf(report.path());
        Tree.Node node = tree.at(path);
        if (node == null || !node.real()) {
            return program.discards(report.eventClass()) ? this : "path-not-in-topology";
        }
        List<Propagation> needed = Expansion.needed(program, report.eventClass(), node.name());
        if (needed == null) {
            return "class-and-path-incompatible";
        }
        Map<String, Long> counted = Map.copyOf(counters);
        Set<List<String>> faults = run.faults();
        Terms.World world = new Terms.World(
                seen(needed),
                program.dialect(),
                counter -> counted.getOrDefault(counter, 0L),
                (at, pattern) -> faults.stream()
                        .anyMatch(
                                f -> f.get(1).equals(at) && tree.at(at) != null && NaiveRun.matches(f.get(0), pattern)),
                run::evaluationError);
        Graph graph = Expansion.expand(needed, world);
        Ev e0 = graph.find(report.eventClass(), path);
        if (e0 == null) {
            return "event-not-in-instance-tree";
        }
        Exercise x = new Exercise(caseNumber == 0 ? run.open(report) : caseNumber, report, graph, e0, world);
        open.add(x);
        x.see(e0, report);
        return x;
    }

    /** The tree; in the reference without the properties of components that the statements do not name. */
    private Tree seen(List<Propagation> needed) {
        if (ours(Decision.ALL_PROPERTIES_VISIBLE)) {
            return tree;
        }
        Set<String> used = new HashSet<>();
        needed.forEach(s -> s.events().forEach(use -> used.addAll(use.path().names())));
        return tree.with(used);
    }

    void timerDue(Exercise x) {
        x.timer = 0;
        x.waited = x.waitsFor == null ? x.waited : x.waitsFor;
        x.waitsFor = null;
        evaluate(x, x.first);
    }

    // ---- conclusions ---------------------------------------------------------------------------

    private void evaluate(Exercise x, Report trigger) {
        Pass pass = pass(x);
        Answer answer = pass.evaluate();
        if (answer.verdict() == Verdict.WAIT) {
            if (x.waitsFor == null || answer.wake() < x.waitsFor) {
                x.waitsFor = answer.wake();
                x.timer = run.setTimer(x, x.first.time(), answer.wake());
            }
            x.graph.strip();
            return;
        }
        if (answer.verdict() == Verdict.NO) {
            List<String> paths = x.observed.stream().map(e -> e.path).toList();
            undiagnosable(x.caseNumber, "all-hypotheses-disproved", paths, paths);
        } else {
            conclude(x, pass, trigger);
            if (x.over) {
                return;
            }
        }
        end(x);
    }

    private void end(Exercise x) {
        x.over = true;
        x.timer = 0;
        open.remove(x);
        // In the reference the overflow exercise is one of those that are open: it goes when there is room again
        // (§7.3).
        if (overflow != 0 && open.size() < settings.maxExercises()) {
            overflow = 0;
        }
    }

    private void conclude(Exercise x, Pass pass, Report trigger) {
        if (ours(Decision.SIDE_EFFECTS_ON_ACCEPTANCE)) {
            pass.suspects.forEach(s -> accept(x, pass, s));
        }
        tripUpsets(x, pass.suspects, trigger);
        if (x.over) {
            return;
        }
        List<Ev> publish = new ArrayList<>();
        for (Ev suspect : pass.suspects) {
            SerdEngine engine = suspect.event.properties().engine();
            if (suspect.kind() != EventKind.UPSET && (engine == null || fires(x, suspect, engine, trigger))) {
                publish.add(suspect);
            }
        }
        if (publish.isEmpty()) {
            run.close(x.caseNumber);
        } else {
            publish(x, publish);
        }
    }

    /** Lets the {@code set...} functions act on a suspect, from arrows to what was seen, in source order, where they hold. */
    private static void accept(Exercise x, Pass pass, Ev suspect) {
        for (Graph.Arrow a : x.graph.arrows) {
            if (a.from == suspect && a.to.seen > 0 && pass.allow(a) && Boolean.TRUE.equals(a.verdict)) {
                new Terms(x.world, Terms.When.ACCEPTANCE, a, x.globals, a.to.payload).all();
            }
        }
    }

    private boolean fires(Exercise x, Ev problem, SerdEngine declared, Report trigger) {
        Serd.Engine engine = serd.record(problem, declared, x.globals, tree, trigger);
        if (engine == null) {
            return false;
        }
        run.fired(engine.label, engine.n, engine.t);
        engine.held.forEach(held -> run.attach(x.caseNumber, held));
        engine.held.clear();
        return true;
    }

    private void tripUpsets(Exercise x, List<Ev> suspects, Report trigger) {
        Set<Long> evidence = Set.copyOf(run.ereports(x.caseNumber));
        List<Report> tripped = new ArrayList<>();
        Set<String> delivering = new HashSet<>(x.delivering);
        for (Ev suspect : suspects) {
            SerdEngine engine = suspect.event.properties().engine();
            if (suspect.kind() == EventKind.UPSET && engine != null && fires(x, suspect, engine, trigger)) {
                EventName trip = engine.trip();
                if (trip != null) {
                    String path = Serd.cut(suspect.path, trip.path());
                    Set<String> trips = new HashSet<>(x.first.trips());
                    // One that led here would do so for ever.
                    String name = trip.eventClass() + "@" + path;
                    delivering.add(name);
                    if (trips.add(name) && !x.delivering.contains(name)) {
                        tripped.add(new Report(
                                trigger.index(), trip.eventClass(), path, path, trigger.time(), NvList.EMPTY, trips));
                    } else {
                        run.evaluationError(x.e0.event.declared());
                    }
                }
            }
        }
        for (Report trip : tripped) {
            x.delivering = delivering;
            if (!tryWithTrip(x, trip, trigger, evidence)) {
                receive(trip);
            }
        }
    }

    /**
     * A second exercise with all that the first one saw and the trip ereport; false if it explains nothing. True as well when
     * the machine of now has no place for the first one's ereport: that is the end of it.
     */
    private boolean tryWithTrip(Exercise x, Report trip, Report trigger, Set<Long> evidence) {
        Report first = again(x.e0, trip, trigger.time());
        Object exercise = exercise(first, -1);
        if (exercise instanceof String reason) {
            undiagnosable(first, reason);
        }
        if (!(exercise instanceof Exercise second)) {
            return true;
        }
        open.remove(second);
        x.observed.stream().filter(e -> e != x.e0).forEach(e -> see(second, again(e, trip, e.firstTime)));
        if (!see(second, trip) || pass(second).evaluate().verdict() == Verdict.NO) {
            return false;
        }
        Exercise kept = second.inCase(run.open(trigger));
        run.ereports(kept.caseNumber).addAll(evidence);
        open.add(kept);
        evaluate(kept, trigger);
        return true;
    }

    /** What an exercise saw, as a report for the second one. */
    private static Report again(Ev seen, Report trip, long time) {
        NvList payload = seen.payload == null ? NvList.EMPTY : seen.payload;
        return new Report(trip.index(), seen.eventClass(), seen.path, seen.path, time, payload, trip.trips());
    }

    private static boolean see(Exercise x, Report report) {
        Ev event = x.graph.find(report.eventClass(), String.valueOf(report.path()));
        if (event != null) {
            x.see(event, report);
        }
        return event != null;
    }

    // ---- publication ---------------------------------------------------------------------------

    private void publish(Exercise x, List<Ev> suspects) {
        List<Ev> quiet = suspects.stream()
                .filter(s -> isZero(s.event.properties().message()))
                .toList();
        List<Ev> loud = suspects.stream().filter(s -> !quiet.contains(s)).toList();
        boolean count = suspects.stream().anyMatch(s -> !known(s));
        if (loud.isEmpty() || quiet.isEmpty()) {
            solve(x.caseNumber, suspects);
        } else {
            solve(x.caseNumber, loud);
            solve(run.openBeside(x.caseNumber), quiet);
        }
        for (Ev suspect : suspects) {
            if (count && suspect.event.properties().counter() != null) {
                EventName counter = suspect.event.properties().counter().name();
                counters.merge(counter.eventClass() + "@" + Serd.cut(suspect.path, counter.path()), 1L, Long::sum);
            }
        }
    }

    /** Whether the suspect's ASRU has an open fault already. */
    private boolean known(Ev suspect) {
        List<String> asru = suspect.event.properties().asru();
        return asru != null && run.faults().stream().anyMatch(f -> f.get(1).equals(Serd.cut(suspect.path, asru)));
    }

    private static boolean isZero(@Nullable Term term) {
        return term instanceof Term.Num number && number.value() == 0;
    }

    private static long fit(Ev suspect) {
        return suspect.event.properties().fitRate() instanceof Term.Num number && number.value() != 0
                ? number.value()
                : 1;
    }

    private void solve(int caseNumber, List<Ev> suspects) {
        long sum = suspects.stream().mapToLong(NaiveEngine::fit).sum();
        List<Ev> sorted = new ArrayList<>(suspects);
        sorted.sort(Comparator.comparing(Ev::eventClass).thenComparing(s -> s.path));
        List<Map<String, Object>> published = new ArrayList<>();
        for (Ev suspect : sorted) {
            long permille = 1000 * fit(suspect) / sum;
            published.add(run.suspect(suspect, (int) (permille / 10 + (permille % 10 >= 5 ? 1 : 0))));
        }
        run.solved(caseNumber, published);
    }

    private void undiagnosable(int caseNumber, String reason, List<String> components, List<String> paths) {
        run.undiagnosable(caseNumber, reason, components, paths);
    }

    // ---- repair --------------------------------------------------------------------------------

    void repaired(String eventClass, String path) {
        serd.repaired(eventClass, path);
        counters.keySet().removeIf(counter -> counter.endsWith("@" + path));
    }

    /** All classes that the rules know. */
    Set<String> classes() {
        return new LinkedHashSet<>(program.ereportClasses());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.fmd.api.CaseKey;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.check.StatEngine;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.ComponentTree;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.Facts;
import org.fmd.eversholt.compile.GraphBuilder;
import org.fmd.eversholt.compile.InstanceGraph;
import org.fmd.eversholt.compile.Problems;
import org.fmd.eversholt.compile.RuleIndex;
import org.fmd.eversholt.compile.World;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * The engine proper: ereports, timers and repairs in, {@link Outcome}s out. It knows no time but that of its inputs, so the
 * same inputs in the same order give the same outcomes.
 */
final class DiagnosisCore {
    /** Whether a component has an open fault now. */
    interface FaultOracle {
        boolean hasFault(Component component, String classPattern);
    }

    private final Program program;
    private final RuleIndex rules;
    private final Settings settings;
    private final FaultOracle faults;
    private final Consumer<Outcome> out;
    private final Set<String> classes;
    private final Set<String> discarded = new HashSet<>();
    private final Set<String> trips = new HashSet<>();
    private final Set<String> reported = new HashSet<>();
    private final Problems problems = this::problem;
    private final Counters counters = new Counters();
    private final SerdEngines serd = new SerdEngines();
    private final SerdRecorder recorder;
    private final List<Exercise> open = new ArrayList<>();
    private final Map<Long, Exercise> timers = new LinkedHashMap<>();
    private ComponentTree tree;
    private @Nullable CaseKey overflow;
    private long timerNumbers;

    DiagnosisCore(Program program, Settings settings, FaultOracle faults, Consumer<Outcome> out) {
        this.program = program;
        this.rules = new RuleIndex(program);
        this.settings = settings;
        this.faults = faults;
        this.out = out;
        this.recorder = new SerdRecorder(serd, settings);
        this.classes = program.ereportClasses();
        this.tree = ComponentTree.of(Topology.EMPTY, program.configs());
        classes.stream().filter(program::discards).forEach(discarded::add);
        for (SerdEngine engine : program.serdEngines().values()) {
            if (engine.trip() != null) {
                trips.add(engine.trip().eventClass());
            }
        }
    }

    private void problem(Span place, String what) {
        if (reported.add(place.toString())) {
            out.accept(new Outcome.EvaluationError(place, what));
        }
    }

    /** Tells somebody of every record of a SERD engine from now on. */
    void watch(SerdWatch watch) {
        recorder.watch(watch);
    }

    /** Whether some rule file declares the class. */
    boolean subscribes(String ereportClass) {
        return classes.contains(ereportClass);
    }

    /** The hardware is now this. Open exercises keep what they began with; what counted for absent components is forgotten. */
    void topologyChanged(Topology topology) {
        tree = ComponentTree.of(topology, program.configs());
        serd.resetAt(path -> tree.at(path) == null);
        counters.resetAt(path -> tree.at(path) == null);
    }

    /** A suspect is faulty no more. */
    void repaired(String suspectClass, TopoPath path) {
        serd.resetAt(path::equals);
        counters.resetAt(path::equals);
        if (program.dialect().has(Decision.RESET_FED_ENGINES)) {
            serd.resetFedBy(new EventKey(suspectClass, path));
        }
    }

    /** Takes an ereport of a class that some rule declares. */
    void receive(Report report) {
        TopoPath path = report.path();
        if (path == null) {
            unknown(report, Reason.NO_PATH);
        } else {
            receive(new Sighting(new EventKey(report.eventClass(), path), report.payload(), report));
        }
    }

    /** A timer is due; one that was cancelled meanwhile means nothing. */
    void timerDue(long number) {
        Exercise exercise = timers.remove(number);
        if (exercise == null || exercise.timer() == null) {
            return;
        }
        exercise.waited(exercise.timer().wake());
        exercise.timer(null);
        decide(exercise, exercise.opener());
    }

    /** Offers what was seen to all open exercises, the oldest first; opens a new one if none can use it. */
    private void receive(Sighting sighting) {
        boolean matched = false;
        for (Exercise exercise : List.copyOf(open)) {
            if (!exercise.over() && !exercise.isConcluding() && joins(exercise, sighting)) {
                matched = true;
                attach(exercise, sighting.cause().ref());
                decide(exercise, sighting.cause());
            }
        }
        if (matched) {
            return;
        }
        if (overflow != null) {
            out.accept(new Outcome.Attached(overflow, sighting.cause().ref()));
        } else if (settings.maxExercises() > 0 && open.size() >= settings.maxExercises()) {
            overflow = undiagnosable(sighting.cause(), sighting.key(), Reason.TOO_MANY);
        } else {
            open(sighting);
        }
    }

    /** Tries an exercise with what was seen; what it cannot use leaves no trace, but for verdicts in the reference's dialect. */
    private boolean joins(Exercise exercise, Sighting sighting) {
        EventInstance event = exercise.find(sighting.key());
        if (event == null) {
            return false;
        }
        Exercise.Memory memory = exercise.remember();
        NvList before = exercise.payload(event);
        boolean keepsFirst = program.dialect().has(Decision.FORGET_REJECTED_TRIALS);
        NvList payload = before != null && keepsFirst ? before : sighting.payload();
        exercise.see(event, payload, sighting.cause().nanos());
        if (!evaluate(exercise).run().no()) {
            return true;
        }
        exercise.unsee(event, before);
        if (keepsFirst) {
            exercise.restore(memory);
        }
        return false;
    }

    private Evaluation evaluate(Exercise exercise) {
        return new Evaluation(exercise, new Evaluation.Ground(settings.hesitateNanos(), trips, problems));
    }

    private void attach(Exercise exercise, LogRef ereport) {
        if (exercise.attach(ereport)) {
            out.accept(new Outcome.Attached(exercise.key(), ereport));
        }
    }

    private void open(Sighting sighting) {
        EventKey key = sighting.key();
        Component at = tree.at(key.path());
        if (at == null || at.node() == null) {
            unknown(sighting.cause(), Reason.PATH_UNKNOWN);
            return;
        }
        RuleIndex.Needed needed = rules.needed(key.eventClass(), at.name());
        if (needed == null) {
            undiagnosable(sighting.cause(), key, Reason.CLASS_AND_PATH);
            return;
        }
        World world = world(needed);
        InstanceGraph graph = GraphBuilder.build(rules, needed, world, key.eventClass(), at, problems);
        EventInstance first = graph.find(key);
        if (first == null) {
            undiagnosable(sighting.cause(), key, graph.isEmpty() ? Reason.EMPTY_GRAPH : Reason.NOT_IN_GRAPH);
            return;
        }
        Exercise exercise = begin(graph, world, first, sighting.cause());
        exercise.see(first, sighting.payload(), sighting.cause().nanos());
        decide(exercise, sighting.cause());
    }

    private World world(RuleIndex.Needed needed) {
        boolean all = program.dialect().has(Decision.ALL_PROPERTIES_VISIBLE);
        Facts facts = new Facts() {
            @Override
            public boolean hasFault(Component component, String classPattern) {
                return faults.hasFault(component, classPattern);
            }

            @Override
            public long count(String counterClass, TopoPath path) {
                return counters.value(new EventKey(counterClass, path));
            }
        };
        return new World(tree, facts, all ? null : needed.components(), program.dialect());
    }

    private Exercise begin(InstanceGraph graph, World world, EventInstance first, Report opener) {
        Exercise exercise = new Exercise(graph, world, first, opener, opener.newCase());
        exercise.attach(opener.ref());
        open.add(exercise);
        out.accept(new Outcome.Opened(exercise.key()));
        return exercise;
    }

    /** Drops an ereport about something that is not in the topology, if its class asks for that; else says so. */
    private void unknown(Report report, Reason reason) {
        if (discarded.contains(report.eventClass())) {
            out.accept(new Outcome.Discarded(report.ref(), "nothing in the topology is " + report.detector()));
            return;
        }
        TopoPath path = report.path();
        undiagnosable(report, path == null ? null : new EventKey(report.eventClass(), path), reason);
    }

    private CaseKey undiagnosable(Report report, @Nullable EventKey event, Reason reason) {
        CaseKey key = report.newCase();
        out.accept(new Outcome.Opened(key));
        out.accept(new Outcome.Undiagnosable(key, reason, List.of(new Outcome.Observed(event, report.detector()))));
        return key;
    }

    /** Evaluates an exercise in earnest: it goes on waiting, or it ends (eversholt reference §7.7). */
    private void decide(Exercise exercise, Report trigger) {
        Evaluation evaluation = evaluate(exercise);
        Result result = evaluation.run();
        if (result.waits()) {
            wake(exercise, result.wake());
            exercise.keep(evaluation.kept());
            return;
        }
        if (result.no()) {
            out.accept(new Outcome.Undiagnosable(
                    exercise.key(),
                    Reason.DISPROVED,
                    exercise.observed().stream()
                            .map(e ->
                                    new Outcome.Observed(e.key(), e.at().path().toString()))
                            .toList()));
        } else {
            exercise.concluding();
            conclude(exercise, List.copyOf(evaluation.suspects()), trigger);
        }
        end(exercise);
    }

    /** Ends an exercise that found suspects: engines that hold them back are asked, the rest is published. */
    private void conclude(Exercise exercise, List<EventInstance> suspects, Report trigger) {
        Conclusion conclusion = new Conclusion(exercise, suspects, trigger, recorder, problems, out);
        conclusion.act();
        // Before the engines add what they held: a second exercise is about what this one saw.
        List<LogRef> evidence = List.copyOf(exercise.attached());
        conclusion.fireUpsets().forEach(trip -> trip(exercise, trip, trigger, evidence));
        List<EventInstance> serious = conclusion.serious();
        if (serious.isEmpty()) {
            out.accept(new Outcome.Closed(exercise.key(), conclusion.whyNothing()));
            return;
        }
        raiseCounters(serious);
        conclusion.publish(serious);
    }

    /**
     * An upset's engine fired: what was seen together with the trip ereport may point to a fault; if it does not, the trip
     * ereport stands for itself (eversholt reference §7.8).
     */
    private void trip(Exercise exercise, EventKey trip, Report trigger, List<LogRef> evidence) {
        Exercise second = again(exercise, trip, trigger);
        if (second == null || evaluate(second).run().no()) {
            receive(new Sighting(trip, NvList.EMPTY, trigger));
            return;
        }
        open.add(second);
        out.accept(new Outcome.Opened(second.key()));
        evidence.forEach(ref -> attach(second, ref));
        decide(second, trigger);
    }

    /** A second exercise with all that the first one saw and the trip ereport; null if its graph has no place for that. */
    private @Nullable Exercise again(Exercise exercise, EventKey trip, Report trigger) {
        EventKey key = exercise.first().key();
        Component at = tree.at(key.path());
        RuleIndex.Needed needed = at == null ? null : rules.needed(key.eventClass(), at.name());
        if (at == null || needed == null) {
            return null;
        }
        World world = world(needed);
        InstanceGraph graph = GraphBuilder.build(rules, needed, world, key.eventClass(), at, problems);
        EventInstance first = graph.find(key);
        EventInstance tripped = graph.find(trip);
        if (first == null || tripped == null) {
            return null;
        }
        Exercise second = new Exercise(graph, world, first, trigger, trigger.newCase());
        second.attach(trigger.ref());
        second.waited(exercise.waited());
        for (EventInstance seen : exercise.observed()) {
            EventInstance event = graph.find(seen.key());
            NvList payload = exercise.payload(seen);
            if (event != null && payload != null) {
                second.see(event, payload, exercise.opener().nanos() + exercise.firstSeen(seen));
            }
        }
        second.see(tripped, NvList.EMPTY, trigger.nanos());
        return second;
    }

    /** Whether what would be taken out of service for the suspect has an open fault; if nothing would be, it has none. */
    private boolean isFaulty(EventInstance suspect) {
        List<String> declared = suspect.event().properties().asru();
        TopoNode node = suspect.at().node();
        Component own = node == null || node.asru() == null ? null : suspect.at();
        Component unit = declared == null ? own : suspect.at().cut(declared);
        return unit != null && faults.hasFault(unit, "");
    }

    /** Counts what is published, unless all of it is known to be broken already. */
    private void raiseCounters(List<EventInstance> suspects) {
        if (suspects.stream().allMatch(this::isFaulty)) {
            return;
        }
        for (EventInstance suspect : suspects) {
            StatEngine counter = suspect.event().properties().counter();
            Component at =
                    counter == null ? null : suspect.at().cut(counter.name().path());
            if (counter != null && at != null) {
                counters.raise(new EventKey(counter.name().eventClass(), at.path()));
            }
        }
    }

    /** Wants the exercise looked at again; a timer that is due earlier stays. */
    private void wake(Exercise exercise, long wake) {
        Exercise.Timer timer = exercise.timer();
        if (timer != null && timer.wake() <= wake) {
            return;
        }
        cancelTimer(exercise);
        Exercise.Timer next = new Exercise.Timer(timerNumbers++, wake);
        exercise.timer(next);
        timers.put(next.number(), exercise);
        long due = exercise.opener().nanos() + wake;
        out.accept(new Outcome.TimerSet(next.number(), due < 0 && wake > 0 ? Long.MAX_VALUE : due));
    }

    private void cancelTimer(Exercise exercise) {
        Exercise.Timer timer = exercise.timer();
        if (timer != null) {
            timers.remove(timer.number());
            exercise.timer(null);
            out.accept(new Outcome.TimerCancelled(timer.number()));
        }
    }

    private void end(Exercise exercise) {
        if (exercise.over()) {
            return;
        }
        exercise.end();
        cancelTimer(exercise);
        if (overflow != null && open.size() <= settings.maxExercises()) {
            overflow = null;
        }
        open.remove(exercise);
    }
}

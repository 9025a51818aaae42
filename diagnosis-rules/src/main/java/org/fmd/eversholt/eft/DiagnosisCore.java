// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.fmd.api.CaseKey;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.ComponentTree;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.FactAsked;
import org.fmd.eversholt.compile.Graphs;
import org.fmd.eversholt.compile.InstanceGraph;
import org.fmd.eversholt.compile.Judge;
import org.fmd.eversholt.compile.Problems;
import org.fmd.eversholt.compile.RuleIndex;
import org.fmd.eversholt.compile.Watch;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.event.LogRef;
import org.fmd.model.fmri.Fmri;
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

    /** So many trip ereports may follow from one input; with more a rule feeds itself. */
    private static final int MOST_TRIPS = 200;

    private final Program program;
    private final RuleIndex rules;
    private final Settings settings;
    private final FaultOracle faults;
    private final Consumer<Outcome> out;
    private final Set<String> classes;
    private final Set<String> reported = new HashSet<>();
    private final Problems problems = this::problem;
    private final Counters counters = new Counters();
    private final SerdEngines serd;
    private final SerdRecorder recorder;
    private final Evaluation evaluation;
    private final Judge judge = new Judge(problems);
    private final Publisher publisher;
    private final Openings openings;
    private final OpenExercises open = new OpenExercises();
    private final Waiting waiting;
    private final KnownFacts facts;
    private final boolean keepsFirst;
    private final boolean pure;
    private final boolean counts;
    private final Set<String> tripClasses = new HashSet<>();
    private final @Nullable Trace trace;
    private final @Nullable Watch watch;
    private final @Nullable Ledger ledger;
    private @Nullable CaseKey overflow;
    private int openCount;
    private int trips;
    private long enginesDropped;

    DiagnosisCore(Program program, Settings settings, FaultOracle faults, Consumer<Outcome> out) {
        this(program, settings, faults, out, null, null, null);
    }

    /** An engine that is looked at while it works, or asked afterwards. */
    DiagnosisCore(
            Program program,
            Settings settings,
            FaultOracle faults,
            Consumer<Outcome> out,
            @Nullable Trace trace,
            @Nullable Watch watch,
            @Nullable Ledger ledger) {
        this.trace = trace;
        this.watch = watch;
        this.ledger = ledger;
        this.program = program;
        this.rules = new RuleIndex(program);
        this.settings = settings;
        this.faults = faults;
        this.facts = new KnownFacts(faults, counters);
        this.out = out;
        this.waiting = new Waiting(out);
        this.serd = new SerdEngines(settings.maxEngines(), program.dialect().has(Decision.STRUCTURED_ENGINE_KEY));
        this.recorder = new SerdRecorder(serd, settings);
        this.classes = program.ereportClasses();
        Dialect dialect = program.dialect();
        this.keepsFirst = dialect.has(Decision.FORGET_REJECTED_TRIALS);
        this.pure = keepsFirst && dialect.has(Decision.SIDE_EFFECTS_ON_ACCEPTANCE);
        for (SerdEngine engine : program.serdEngines().values()) {
            if (engine.trip() != null) {
                tripClasses.add(engine.trip().eventClass());
            }
        }
        this.counts = program.events().values().stream()
                .anyMatch(event -> event.properties().counter() != null);
        this.evaluation = new Evaluation(dialect, settings.hesitateNanos(), tripClasses, problems, trace);
        this.publisher = new Publisher(dialect, problems);
        this.openings = new Openings(program, machine(Topology.EMPTY), out);
    }

    private Openings.Machine machine(Topology topology) {
        ComponentTree tree = ComponentTree.of(topology, program.configs());
        return new Openings.Machine(tree, new Graphs(rules, tree, facts, program.dialect(), problems, watch));
    }

    /**
     * What the engine must know to go on elsewhere; between inputs.
     *
     * @param rulesInForce tells rules and settings apart
     */
    MemoryWriter remember(String rulesInForce) {
        MemoryWriter memory =
                new MemoryWriter(rulesInForce, openings.now().tree().topology());
        memory.reported(reported);
        memory.counters(counters.all());
        memory.engines(serd, recorder.setAtRunTime());
        memory.content().int64("timers", waiting.numbers()).int64("engines-dropped", enginesDropped);
        if (overflow != null) {
            memory.content().string("overflow", MemoryWriter.text(overflow));
        }
        open.all().forEach(memory::exercise);
        return memory;
    }

    /**
     * Goes on where another engine stood; for one that nothing has happened to. Returns the cases that can be explained.
     *
     * @throws MemoryProblem if that is not possible; the engine is of no use then
     */
    List<MemoryReader.Past> recall(MemoryReader memory) throws MemoryProblem {
        List<Openings.Machine> known =
                memory.topologies().stream().map(this::machine).toList();
        openings.now(known.get(0));
        MemoryReader.Machines machines = new MemoryReader.Machines() {
            @Override
            public ComponentTree tree(int topology) {
                return known.get(topology).tree();
            }

            @Override
            public @Nullable InstanceGraph around(
                    int topology, String ereportClass, Component at, Map<FactAsked, Long> asked) {
                return facts.given(asked, () -> known.get(topology).graphs().around(ereportClass, at));
            }
        };
        reported.addAll(memory.reported());
        memory.counters(counters);
        serd.topologyChanged(openings.now().tree());
        memory.engines(serd, recorder.setAtRunTime());
        for (int i = 0; i < memory.exercises(); i++) {
            Exercise exercise = memory.exercise(i, machines);
            open.enter(exercise);
            waiting.recall(exercise);
            openCount++;
        }
        overflow = memory.overflow();
        waiting.numbers(MemoryReader.number(memory.content(), "timers"));
        enginesDropped = MemoryReader.number(memory.content(), "engines-dropped");
        return memory.cases(machines);
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

    /** The component that a detector leads to now, null if there is none. */
    @Nullable
    Component find(@Nullable Fmri detector) {
        return openings.now().tree().find(detector);
    }

    /** Whether some rule file declares the class. */
    boolean subscribes(String ereportClass) {
        return classes.contains(ereportClass);
    }

    /** The hardware is now this. Open exercises keep what they began with; what counted for absent components is forgotten. */
    void topologyChanged(Topology topology) {
        openings.now(machine(topology));
        ComponentTree tree = openings.now().tree();
        serd.topologyChanged(tree);
        counters.resetAt(path -> tree.at(path) == null);
    }

    /** A suspect is faulty no more. */
    void repaired(String suspectClass, TopoPath path) {
        serd.resetAt(path);
        counters.resetAt(path::equals);
        if (program.dialect().has(Decision.RESET_FED_ENGINES)) {
            serd.resetFedBy(new EventKey(suspectClass, path));
        }
    }

    /** Takes an ereport of a class that some rule declares. */
    void receive(Report report) {
        trips = 0;
        TopoPath path = report.path();
        if (path == null) {
            openings.unknown(report, null, Reason.NO_PATH);
        } else {
            receive(new Sighting(report.eventClass(), path, report.at(), report.payload(), report, Set.of()));
        }
    }

    /** A timer is due; one that was cancelled meanwhile means nothing. */
    void timerDue(long number) {
        Exercise exercise = waiting.due(number);
        if (exercise != null) {
            trips = 0;
            decide(exercise, exercise.opener(), evaluation.run(exercise));
        }
    }

    /** Offers what was seen to all open exercises, the oldest first; opens a new one if none can use it. */
    private void receive(Sighting sighting) {
        boolean matched = false;
        for (OpenExercises.Seat seat : open.having(sighting)) {
            Exercise exercise = seat.exercise();
            if (!exercise.over() && !exercise.stripped(seat.event())) {
                matched |= joins(exercise, seat.event(), sighting);
            }
        }
        if (matched) {
            return;
        }
        if (overflow != null) {
            out.accept(new Outcome.Attached(overflow, sighting.cause().ref()));
        } else if (settings.maxExercises() > 0 && openCount >= settings.maxExercises()) {
            overflow = openings.undiagnosable(sighting.cause(), sighting.key(), Reason.TOO_MANY);
        } else {
            open(sighting);
        }
    }

    /**
     * Tries an exercise with what was seen, and goes on with it if it can use it. What it cannot use leaves no trace, but for
     * verdicts in the reference's dialect.
     */
    private boolean joins(Exercise exercise, EventInstance event, Sighting sighting) {
        Report cause = sighting.cause();
        boolean repeatable = pure && !exercise.graph().variables();
        if (repeatable && exercise.settled() && exercise.seen(event)) {
            // Nothing that the exercise looks at changes with another one of these.
            attach(exercise, cause.ref());
            return true;
        }
        Exercise.Memory memory = exercise.remember();
        NvList before = exercise.payload(event);
        exercise.see(event, before != null && keepsFirst ? before : sighting.payload(), cause.nanos());
        long result = evaluation.run(exercise);
        if (result == Result.NO) {
            exercise.unsee(event, before);
            if (keepsFirst) {
                exercise.restore(memory);
            }
            return false;
        }
        attach(exercise, cause.ref());
        if (before == null || !keepsFirst) {
            exercise.source(event, sighting.source());
        }
        decide(exercise, cause, repeatable ? result : evaluation.run(exercise));
        return true;
    }

    private void attach(Exercise exercise, LogRef ereport) {
        if (exercise.attach(ereport)) {
            out.accept(new Outcome.Attached(exercise.key(), ereport));
        }
    }

    private void open(Sighting sighting) {
        Report cause = sighting.cause();
        Exercise exercise = openings.begin(sighting);
        if (exercise != null) {
            openCount++;
            out.accept(new Outcome.Opened(exercise.key()));
            exercise.see(exercise.first(), sighting.payload(), cause.nanos());
            exercise.source(exercise.first(), sighting.source());
            decide(exercise, cause, evaluation.runFirst(exercise));
        }
    }

    /** Goes on with an exercise that has just been evaluated: it goes on waiting, or it ends (eversholt reference §7.7). */
    private void decide(Exercise exercise, Report trigger, long result) {
        if (Result.waits(result)) {
            waiting.wake(exercise, result);
            strip(exercise);
            return;
        }
        if (result == Result.NO) {
            out.accept(new Outcome.Undiagnosable(
                    exercise.key(),
                    Reason.DISPROVED,
                    exercise.observed().stream()
                            .map(e -> new Outcome.Observed(
                                    exercise.key(e), exercise.at(e).toString()))
                            .toList()));
            note(exercise, trigger, Ended.How.UNDIAGNOSABLE, null);
        } else {
            exercise.suspects().clear();
            exercise.suspects().addAll(evaluation.suspects());
            conclude(exercise, trigger);
        }
        end(exercise);
    }

    /** Takes out of play what no problem that stands leads to; for an exercise that has just been evaluated. */
    private void strip(Exercise exercise) {
        boolean begins = !exercise.waiting();
        boolean all = true;
        for (EventInstance event : exercise.graph().events()) {
            if (!evaluation.kept(event) && !exercise.stripped(event)) {
                if (!begins && event.kind() == EventKind.EREPORT) {
                    open.leave(exercise, event);
                }
                exercise.strip(event);
                all = false;
            }
        }
        exercise.waiting(all);
        if (begins) {
            open.enter(exercise);
        }
    }

    /** Ends an exercise that found suspects: engines that hold them back are asked, the rest is published. */
    private void conclude(Exercise exercise, Report trigger) {
        Conclusion conclusion = new Conclusion(exercise, trigger, recorder, judge, publisher, out, trace);
        conclusion.act();
        // Before the engines add what they held: a second exercise is about what this one saw.
        int evidence = exercise.attached().size();
        List<EventKey> fired = conclusion.fireUpsets();
        if (!fired.isEmpty()) {
            deliver(exercise, fired, trigger, evidence);
            if (exercise.over()) {
                return; // one of them was for this exercise, and has ended it
            }
        }
        List<EventInstance> serious = conclusion.serious();
        tellOfDroppedEngines();
        if (serious.isEmpty()) {
            out.accept(new Outcome.Closed(exercise.key(), conclusion.held()));
            note(exercise, trigger, Ended.How.CLOSED, conclusion);
            return;
        }
        if (counts) {
            counters.published(exercise, serious, faults);
        }
        conclusion.publish(serious);
        note(exercise, trigger, Ended.How.SOLVED, conclusion);
    }

    private void note(Exercise exercise, Report trigger, Ended.How how, @Nullable Conclusion conclusion) {
        if (ledger != null && ledger.keeps(how)) {
            ledger.ended(Ended.of(exercise, trigger, how, conclusion));
        }
    }

    /** The exercises that are undecided, as they stand; in no order. */
    List<Ended> undecided() {
        return waiting.all().stream()
                .distinct()
                .map(exercise -> Ended.of(exercise, exercise.opener(), Ended.How.WAITING, null))
                .toList();
    }

    /** Says why, of exercises that are over or not. */
    Explainer explainer(LongFunction<String> clock) {
        Openings.Machine now = openings.now();
        return new Explainer(
                program, rules, now.graphs(), now.tree(), settings.hesitateNanos(), tripClasses, serd, clock);
    }

    /** How many events the SERD engine of that name holds. */
    int counted(String engine) {
        return serd.counted(engine);
    }

    private void tellOfDroppedEngines() {
        if (serd.dropped() != enginesDropped) {
            out.accept(new Outcome.EnginesDropped(serd.dropped() - enginesDropped));
            enginesDropped = serd.dropped();
        }
    }

    /**
     * Engines of upsets fired. The exercise stays open until its end: what its engines deliver is offered to it as to any other,
     * but not again what is being delivered already.
     *
     * @param evidence how many of the exercise's ereports it had before its engines fired
     */
    private void deliver(Exercise exercise, List<EventKey> fired, Report trigger, int evidence) {
        if (!exercise.waiting()) {
            open.enter(exercise);
        }
        exercise.waiting(false);
        Set<EventKey> delivered = exercise.delivering();
        Set<EventKey> delivering = new HashSet<>(delivered);
        delivering.addAll(fired);
        for (EventKey trip : fired) {
            if (trips >= MOST_TRIPS || exercise.trips().contains(trip) || delivered.contains(trip)) {
                problem(
                        exercise.first().event().declared(),
                        "the trip ereport " + trip.eventClass() + " leads to itself");
            } else {
                exercise.delivering(delivering);
                trip(exercise, trip, trigger, evidence);
            }
        }
    }

    /**
     * What was seen together with the trip ereport may point to a fault; if it does not, the trip ereport stands for itself
     * (eversholt reference §7.8). It is not delivered to what it led to, which would never end.
     */
    private void trip(Exercise exercise, EventKey trip, Report trigger, int evidence) {
        trips++;
        Set<EventKey> led = Set.of(trip);
        if (!exercise.trips().isEmpty()) {
            led = new HashSet<>(exercise.trips());
            led.add(trip);
        }
        EventKey first = exercise.key(exercise.first());
        // On the machine as it is now, which may have no place for the first ereport any more; that has been said then.
        Exercise second =
                openings.begin(new Sighting(first.eventClass(), first.path(), null, NvList.EMPTY, trigger, led));
        if (second == null) {
            return;
        }
        long result = sees(second, exercise, trip) ? evaluation.run(second) : Result.NO;
        if (result == Result.NO) {
            openings.release(second);
            receive(new Sighting(trip.eventClass(), trip.path(), null, NvList.EMPTY, trigger, led));
            return;
        }
        openCount++;
        out.accept(new Outcome.Opened(second.key()));
        attach(second, exercise.opener().ref());
        exercise.attached().stream().limit(evidence).forEach(ref -> attach(second, ref));
        boolean repeatable = pure && !second.graph().variables();
        decide(second, trigger, repeatable ? result : evaluation.run(second));
    }

    /** Shows all that the first exercise saw and the trip ereport to the second one; false if its graph has no place for that. */
    private boolean sees(Exercise second, Exercise first, EventKey trip) {
        InstanceGraph graph = second.graph();
        EventInstance tripped = graph.find(trip, second.center());
        if (tripped == null) {
            return false;
        }
        for (EventInstance seen : first.observed()) {
            EventInstance event = graph == first.graph() ? seen : graph.find(first.key(seen), second.center());
            NvList payload = first.payload(seen);
            if (event != null && payload != null) {
                second.see(event, payload, first.opener().nanos() + first.firstSeen(seen));
                second.source(event, first.source(seen));
            }
        }
        NvList before = second.payload(tripped);
        second.see(
                tripped,
                before != null && keepsFirst ? before : NvList.EMPTY,
                second.opener().nanos());
        if (before == null || !keepsFirst) {
            second.source(tripped, null);
        }
        return true;
    }

    private void end(Exercise exercise) {
        if (exercise.over()) {
            return;
        }
        exercise.end();
        waiting.cancel(exercise);
        if (overflow != null && openCount <= settings.maxExercises()) {
            overflow = null;
        }
        openCount--;
        if (exercise.waiting()) {
            open.leave(exercise);
        } else {
            openings.release(exercise);
        }
    }
}

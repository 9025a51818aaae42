// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.fmd.api.CaseKey;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.EngineInput;
import org.fmd.api.EngineMemory;
import org.fmd.api.EngineOutput;
import org.fmd.api.EreportLookup;
import org.fmd.api.topo.Topology;
import org.fmd.core.cases.Case;
import org.fmd.core.cases.CaseTable;
import org.fmd.core.manager.Output.Level;
import org.fmd.core.manager.Output.Note;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.core.time.ClockStep;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;

/** Takes one input after another and says what follows. Not safe for several threads: it belongs to one. */
public final class FaultManager {

    private static final Duration EXPIRY_PERIOD = Duration.ofHours(1);

    private final Map<String, DiagnosisEngine> engines = new LinkedHashMap<>();
    private final OpenCases open = new OpenCases();
    private final CaseTable cases = new CaseTable();
    private final Timers timers = new Timers();
    private final Recorded recorded = new Recorded();
    private final CaseLife life;
    private final Set<OutcomeRecord.Poison> poisons = new HashSet<>();
    private final Map<String, Long> discarded = new TreeMap<>();
    private final Duration caseAge;
    private Topology topology = Topology.EMPTY;
    private Instant nextExpiry = Instant.MIN;
    /** Moved by ereports and timers alone, so that handling the error log again moves it in the same way. */
    private Instant clock = Instant.EPOCH;
    /** The latest time of an ereport: the error log alone tells it, whatever timers there were. */
    private Instant heard = Instant.EPOCH;

    private final Timeline timeline = new Timeline();
    private boolean muted;
    private boolean injected;

    /**
     * Makes a fault manager without engines and cases.
     *
     * @param messages where codes and severities come from
     * @param caseAge how long a resolved case is remembered
     */
    public FaultManager(MessageCatalog messages, Duration caseAge) {
        this.caseAge = caseAge;
        this.life = new CaseLife(cases, messages);
    }

    /** Adds an engine that has been started; its outputs carry its name. */
    public void addEngine(DiagnosisEngine engine) {
        engines.put(engine.info().name(), engine);
    }

    /** Takes an engine out of service: its unsolved cases are gone, its solved ones stay. */
    public void removeEngine(String name) {
        engines.remove(name);
        open.removeAll(name);
    }

    /** Applies a record of the fault log or the information log, oldest first, before the first input. */
    public void restore(Event event) {
        if (event instanceof ListEvent list) {
            cases.restore(list);
        } else if (event instanceof Ireport ireport) {
            OutcomeRecord.poison(ireport).ifPresent(poisons::add);
            life.restore(ireport);
        }
    }

    /**
     * Adds a record of the fault log or the information log, oldest first, before the first input: one of the time that is going
     * to be handled again. It counts from the moment on that it counted from before.
     */
    public void expect(Event event) {
        if (event instanceof Ireport ireport) {
            OutcomeRecord.poison(ireport).ifPresent(poisons::add);
        }
        recorded.add(event);
    }

    /** Takes all that is still {@linkplain #expect expected}; to be called when the error log was handled again. */
    public List<Output> caughtUp() {
        List<Output> out = new ArrayList<>();
        for (Event next = recorded.next(); next != null; next = recorded.next()) {
            takeRecorded(next, out);
        }
        return out;
    }

    private void takeRecorded(Event next, List<Output> out) {
        runTimers(timeline.time(next.tod()), out);
        // What was due before it may have been what it records.
        if (next.equals(recorded.next())) {
            applyRecorded(recorded.take(), out);
        }
    }

    private void applyRecorded(Event event, List<Output> out) {
        restore(event);
        Case about =
                event instanceof ListEvent list && list.kind() == ListKind.REPAIRED ? cases.get(list.uuid()) : null;
        if (about != null) {
            Instant at = timeline.time(event.tod());
            settle(List.of(about), at.isAfter(clock) ? at : clock, out);
        }
    }

    /** Begins with that hardware: what it means for cases is looked at when a snapshot of it is {@link #handle handled}. */
    public void begin(Topology hardware) {
        topology = hardware;
        toEngines(new EngineInput.TopologyChanged(clock, hardware), new ArrayList<>());
    }

    /** Returns all that the logs do not tell at once, to go on from after a restart; empty if an engine cannot say what it knows. */
    public Optional<ManagerMemory> remember() {
        Map<String, EngineMemory> memories = new LinkedHashMap<>();
        for (Map.Entry<String, DiagnosisEngine> engine : engines.entrySet()) {
            Optional<EngineMemory> memory;
            try {
                memory = engine.getValue().remember();
            } catch (RuntimeException | StackOverflowError e) {
                // It can still diagnose.
                memory = Optional.empty();
            }
            if (memory.isEmpty()) {
                return Optional.empty();
            }
            memories.put(engine.getKey(), memory.get());
        }
        List<Timers.Timer> set = timers.all();
        NvList content = NvList.builder()
                .string("clock", clock.toString())
                .string("heard", heard.toString())
                .strings("timeline", timeline.remember())
                .strings("discarded", List.copyOf(discarded.keySet()))
                .put("discarded-counts", numbers(discarded.values().stream().mapToLong(Long::longValue)))
                .strings("timer-engines", set.stream().map(Timers.Timer::engine).toList())
                .put("timer-numbers", numbers(set.stream().mapToLong(Timers.Timer::number)))
                .strings("timer-due", set.stream().map(t -> t.due().toString()).toList())
                .nvlists("open", open.remember())
                .build();
        return Optional.of(new ManagerMemory(content, topology, memories));
    }

    private static NvValue.Ints numbers(LongStream values) {
        return new NvValue.Ints(NvType.INT64, values.toArray());
    }

    /**
     * Goes on where a fault manager stood when it {@linkplain #remember remembered}; comes after the engines were added and before
     * the first input, in place of {@link #begin}.
     *
     * @return empty if it stands there now; else why not, and then engines may have to be started again
     */
    public Optional<String> recall(ManagerMemory memory, EreportLookup ereports) {
        if (!memory.engines().keySet().equals(engines.keySet())) {
            return Optional.of("it is that of " + memory.engines().keySet() + ", and there is " + engines.keySet());
        }
        NvList content = memory.content();
        try {
            Instant then = Instant.parse(content.string("clock").orElse(""));
            Instant latest = Instant.parse(content.string("heard").orElse(""));
            timeline.recall(content.strings("timeline"));
            OpenCases cases = OpenCases.of(content.nvlists("open"));
            List<Timers.Timer> set = timers(content);
            Map<String, Long> counts = discarded(content);
            for (Map.Entry<String, DiagnosisEngine> engine : engines.entrySet()) {
                EngineMemory own = memory.engines().get(engine.getKey());
                Optional<String> refused =
                        own == null ? Optional.empty() : engine.getValue().recall(own, ereports);
                if (refused.isPresent()) {
                    return Optional.of("module " + engine.getKey() + " refuses it: " + refused.get());
                }
            }
            clock = then;
            heard = latest;
            open.putAll(cases);
            set.forEach(timer -> timers.set(timer.engine(), timer.number(), timer.due()));
            discarded.putAll(counts);
            topology = memory.topology();
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.of("it makes no sense: " + e.getMessage());
        }
    }

    private static List<Timers.Timer> timers(NvList content) {
        List<String> engines = content.strings("timer-engines");
        List<String> due = content.strings("timer-due");
        if (!(content.get("timer-numbers") instanceof NvValue.Ints numbers)
                || numbers.size() != engines.size()
                || due.size() != engines.size()) {
            throw new IllegalArgumentException("timers without a number or a time");
        }
        List<Timers.Timer> timers = new ArrayList<>();
        for (int i = 0; i < engines.size(); i++) {
            timers.add(new Timers.Timer(engines.get(i), numbers.get(i), Instant.parse(due.get(i)), i));
        }
        return timers;
    }

    private static Map<String, Long> discarded(NvList content) {
        List<String> reasons = content.strings("discarded");
        if (!(content.get("discarded-counts") instanceof NvValue.Ints counts) || counts.size() != reasons.size()) {
            throw new IllegalArgumentException("reasons without a count");
        }
        Map<String, Long> discarded = new HashMap<>();
        for (int i = 0; i < reasons.size(); i++) {
            discarded.put(reasons.get(i), counts.get(i));
        }
        return discarded;
    }

    /**
     * Says whether what follows from the next inputs is in the logs already: then they only rebuild the engines' memory, and
     * nothing is published.
     */
    public void mute(boolean on) {
        muted = on;
    }

    /** Returns the list events that some agent may not have been told of: for each case the latest. */
    public List<Output.TellAgents> lastEvents() {
        return cases.all().stream()
                .map(c -> new Output.TellAgents(c.last(), c.step()))
                .toList();
    }

    /** Returns the solved cases, oldest diagnosis first, as they are now: presence is that of the latest snapshot. */
    public List<Case> cases() {
        return snapshot().cases();
    }

    /** Returns the solved cases and the hardware of this moment; the rest of the work is left to who looks at it. */
    public Snapshot snapshot() {
        return new Snapshot(List.copyOf(cases.all()), topology);
    }

    /** The solved cases of one moment. Immutable, for any thread. */
    public static final class Snapshot {
        private final List<Case> values;
        private final Topology topology;

        private Snapshot(List<Case> values, Topology topology) {
            this.values = values;
            this.topology = topology;
        }

        /** Returns the cases, oldest diagnosis first, with the presence of their units. */
        public List<Case> cases() {
            return values.stream().map(c -> CaseLife.asOfNow(c, topology)).toList();
        }
    }

    /** Returns how many ereports were not looked at, by cause. */
    public Map<String, Long> discarded() {
        return Map.copyOf(discarded);
    }

    /** Returns how many cases are open without a diagnosis. */
    public int unsolved() {
        return open.size();
    }

    public boolean hasFault(Fmri resource, String classPattern) {
        return cases.hasFault(resource, classPattern);
    }

    /** Returns when the fault manager wants to be told that time has passed, if nothing else happens before. */
    public Optional<Instant> nextWakeup() {
        return timers.next();
    }

    /** Returns how far its time is ahead of the wall clock. */
    public Duration ahead() {
        return timeline.ahead();
    }

    /** Returns the latest time that it knows of. */
    public Instant clock() {
        return clock;
    }

    /** Takes one input and returns what follows from it, in order; what is to be logged comes before what depends on it. */
    public List<Output> handle(Input input) {
        List<Output> out = new ArrayList<>();
        Duration shift = Duration.ZERO;
        if (input instanceof Input.EreportAccepted accepted) {
            Optional<ClockStep> step = ClockStep.of(accepted.ereport());
            step.ifPresent(timeline::add);
            shift = step.isPresent() ? timeline.ahead() : timeline.shift(accepted.now(), heard);
            Instant then = accepted.now().plus(shift);
            heard = then.isAfter(heard) ? then : heard;
        }
        Instant told = input.now().plus(shift);
        Instant now = told.isAfter(clock) ? told : clock;
        Instant wall = timeline.wall(now);
        while (recorded.isBefore(wall)) {
            takeRecorded(Objects.requireNonNull(recorded.next()), out);
        }
        runTimers(now, out);
        if (input instanceof Input.EreportAccepted accepted) {
            clock = now;
            injected = accepted.ereport().payload().bool("__injected").orElse(false);
            toEngines(new EngineInput.Accepted(now, accepted.ref(), moved(accepted.ereport(), shift)), out);
            injected = false;
        } else if (input instanceof Input.TopologyTaken taken) {
            boolean other = !taken.topology().isSameHardware(topology);
            topology = taken.topology();
            if (other) {
                toEngines(new EngineInput.TopologyChanged(now, topology), out);
            }
            settle(life.topologyChanged(topology, wall, out), now, out);
        } else if (input instanceof Input.AgentAnswered answered) {
            settle(life.answered(answered, wall, out), now, out);
        } else if (input instanceof Input.OperatorSays said) {
            settle(life.said(said, topology, wall, out), now, out);
        } else if (input instanceof Input.WhyAsked asked) {
            out.add(new Why(engines.values(), topology).answer(asked.target()));
        } else if (!(input instanceof Input.TimePassed)) {
            throw new AssertionError("unhandled input: " + input.getClass());
        }
        if (now.isAfter(nextExpiry)) {
            nextExpiry = now.plus(EXPIRY_PERIOD);
            cases.expire(wall, caseAge);
        }
        return out;
    }

    private static Ereport moved(Ereport ereport, Duration shift) {
        return shift.isZero()
                ? ereport
                : new Ereport(
                        ereport.eventClass(),
                        ereport.tod().plus(shift),
                        ereport.ena(),
                        ereport.detector(),
                        ereport.payload());
    }

    private void runTimers(Instant now, List<Output> out) {
        for (Timers.Timer due = timers.take(now); due != null; due = timers.take(now)) {
            clock = due.due().isAfter(clock) ? due.due() : clock;
            DiagnosisEngine engine = engines.get(due.engine());
            if (engine != null) {
                ask(due.engine(), engine, new EngineInput.TimerDue(clock, due.number()), out);
            }
        }
    }

    private void toEngines(EngineInput input, List<Output> out) {
        for (Map.Entry<String, DiagnosisEngine> engine : List.copyOf(engines.entrySet())) {
            ask(engine.getKey(), engine.getValue(), input, out);
        }
    }

    private void ask(String name, DiagnosisEngine engine, EngineInput input, List<Output> out) {
        LogRef ereport = input instanceof EngineInput.Accepted accepted ? accepted.ref() : null;
        if (ereport != null && poisons.contains(new OutcomeRecord.Poison(name, ereport))) {
            return;
        }
        List<EngineOutput> answers;
        try {
            answers = engine.handle(input);
        } catch (RuntimeException | StackOverflowError e) {
            removeEngine(name);
            if (ereport != null) {
                out.add(new Output.LogInfo(
                        OutcomeRecord.engineFailed(name, ereport, e.toString(), timeline.wall(input.now()))));
            }
            out.add(new Output.EngineFailed(name, e + " on " + input));
            return;
        }
        for (EngineOutput answer : answers) {
            apply(name, answer, input.now(), out);
        }
    }

    private void apply(String engine, EngineOutput output, Instant now, List<Output> out) {
        if (output instanceof EngineOutput.Opened opened) {
            open.attach(engine, opened.key(), opened.key().principal(), injected);
        } else if (output instanceof EngineOutput.Attached attached) {
            open.attach(engine, attached.key(), attached.ereport(), injected);
        } else if (output instanceof EngineOutput.Solved solved) {
            solve(engine, solved.key(), solved.suspects(), now, out);
        } else if (output instanceof EngineOutput.Closed closed) {
            open.remove(engine, closed.key());
        } else if (output instanceof EngineOutput.Discarded dropped) {
            discarded.merge(dropped.cause().sentence(), 1L, Long::sum);
        } else if (output instanceof EngineOutput.TimerSet set) {
            timers.set(engine, set.timer(), set.due());
        } else if (output instanceof EngineOutput.TimerCancelled cancelled) {
            timers.cancel(engine, cancelled.timer());
        } else if (output instanceof EngineOutput.SerdFired fired) {
            out.add(new Note(
                    Level.INFO,
                    "serd engine '" + fired.engine() + "' fired: more than " + fired.n() + " in " + fired.window()));
        } else if (output instanceof EngineOutput.EvaluationError error) {
            out.add(new Note(Level.WARN, error.place() + ": " + error.problem() + "; the constraint counts as false"));
        } else {
            throw new AssertionError("unhandled output: " + output.getClass());
        }
    }

    private void solve(String engine, CaseKey key, List<Suspect> suspects, Instant now, List<Output> out) {
        OpenCases.OpenCase openCase = open.remove(engine, key);
        Set<LogRef> ereports = openCase == null ? Set.of(key.principal()) : openCase.ereports;
        while (recorded.holdsDiagnosis(key.uuid(engine))) {
            applyRecorded(recorded.take(), out);
        }
        if (muted) {
            return;
        }
        DiagnosisEngine by = engines.get(engine);
        String version = by == null ? null : by.info().version();
        Diagnosis diagnosis = new Diagnosis(
                key.uuid(engine),
                engine,
                version,
                suspects,
                List.copyOf(ereports),
                openCase != null && openCase.injected);
        List<Output> follows = new ArrayList<>();
        settle(life.solved(diagnosis, topology, timeline.wall(now), follows), now, follows);
        // The daemon may have ended when a part of it was in the logs.
        follows.removeIf(output -> (output instanceof Output.LogFault fault && recorded.takeOut(fault.event()))
                || (output instanceof Output.LogInfo info && recorded.takeOut(info.event())));
        out.addAll(follows);
    }

    /** Engines are told of every repair, and what they conclude from it may repair more. */
    private void settle(List<Case> repaired, Instant now, List<Output> out) {
        for (Case done : repaired) {
            toEngines(
                    new EngineInput.Repaired(now, done.uuid(), done.diagnosis().suspects()), out);
        }
    }
}

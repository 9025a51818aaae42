// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.fmd.api.CaseKey;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.EngineInput;
import org.fmd.api.EngineOutput;
import org.fmd.api.topo.Topology;
import org.fmd.core.cases.Case;
import org.fmd.core.cases.CaseTable;
import org.fmd.core.manager.Output.Level;
import org.fmd.core.manager.Output.Note;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Event;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.Fmri;

/** Takes one input after another and says what follows. Not safe for several threads: it belongs to one. */
public final class FaultManager {

    /** An unsolved case: nothing of it is published yet. */
    private static final class OpenCase {
        final Set<LogRef> ereports = new LinkedHashSet<>();
        boolean injected;
    }

    private record OpenKey(String engine, CaseKey key) {}

    private static final Duration EXPIRY_PERIOD = Duration.ofHours(1);

    private final Map<String, DiagnosisEngine> engines = new LinkedHashMap<>();
    private final Map<OpenKey, OpenCase> open = new HashMap<>();
    private final CaseTable cases = new CaseTable();
    private final Timers timers = new Timers();
    private final CaseLife life;
    private final Set<OutcomeRecord.Poison> poisons = new HashSet<>();
    private final Map<String, Long> discarded = new TreeMap<>();
    private final Duration caseAge;
    private Topology topology = Topology.EMPTY;
    private Instant nextExpiry = Instant.MIN;
    /** Moved by ereports and timers alone, so that handling the error log again moves it in the same way. */
    private Instant clock = Instant.EPOCH;

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
        open.keySet().removeIf(key -> key.engine().equals(name));
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

    /** Takes one input and returns what follows from it, in order; what is to be logged comes before what depends on it. */
    public List<Output> handle(Input input) {
        List<Output> out = new ArrayList<>();
        Instant now = input.now().isAfter(clock) ? input.now() : clock;
        runTimers(now, out);
        if (input instanceof Input.EreportAccepted accepted) {
            clock = now;
            injected = accepted.ereport().payload().bool("__injected").orElse(false);
            toEngines(new EngineInput.Accepted(now, accepted.ref(), accepted.ereport()), out);
            injected = false;
        } else if (input instanceof Input.TopologyTaken taken) {
            topology = taken.topology();
            toEngines(new EngineInput.TopologyChanged(now, topology), out);
            settle(life.topologyChanged(topology, now, out), now, out);
        } else if (input instanceof Input.AgentAnswered answered) {
            settle(life.answered(answered, now, out), now, out);
        } else if (input instanceof Input.OperatorSays said) {
            settle(life.said(said, topology, now, out), now, out);
        } else if (input instanceof Input.WhyAsked asked) {
            out.add(new Why(engines.values(), topology).answer(asked.target()));
        } else if (!(input instanceof Input.TimePassed)) {
            throw new AssertionError("unhandled input: " + input.getClass());
        }
        if (now.isAfter(nextExpiry)) {
            nextExpiry = now.plus(EXPIRY_PERIOD);
            cases.expire(now, caseAge);
        }
        return out;
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
                out.add(new Output.LogInfo(OutcomeRecord.engineFailed(name, ereport, e.toString(), input.now())));
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
            attach(engine, opened.key(), opened.key().principal());
        } else if (output instanceof EngineOutput.Attached attached) {
            attach(engine, attached.key(), attached.ereport());
        } else if (output instanceof EngineOutput.Solved solved) {
            solve(engine, solved.key(), solved.suspects(), now, out);
        } else if (output instanceof EngineOutput.Closed closed) {
            open.remove(new OpenKey(engine, closed.key()));
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

    private void attach(String engine, CaseKey key, LogRef ereport) {
        OpenCase openCase = open.computeIfAbsent(new OpenKey(engine, key), k -> new OpenCase());
        openCase.ereports.add(ereport);
        openCase.injected |= injected;
    }

    private void solve(String engine, CaseKey key, List<Suspect> suspects, Instant now, List<Output> out) {
        OpenCase openCase = open.remove(new OpenKey(engine, key));
        Set<LogRef> ereports = openCase == null ? Set.of(key.principal()) : openCase.ereports;
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
        settle(life.solved(diagnosis, topology, now, out), now, out);
    }

    /** Engines are told of every repair, and what they conclude from it may repair more. */
    private void settle(List<Case> repaired, Instant now, List<Output> out) {
        for (Case done : repaired) {
            toEngines(
                    new EngineInput.Repaired(now, done.uuid(), done.diagnosis().suspects()), out);
        }
    }
}

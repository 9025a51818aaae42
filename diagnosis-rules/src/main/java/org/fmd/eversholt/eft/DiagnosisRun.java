// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.fmd.api.EngineMemory;
import org.fmd.api.Explanation;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.Value;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/**
 * Diagnosis in simulated time: rules, a topology and a list of ereports in, outcomes out. An outcome is a map of plain
 * values in the order of its members, ready to be written as JSON:
 *
 * <pre>
 *   solved               t_ms case opened_ms suspects[class certainty resource asru? fru? message? retire? response? payload?] ereports
 *   undiagnosable        t_ms case opened_ms reason components certainty_each ereports
 *   closed-no-suspects   t_ms case opened_ms ereports why
 *   engine-fired         t_ms engine n window_ms
 *   duplicate            t_ms case of
 *   acquitted            t_ms case suspect
 *   repaired             t_ms case
 *   not-subscribed       t_ms ereport
 *   discarded            t_ms ereport why; only in a run that is taken step by step
 *   evaluation-error     t_ms place about
 *   unfinished           case opened_ms
 * </pre>
 *
 * <p>Before an input is taken the clock moves to its time, never back; timers that are due by then run first. After the last
 * one they run for 30 days more. In a whole run ereports are known by their place in the list, from 0.
 */
public final class DiagnosisRun {
    private static final long MILLI = 1_000_000L;
    private static final long AFTERWARDS = 30L * 24 * 3600 * 1000 * MILLI;
    private static final String UNEXPECTED = "eft.unexpected-telemetry";
    private static final String LIMIT = "eft.too-many-exercises";

    /** A timer that is set. */
    private record Timer(long number, long due, long order) {}

    private final Program program;
    private final Settings settings;
    private final RunCases cases = new RunCases();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::order));
    private final Set<Long> cancelled = new HashSet<>();
    private final List<Map<String, Object>> outcomes = new ArrayList<>();
    private final List<Ended> ended = new ArrayList<>();
    private Topology topology;
    private DiagnosisCore core;
    private long clock;
    private long order;

    /** A run that nothing has happened in yet; its clock stands at 0. */
    public DiagnosisRun(Program program, Topology topology, Settings settings) {
        this(program, topology, settings, null, false);
    }

    /**
     * A run that nothing has happened in yet.
     *
     * @param coverage notes which parts of the rules are used, null for nobody
     * @param explains whether what it concludes is to be explained later, which takes memory
     */
    public DiagnosisRun(
            Program program, Topology topology, Settings settings, @Nullable RuleCoverage coverage, boolean explains) {
        this.program = program;
        this.settings = settings;
        this.topology = topology;
        this.core = new DiagnosisCore(
                program, settings, this::hasFault, this::take, coverage, coverage, explains ? new Everything() : null);
        core.topologyChanged(topology);
    }

    /** Runs the inputs in their order and returns what came of them. */
    public static List<Map<String, Object>> run(
            Program program, Topology topology, List<? extends RunInput> inputs, Settings settings) {
        DiagnosisRun run = new DiagnosisRun(program, topology, settings);
        for (int i = 0; i < inputs.size(); i++) {
            run.input(inputs.get(i), i);
        }
        run.finish();
        // The form of whole runs has no word for it.
        return run.outcomes.stream()
                .filter(outcome -> !"discarded".equals(outcome.get("kind")))
                .toList();
    }

    /** Lets time pass until the input comes, and takes it; outcomes know it by that number, which no other has. */
    public void input(RunInput input, int number) {
        advance(input.nanos());
        take(input, number);
    }

    /** The hardware is another one from now on. */
    void topologyChanged(Topology changed) {
        topology = changed;
        core.topologyChanged(changed);
    }

    /** What the engine knows now. */
    EngineMemory remember() {
        return core.remember("").memory();
    }

    /**
     * Goes on with an engine that knows nothing but what is remembered; nobody watches that one.
     *
     * @param inputs all that was taken until now, by number
     * @throws MemoryProblem if that is no memory of an engine with these rules
     */
    void restart(EngineMemory memory, List<? extends RunInput> inputs) throws MemoryProblem {
        DiagnosisCore fresh = new DiagnosisCore(program, settings, this::hasFault, this::take);
        var unused = fresh.recall(new MemoryReader(
                memory,
                "",
                ref -> inputs.get((int) ref.offset()) instanceof RunInput.Telemetry ereport
                        ? report(ereport, (int) ref.offset())
                        : null));
        core = fresh;
    }

    private Report report(RunInput.Telemetry ereport, int index) {
        return new Report(
                new LogRef(new UUID(0, 0), index),
                ereport.eventClass(),
                ereport.detector().locate(topology),
                null,
                ereport.nanos(),
                ereport.payload(),
                ereport.detector().toString());
    }

    /** Lets time pass; what is due at that very time is done. */
    public void advanceTo(long nanos) {
        advance(nanos);
    }

    /** Lets 30 days pass and tells which cases are open still. */
    public void finish() {
        advance(clock + AFTERWARDS);
        for (RunCases.RunCase open : cases.unfinished()) {
            Map<String, Object> outcome = new LinkedHashMap<>();
            outcome.put("kind", "unfinished");
            outcome.put("case", open.number());
            outcome.put("opened_ms", open.opened() / MILLI);
            outcomes.add(outcome);
        }
    }

    /** What has come of the inputs so far. */
    public List<Map<String, Object>> outcomes() {
        return Collections.unmodifiableList(outcomes);
    }

    /** Whether a case is undecided now. */
    public boolean isWaiting() {
        return !cases.unfinished().isEmpty();
    }

    /** When the engine means to look at a case again, in nanoseconds since the epoch; empty if it waits for nothing. */
    public OptionalLong nextLook() {
        return timers.stream()
                .filter(timer -> !cancelled.contains(timer.number))
                .mapToLong(Timer::due)
                .min();
    }

    /** How many events the SERD engine of that name holds now; the name is as it prints when it fires. */
    public long counted(String engine) {
        return core.counted(engine);
    }

    /** Why the cases ended as they did, in order of their numbers; of one that is undecided, what it waits for. */
    public List<Explanation> explainCases() {
        Explainer explainer = core.explainer(SimTime::text);
        return everything().stream()
                .sorted(Comparator.comparing(one -> cases.of(one.key()).number()))
                .map(one -> explainer.explainCase(one, label(one)))
                .toList();
    }

    /** Why a case ended as it did; empty if there is none of that number, or the engine never looked into it. */
    public Optional<Explanation> explainCase(int number) {
        return everything().stream()
                .filter(one -> cases.of(one.key()).number() == number)
                .findFirst()
                .map(one -> core.explainer(SimTime::text).explainCase(one, label(one)));
    }

    /** Why a problem was, or was not, diagnosed at a place. */
    public Explanation explainProblem(String eventClass, TopoPath path) {
        return core.explainer(SimTime::text).explainProblem(new EventKey(eventClass, path), everything(), this::label);
    }

    private final class Everything implements Ledger {
        @Override
        public boolean keeps(Ended.How how) {
            return true;
        }

        @Override
        public void ended(Ended exercise) {
            ended.add(exercise);
        }
    }

    private String label(Ended one) {
        return "case " + cases.of(one.key()).number();
    }

    private List<Ended> everything() {
        List<Ended> all = new ArrayList<>(ended);
        all.addAll(core.undecided());
        return all;
    }

    private void advance(long to) {
        for (Timer timer = timers.peek(); timer != null && timer.due <= Math.max(to, clock); timer = timers.peek()) {
            timers.remove();
            if (!cancelled.remove(timer.number)) {
                clock = Math.max(clock, timer.due);
                core.timerDue(timer.number);
            }
        }
        clock = Math.max(clock, to);
    }

    private void take(RunInput input, int index) {
        if (input instanceof RunInput.Repair repair) {
            for (RunCases.RunCase repaired : cases.repair(repair.resources())) {
                outcome("repaired").put("case", repaired.number());
                for (RunCases.Suspected suspect : repaired.suspects()) {
                    TopoPath path = suspect.path();
                    if (path != null) {
                        core.repaired(suspect.eventClass(), path);
                    }
                }
            }
        } else if (input instanceof RunInput.Telemetry ereport) {
            if (!core.subscribes(ereport.eventClass())) {
                outcome("not-subscribed").put("ereport", index);
                return;
            }
            core.receive(report(ereport, index));
        }
    }

    private boolean hasFault(Component component, String classPattern) {
        return cases.hasFault(component.path(), classPattern);
    }

    private Map<String, Object> outcome(String kind) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("t_ms", clock / MILLI);
        outcome.put("kind", kind);
        outcomes.add(outcome);
        return outcome;
    }

    private Map<String, Object> outcome(String kind, RunCases.RunCase about) {
        Map<String, Object> outcome = outcome(kind);
        outcome.put("case", about.number());
        outcome.put("opened_ms", about.opened() / MILLI);
        return outcome;
    }

    private static List<Long> ereports(RunCases.RunCase about) {
        return List.copyOf(about.ereports());
    }

    private void take(Outcome outcome) {
        if (outcome instanceof Outcome.Opened opened) {
            cases.open(opened.key(), clock);
        } else if (outcome instanceof Outcome.Attached attached) {
            cases.of(attached.key()).ereports().add(attached.ereport().offset());
        } else if (outcome instanceof Outcome.Solved solved) {
            solved(solved);
        } else if (outcome instanceof Outcome.Undiagnosable undiagnosable) {
            undiagnosable(undiagnosable);
        } else if (outcome instanceof Outcome.Closed closed) {
            cases.close(closed.key());
            RunCases.RunCase about = cases.of(closed.key());
            Map<String, Object> members = outcome("closed-no-suspects", about);
            members.put("ereports", ereports(about));
            members.put("why", closed.why());
        } else if (outcome instanceof Outcome.TimerSet set) {
            timers.add(new Timer(set.timer(), set.due(), order++));
        } else if (outcome instanceof Outcome.TimerCancelled gone) {
            cancelled.add(gone.timer());
        } else if (outcome instanceof Outcome.Fired fired) {
            Map<String, Object> members = outcome("engine-fired");
            members.put("engine", fired.engine().toString());
            members.put("n", fired.n());
            members.put("window_ms", fired.windowNanos() / MILLI);
        } else if (outcome instanceof Outcome.EvaluationError error) {
            Map<String, Object> members = outcome("evaluation-error");
            members.put("place", error.place().toString());
            members.put("about", error.problem());
        } else if (outcome instanceof Outcome.Discarded discarded) {
            Map<String, Object> members = outcome("discarded");
            members.put("ereport", discarded.report().ref().offset());
            members.put("why", discarded.why());
        }
        // The form has nothing for engines that were dropped: a run has any number.
    }

    private void solved(Outcome.Solved solved) {
        RunCases.RunCase about = cases.of(solved.key());
        Map<String, Object> members = outcome("solved", about);
        members.put(
                "suspects",
                solved.suspects().stream().map(DiagnosisRun::suspect).toList());
        members.put("ereports", ereports(about));
        settle(
                about,
                solved.suspects().stream()
                        .map(d -> new RunCases.Suspected(
                                d.eventClass(), d.at().path(), d.at().path().toString()))
                        .toList());
    }

    private static Map<String, Object> suspect(Diagnosis diagnosis) {
        Map<String, Object> suspect = new LinkedHashMap<>();
        suspect.put("class", diagnosis.eventClass());
        suspect.put("certainty", diagnosis.certainty());
        suspect.put("resource", diagnosis.at().path().toString());
        putIfGiven(suspect, "asru", diagnosis.asru());
        putIfGiven(suspect, "fru", diagnosis.fru());
        putIfGiven(suspect, "message", diagnosis.message());
        putIfGiven(suspect, "retire", diagnosis.retire());
        putIfGiven(suspect, "response", diagnosis.response());
        if (!diagnosis.payload().isEmpty()) {
            Map<String, Object> payload = new LinkedHashMap<>();
            diagnosis.payload().forEach((name, value) -> payload.put(name, plain(value)));
            suspect.put("payload", payload);
        }
        return suspect;
    }

    private static void putIfGiven(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value instanceof Component component ? component.toString() : value);
        }
    }

    private static Object plain(Value value) {
        if (value instanceof Value.Num number) {
            return number.bits() >= 0 ? (Object) number.bits() : new BigInteger(Long.toUnsignedString(number.bits()));
        }
        return value.text();
    }

    private void undiagnosable(Outcome.Undiagnosable undiagnosable) {
        RunCases.RunCase about = cases.of(undiagnosable.key());
        boolean limit = undiagnosable.reason() == Reason.TOO_MANY;
        int observed = undiagnosable.observed().size();
        Set<String> components = new LinkedHashSet<>();
        List<RunCases.Suspected> suspects = new ArrayList<>();
        for (Outcome.Observed one : undiagnosable.observed()) {
            TopoPath path = one.event() == null || limit ? null : one.event().path();
            String resource = path == null ? one.detector() : path.toString();
            components.add(limit ? "" : resource);
            if (limit) {
                suspects.add(new RunCases.Suspected("defect." + LIMIT, null, ""));
            } else {
                suspects.add(new RunCases.Suspected("defect." + UNEXPECTED, path, resource));
                suspects.add(new RunCases.Suspected("fault." + UNEXPECTED, path, resource));
            }
        }
        Map<String, Object> members = outcome("undiagnosable", about);
        members.put("reason", word(undiagnosable.reason()));
        members.put("components", List.copyOf(components));
        members.put("certainty_each", limit ? 100 : 50 / observed);
        members.put("ereports", ereports(about));
        settle(about, suspects);
    }

    /** The form has no word for rules that apply nowhere on the machine. */
    private static String word(Reason reason) {
        return (reason == Reason.EMPTY_GRAPH ? Reason.NOT_IN_GRAPH : reason).word();
    }

    private void settle(RunCases.RunCase about, List<RunCases.Suspected> suspects) {
        RunCases.RunCase earlier = cases.solve(about, suspects);
        if (earlier == null) {
            return;
        }
        Map<String, Object> duplicate = outcome("duplicate");
        duplicate.put("case", about.number());
        duplicate.put("of", earlier.number());
        for (RunCases.Suspected cleared : cases.acquit(earlier, about)) {
            Map<String, Object> acquitted = outcome("acquitted");
            acquitted.put("case", earlier.number());
            acquitted.put("suspect", cleared.toString());
        }
    }
}

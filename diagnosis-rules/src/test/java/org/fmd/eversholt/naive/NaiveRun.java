// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.event.EventClass;
import org.jspecify.annotations.Nullable;

/** Simulated time, cases and outcomes around a {@link NaiveEngine}, in the form of a DiagnosisRun. */
final class NaiveRun {
    private static final long MILLI = 1_000_000;
    private static final long AFTERWARDS = 30L * 24 * 3600 * 1000 * MILLI;

    private record Timer(int number, Exercise exercise, long due) {}

    private enum Status {
        FAULTY,
        ACQUITTED,
        REPAIRED
    }

    /** A suspect as the case manager sees it; no path where there is no component. */
    private static final class Suspect {
        final String eventClass;
        final @Nullable String path;
        final String resource;
        Status status = Status.FAULTY;

        Suspect(String eventClass, @Nullable String path, String resource) {
            this.eventClass = eventClass;
            this.path = path;
            this.resource = resource;
        }

        @Override
        public String toString() {
            return eventClass + "@" + resource;
        }
    }

    private static final class Case {
        final long opened;
        final Set<Long> ereports = new TreeSet<>();
        List<Suspect> suspects = List.of();
        boolean ended;
        boolean duplicate;

        Case(long opened) {
            this.opened = opened;
        }

        boolean faulty() {
            return !duplicate && suspects.stream().anyMatch(s -> s.status == Status.FAULTY);
        }
    }

    private final Topology topology;
    private final NaiveEngine engine;
    private final List<Case> cases = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();
    private final Set<String> errors = new HashSet<>();
    private final List<Map<String, Object>> outcomes = new ArrayList<>();
    private long clock;
    private int timersSet;

    private NaiveRun(Program program, Topology topology, Settings settings) {
        this.topology = topology;
        this.engine = new NaiveEngine(program, new Tree(topology, program.configs()), settings, this);
    }

    static List<Map<String, Object>> run(
            Program program, Topology topology, List<? extends RunInput> inputs, Settings settings) {
        NaiveRun run = new NaiveRun(program, topology, settings);
        for (int i = 0; i < inputs.size(); i++) {
            run.advance(inputs.get(i).nanos());
            run.take(inputs.get(i), i);
        }
        run.advance(run.clock + AFTERWARDS);
        for (int i = 0; i < run.cases.size(); i++) {
            if (!run.cases.get(i).ended) {
                run.outcomes.add(new LinkedHashMap<>(
                        Map.of("kind", "unfinished", "case", i + 1, "opened_ms", run.cases.get(i).opened / MILLI)));
            }
        }
        return run.outcomes;
    }

    private void advance(long to) {
        for (Timer next = next(); next != null && next.due <= Math.max(to, clock); next = next()) {
            timers.remove(next);
            clock = Math.max(clock, next.due);
            engine.timerDue(next.exercise);
        }
        clock = Math.max(clock, to);
    }

    /** The timer that is due first, of several the one set first; timers that were replaced are forgotten. */
    private @Nullable Timer next() {
        timers.removeIf(t -> t.exercise.timer != t.number);
        Timer first = null;
        for (Timer timer : timers) {
            first = first == null || timer.due < first.due ? timer : first;
        }
        return first;
    }

    int setTimer(Exercise exercise, long from, long wait) {
        long due = from + wait;
        timers.add(new Timer(++timersSet, exercise, due < from ? Long.MAX_VALUE : due));
        return timersSet;
    }

    private void take(RunInput input, int index) {
        if (input instanceof RunInput.Repair repair) {
            repair(repair.resources().stream().map(TopoPath::toString).toList());
        } else if (input instanceof RunInput.Telemetry ereport) {
            if (engine.classes().contains(ereport.eventClass())) {
                RunInput.Detector detector = ereport.detector();
                engine.receive(new Exercise.Report(
                        index,
                        ereport.eventClass(),
                        locate(detector),
                        detector.toString(),
                        ereport.nanos(),
                        ereport.payload(),
                        Set.of()));
            } else {
                outcome("not-subscribed").put("ereport", index);
            }
        }
    }

    private @Nullable String locate(RunInput.Detector detector) {
        if (detector.path() != null) {
            return detector.path().toString();
        }
        String name = detector.devid() != null ? "devid" : detector.targetPort() != null ? "target-port-l0ids" : "dev";
        String wanted = detector.devid() != null
                ? detector.devid()
                : detector.targetPort() != null ? detector.targetPort() : detector.devicePath();
        String found = null;
        for (Tree.Node node : new Tree(topology, List.of()).walk()) {
            String value = node.properties().get(name);
            if (value != null
                    && wanted != null
                    && (name.equals("target-port-l0ids")
                            ? List.of(value.split(" ")).contains(wanted)
                            : value.equals(wanted))) {
                found = node.path();
            }
        }
        return found;
    }

    // ---- cases (eversholt reference §7.11) -----------------------------------------------------

    int open(Exercise.Report report) {
        cases.add(new Case(clock));
        attach(cases.size(), report);
        return cases.size();
    }

    int openBeside(int caseNumber) {
        cases.add(new Case(clock));
        of(cases.size()).ereports.addAll(of(caseNumber).ereports);
        return cases.size();
    }

    Set<Long> ereports(int caseNumber) {
        return of(caseNumber).ereports;
    }

    private Case of(int caseNumber) {
        return cases.get(caseNumber - 1);
    }

    void attach(int caseNumber, Exercise.Report report) {
        of(caseNumber).ereports.add((long) report.index());
    }

    void close(int caseNumber) {
        of(caseNumber).ended = true;
        outcome("closed-no-suspects", caseNumber).put("ereports", List.copyOf(of(caseNumber).ereports));
    }

    void solved(int caseNumber, List<Map<String, Object>> suspects) {
        Map<String, Object> outcome = outcome("solved", caseNumber);
        outcome.put("suspects", suspects);
        outcome.put("ereports", List.copyOf(of(caseNumber).ereports));
        settle(
                caseNumber,
                suspects.stream()
                        .map(s -> new Suspect(
                                String.valueOf(s.get("class")),
                                String.valueOf(s.get("resource")),
                                String.valueOf(s.get("resource"))))
                        .toList());
    }

    Map<String, Object> suspect(Graph.Ev problem, int certainty) {
        Event.Properties properties = problem.event.properties();
        Map<String, Object> suspect = new LinkedHashMap<>();
        suspect.put("class", problem.eventClass());
        suspect.put("certainty", certainty);
        suspect.put("resource", problem.path);
        if (properties.asru() != null) {
            suspect.put("asru", Serd.cut(problem.path, properties.asru()));
        }
        if (properties.fru() != null) {
            suspect.put("fru", Serd.cut(problem.path, properties.fru()));
        }
        flag(suspect, "message", properties.message());
        flag(suspect, "retire", properties.retire());
        flag(suspect, "response", properties.response());
        if (!problem.notes.payload.isEmpty()) {
            Map<String, Object> payload = new LinkedHashMap<>();
            problem.notes.payload.forEach((name, value) -> payload.put(
                    name,
                    value instanceof Long number && number < 0
                            ? new BigInteger(Long.toUnsignedString(number))
                            : value instanceof Long ? value : value.toString()));
            suspect.put("payload", payload);
        }
        return suspect;
    }

    private static void flag(Map<String, Object> suspect, String name, @Nullable Term value) {
        if (value instanceof Term.Num number) {
            suspect.put(name, number.value() != 0);
        }
    }

    /** {@code components} are named in the outcome, {@code paths} are those of them that are components. */
    void undiagnosable(int caseNumber, String reason, List<String> components, List<String> paths) {
        boolean limit = reason.equals("too-many-open-exercises");
        Map<String, Object> outcome = outcome("undiagnosable", caseNumber);
        outcome.put("reason", reason);
        List<Suspect> suspects = new ArrayList<>();
        if (limit) {
            suspects.add(new Suspect("defect.eft.too-many-exercises", null, ""));
            outcome.put("components", List.of(""));
        } else {
            List<String> named = paths.isEmpty() ? components : paths;
            for (String component : named) {
                String path = paths.isEmpty() ? null : component;
                suspects.add(new Suspect("defect.eft.unexpected-telemetry", path, component));
                suspects.add(new Suspect("fault.eft.unexpected-telemetry", path, component));
            }
            outcome.put("components", List.copyOf(new LinkedHashSet<>(named)));
        }
        outcome.put("certainty_each", limit ? 100 : 50 / (suspects.size() / 2));
        outcome.put("ereports", List.copyOf(of(caseNumber).ereports));
        settle(caseNumber, suspects);
    }

    /** A case that names a faulty suspect of an earlier one is its duplicate, and clears what it does not name. */
    private void settle(int caseNumber, List<Suspect> suspects) {
        Case solved = of(caseNumber);
        solved.ended = true;
        solved.suspects = suspects;
        Set<String> names = new HashSet<>();
        suspects.forEach(s -> names.add(s.toString()));
        for (Case earlier : cases) {
            boolean same = earlier != solved
                    && earlier.faulty()
                    && earlier.suspects.stream()
                            .anyMatch(s -> s.status == Status.FAULTY && names.contains(s.toString()));
            if (same) {
                solved.duplicate = true;
                int number = cases.indexOf(earlier) + 1;
                Map<String, Object> duplicate = outcome("duplicate");
                duplicate.put("case", caseNumber);
                duplicate.put("of", number);
                for (Suspect suspect : earlier.suspects) {
                    if (suspect.status == Status.FAULTY && !names.contains(suspect.toString())) {
                        suspect.status = Status.ACQUITTED;
                        Map<String, Object> acquitted = outcome("acquitted");
                        acquitted.put("case", number);
                        acquitted.put("suspect", suspect.toString());
                    }
                }
                return;
            }
        }
    }

    private void repair(List<String> resources) {
        List<Case> repaired = new ArrayList<>();
        for (Case one : cases) {
            boolean before = one.faulty();
            for (Suspect suspect : one.suspects) {
                if (suspect.status == Status.FAULTY && suspect.path != null && resources.contains(suspect.path)) {
                    suspect.status = Status.REPAIRED;
                }
            }
            if (before && !one.faulty()) {
                repaired.add(one);
            }
        }
        for (Case one : repaired) {
            outcome("repaired").put("case", cases.indexOf(one) + 1);
            for (Suspect suspect : one.suspects) {
                if (suspect.path != null) {
                    engine.repaired(suspect.eventClass, suspect.path);
                }
            }
        }
    }

    /** Class and path of each open fault. */
    Set<List<String>> faults() {
        Set<List<String>> faults = new HashSet<>();
        for (Case one : cases) {
            for (Suspect suspect : one.suspects) {
                if (one.faulty() && suspect.status == Status.FAULTY && suspect.path != null) {
                    faults.add(List.of(suspect.eventClass, suspect.path));
                }
            }
        }
        return faults;
    }

    static boolean matches(String eventClass, String pattern) {
        return pattern.isEmpty() || new EventClass(eventClass).matches(pattern);
    }

    // ---- outcomes ------------------------------------------------------------------------------

    private Map<String, Object> outcome(String kind) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("t_ms", clock / MILLI);
        outcome.put("kind", kind);
        outcomes.add(outcome);
        return outcome;
    }

    private Map<String, Object> outcome(String kind, int caseNumber) {
        Map<String, Object> outcome = outcome(kind);
        outcome.put("case", caseNumber);
        outcome.put("opened_ms", of(caseNumber).opened / MILLI);
        return outcome;
    }

    void fired(String engine, long n, long window) {
        Map<String, Object> outcome = outcome("engine-fired");
        outcome.put("engine", engine);
        outcome.put("n", (int) n);
        outcome.put("window_ms", window / MILLI);
    }

    /** Told once for each place. */
    void evaluationError(Span place) {
        if (errors.add(place.toString())) {
            outcome("evaluation-error").put("place", place.toString());
        }
    }
}

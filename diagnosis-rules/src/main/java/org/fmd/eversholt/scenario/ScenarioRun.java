// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.fmd.api.Explanation;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.RuleCoverage;
import org.fmd.eversholt.eft.SimTime;
import org.jspecify.annotations.Nullable;

/** Tells an engine the story of a scenario and compares. */
public final class ScenarioRun {
    private final Scenario scenario;
    private final DiagnosisRun run;
    private final boolean explains;
    private final List<Finding> failures = new ArrayList<>();

    /**
     * How a scenario ended.
     *
     * @param outcomes all that came, as lines for people
     * @param reasons why the suspects that did not come were not diagnosed, if it failed
     */
    public record Report(Scenario scenario, List<Finding> failures, List<String> outcomes, List<Explanation> reasons) {
        public Report {
            failures = List.copyOf(failures);
            outcomes = List.copyOf(outcomes);
            reasons = List.copyOf(reasons);
        }

        /** Whether all that was expected came, and nothing else. */
        public boolean passed() {
            return failures.isEmpty();
        }
    }

    private ScenarioRun(Program program, Scenario scenario, @Nullable RuleCoverage coverage, boolean explains) {
        this.scenario = scenario;
        this.run = new DiagnosisRun(program, scenario.machine(), scenario.settings(), coverage, explains);
        this.explains = explains;
    }

    /** @param coverage notes which parts of the rules are used, null for nobody */
    public static Report of(Program program, Scenario scenario, @Nullable RuleCoverage coverage) {
        Report report = new ScenarioRun(program, scenario, coverage, false).run();
        return report.passed() ? report : new ScenarioRun(program, scenario, null, true).run();
    }

    private Report run() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < scenario.inputs().size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(i -> scenario.inputs().get(i).what().nanos()));
        int next = 0;
        for (Expected momentary : momentary()) {
            long now = time(momentary);
            while (next < order.size() && nanos(order.get(next)) <= now) {
                take(order.get(next++));
            }
            run.advanceTo(now);
            look(momentary);
        }
        order.subList(next, order.size()).forEach(this::take);
        run.finish();
        List<Map<String, Object>> outcomes = run.outcomes();
        failures.addAll(new Comparison(scenario, outcomes).failures());
        failures.sort(Comparator.comparing(failure -> failure.span().start()));
        List<String> lines = new ArrayList<>();
        outcomes.forEach(outcome -> lines.addAll(OutcomeText.lines(outcome)));
        return new Report(scenario, failures, lines, explains ? reasons(outcomes) : List.of());
    }

    /** Of each expected suspect that no diagnosis names why it was not diagnosed. */
    private List<Explanation> reasons(List<Map<String, Object>> outcomes) {
        Set<String> came = new HashSet<>();
        for (Map<String, Object> outcome : outcomes) {
            if (outcome.get("suspects") instanceof List<?> suspects) {
                suspects.forEach(suspect -> came.add(Comparison.event((Map<?, ?>) suspect)));
            }
        }
        Set<String> asked = new LinkedHashSet<>();
        for (Expected expected : scenario.expected()) {
            if (expected instanceof Expected.Coming coming) {
                coming.suspects().forEach(suspect -> asked.add(suspect.event()));
            }
        }
        List<Explanation> reasons = new ArrayList<>();
        for (String event : asked) {
            int at = event.indexOf('@');
            String eventClass = event.substring(0, at);
            String path = event.substring(at + 1);
            boolean named = came.contains(event);
            if (!named) {
                TopoPath.parse(path).ifPresent(place -> reasons.add(run.explainProblem(eventClass, place)));
            }
        }
        return reasons;
    }

    private void take(int index) {
        run.input(scenario.inputs().get(index).what(), index);
    }

    private long nanos(int index) {
        return scenario.inputs().get(index).what().nanos();
    }

    /** What is true or not at a moment, in order of time. */
    private List<Expected> momentary() {
        List<Expected> momentary = new ArrayList<>();
        for (Expected expected : scenario.expected()) {
            if (expected instanceof Expected.Standing || expected instanceof Expected.Counting) {
                momentary.add(expected);
            }
        }
        momentary.sort(Comparator.comparing(ScenarioRun::time));
        return momentary;
    }

    private static long time(Expected momentary) {
        if (momentary instanceof Expected.Standing standing) {
            return standing.nanos();
        }
        return momentary instanceof Expected.Counting counting ? counting.nanos() : 0;
    }

    private void look(Expected momentary) {
        if (momentary instanceof Expected.Standing standing) {
            stand(standing);
        } else if (momentary instanceof Expected.Counting counting) {
            long count = run.counted(counting.engine());
            if (count != counting.count()) {
                failures.add(new Finding(
                        counting.span(),
                        "expected that " + counting.engine() + " counts " + counting.count() + " at "
                                + SimTime.text(counting.nanos()) + "; it counts " + count));
            }
        }
    }

    private void stand(Expected.Standing standing) {
        String at = SimTime.text(standing.nanos());
        OptionalLong look = run.nextLook();
        if (standing.waits() && !run.isWaiting()) {
            failures.add(new Finding(standing.span(), "expected that a case is undecided at " + at + "; none is"));
        } else if (standing.waits() && standing.until() != null && !look.equals(OptionalLong.of(standing.until()))) {
            failures.add(new Finding(
                    standing.span(),
                    "expected that the engine waits until " + SimTime.text(standing.until()) + "; "
                            + (look.isPresent() ? "it waits until " + SimTime.text(look.getAsLong()) : "it does not")));
        } else if (!standing.waits() && run.isWaiting()) {
            failures.add(new Finding(
                    standing.span(),
                    "expected that no case is undecided at " + at + "; one is"
                            + (look.isPresent() ? " until " + SimTime.text(look.getAsLong()) : "")));
        }
    }
}

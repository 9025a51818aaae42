// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.RuleCoverage;
import org.fmd.eversholt.eft.SimTime;
import org.jspecify.annotations.Nullable;

/** Tells an engine the story of a scenario and compares. */
public final class ScenarioRun {
    private final Scenario scenario;
    private final DiagnosisRun run;
    private final List<Finding> failures = new ArrayList<>();

    /**
     * How a scenario ended.
     *
     * @param outcomes all that came, as lines for people
     */
    public record Report(Scenario scenario, List<Finding> failures, List<String> outcomes) {
        public Report {
            failures = List.copyOf(failures);
            outcomes = List.copyOf(outcomes);
        }

        /** Whether all that was expected came, and nothing else. */
        public boolean passed() {
            return failures.isEmpty();
        }
    }

    private ScenarioRun(Program program, Scenario scenario, @Nullable RuleCoverage coverage) {
        this.scenario = scenario;
        this.run = new DiagnosisRun(program, scenario.machine(), scenario.settings(), coverage, false);
    }

    /** @param coverage notes which parts of the rules are used, null for nobody */
    public static Report of(Program program, Scenario scenario, @Nullable RuleCoverage coverage) {
        return new ScenarioRun(program, scenario, coverage).run();
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
        return new Report(scenario, failures, lines);
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

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fmd.eversholt.check.EventName;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.scenario.Expected.Coming;
import org.fmd.eversholt.scenario.Expected.Kind;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.Span;

/** Holds the names in scenarios against the rules: a class that no rule knows is a slip of the pen. */
public final class ScenarioChecks {
    private final Set<String> classes = new TreeSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private ScenarioChecks(Program program) {
        for (EventName name : program.events().keySet()) {
            classes.add(name.eventClass());
        }
    }

    /** The names that the rules do not know. */
    public static List<Finding> check(Program program, List<Scenario> scenarios) {
        ScenarioChecks checks = new ScenarioChecks(program);
        scenarios.forEach(checks::check);
        return checks.findings;
    }

    private void check(Scenario scenario) {
        for (Scenario.Input input : scenario.inputs()) {
            if (input.what() instanceof RunInput.Telemetry ereport) {
                known(ereport.eventClass(), input.span());
            }
        }
        for (Expected expected : scenario.expected()) {
            if (expected instanceof Coming coming) {
                coming.suspects().forEach(suspect -> known(eventClass(suspect.event()), suspect.span()));
                if (coming.kind() == Kind.UPSET) {
                    known(eventClass(coming.about()), coming.span());
                }
            }
        }
    }

    private static String eventClass(String event) {
        return event.substring(0, Math.max(0, event.indexOf('@')));
    }

    private void known(String eventClass, Span span) {
        Finding finding =
                new Finding(span, "no rule is about '" + eventClass + "'" + NearNames.hint(eventClass, classes));
        // Of a repeated ereport once.
        if (!classes.contains(eventClass) && !findings.contains(finding)) {
            findings.add(finding);
        }
    }
}

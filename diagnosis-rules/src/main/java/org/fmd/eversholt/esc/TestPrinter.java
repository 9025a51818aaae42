// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.util.List;
import org.fmd.eversholt.eft.RuleCoverage;
import org.fmd.eversholt.scenario.Finding;
import org.fmd.eversholt.scenario.ScenarioRun;
import org.fmd.eversholt.syntax.Issue;

/** Told of what {@code esc test} does, in order. */
interface TestPrinter {
    /** The rules are no program. */
    void error(Issue issue);

    /** A scenario file makes no sense. */
    void error(Finding finding);

    void report(ScenarioRun.Report report);

    /** @param enough whether as much of the rules was used as the user wants */
    void summary(List<RuleCoverage> coverages, boolean enough);
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.PrintWriter;
import java.util.List;
import org.fmd.eversholt.eft.RuleCoverage;
import org.fmd.eversholt.scenario.Finding;
import org.fmd.eversholt.scenario.ScenarioRun;
import org.fmd.eversholt.syntax.Issue;

/** {@code esc test} for people: failures, and a line at the end. */
final class TestText implements TestPrinter {
    private final PrintWriter out;
    private final boolean verbose;
    private int scenarios;
    private int failed;
    private int errors;

    TestText(PrintWriter out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    @Override
    public void error(Issue issue) {
        errors++;
        out.print(IssueText.of(issue));
    }

    @Override
    public void error(Finding finding) {
        errors++;
        print(finding, "error: ");
    }

    private void print(Finding finding, String kind) {
        out.print(finding.span() + ": " + kind + finding.message() + "\n");
        out.print(IssueText.excerpt(finding.span()));
        finding.notes().forEach(note -> out.print("    " + note + "\n"));
    }

    @Override
    public void report(ScenarioRun.Report report) {
        scenarios++;
        failed += report.passed() ? 0 : 1;
        if (verbose || !report.passed()) {
            out.print(report.scenario().span().file().name() + ":"
                    + report.scenario().span().line() + ": " + (report.passed() ? "passed: " : "failed: ")
                    + report.scenario().name() + "\n");
        }
        report.failures().forEach(failure -> print(failure, ""));
        report.reasons().forEach(why -> why.text().lines().forEach(line -> out.print("    " + line + "\n")));
        if (verbose) {
            report.outcomes().forEach(line -> out.print("    " + line + "\n"));
        }
    }

    @Override
    public void summary(List<RuleCoverage> coverages, boolean enough) {
        if (scenarios > 0 && failed == 0 && errors == 0) {
            out.print(CoverageText.table(coverages));
            out.print(CoverageText.gaps(coverages, verbose));
        }
        String end = failed == 0 ? errors == 0 ? "all passed" : "" : failed + " failed";
        String wrong = errors == 0 ? "" : (end.isEmpty() ? "" : ", ") + errors + (errors == 1 ? " error" : " errors");
        out.print(scenarios + (scenarios == 1 ? " scenario, " : " scenarios, ") + end + wrong
                + (enough ? "" : ", too few propagations used") + "\n");
    }
}

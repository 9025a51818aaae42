// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.Explanation;
import org.fmd.eversholt.eft.RuleCoverage;
import org.fmd.eversholt.scenario.Finding;
import org.fmd.eversholt.scenario.ScenarioRun;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;

/** {@code esc test} for programs: an object for each error and each scenario, then the summary. */
final class TestJson implements TestPrinter {
    private final PrintWriter out;
    private int errors;
    private int scenarios;
    private int failed;

    TestJson(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void error(Issue issue) {
        errors++;
        out.print(IssueJson.line(issue));
    }

    @Override
    public void error(Finding finding) {
        errors++;
        Map<String, @Nullable Object> json = place(finding.span());
        json.put("severity", "error");
        json.put("message", finding.message());
        out.print(Json.write(json) + "\n");
    }

    private static Map<String, @Nullable Object> place(Span span) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", span.file().name());
        json.put("line", (long) span.line());
        json.put("column", (long) span.column());
        return json;
    }

    @Override
    public void report(ScenarioRun.Report report) {
        scenarios++;
        failed += report.passed() ? 0 : 1;
        Map<String, @Nullable Object> json = place(report.scenario().span());
        json.put("scenario", report.scenario().name());
        json.put("passed", report.passed());
        List<@Nullable Object> failures = new ArrayList<>();
        for (Finding failure : report.failures()) {
            Map<String, @Nullable Object> one = place(failure.span());
            one.put("message", failure.message());
            one.put("came", failure.notes());
            failures.add(one);
        }
        json.put("failures", failures);
        json.put("outcomes", report.outcomes());
        json.put("reasons", report.reasons().stream().map(Explanation::toMap).toList());
        out.print(Json.write(json) + "\n");
    }

    @Override
    public void summary(List<RuleCoverage> coverages, boolean enough) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("summary", true);
        json.put("scenarios", (long) scenarios);
        json.put("passed", (long) (scenarios - failed));
        json.put("failed", (long) failed);
        json.put("errors", (long) errors);
        Map<String, @Nullable Object> shares = new LinkedHashMap<>();
        for (RuleCoverage.Kind kind : RuleCoverage.Kind.values()) {
            RuleCoverage.Share share = CoverageText.share(coverages, kind);
            shares.put(kind.words(), List.of((long) share.covered(), (long) share.all()));
        }
        json.put("coverage", shares);
        json.put("enough", enough);
        List<@Nullable Object> gaps = new ArrayList<>();
        for (RuleCoverage coverage : coverages) {
            for (RuleCoverage.Part part : coverage.gaps()) {
                Map<String, @Nullable Object> gap = place(part.span());
                gap.put("kind", part.kind().words());
                gap.put("text", part.text());
                gaps.add(gap);
            }
        }
        json.put("gaps", gaps);
        out.print(Json.write(json) + "\n");
    }
}

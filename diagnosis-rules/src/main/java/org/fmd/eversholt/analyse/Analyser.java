// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Issues;
import org.jspecify.annotations.Nullable;

/**
 * Static analysis of checked programs. Immutable.
 *
 * @param posted the ereport classes that somebody posts, null if that is not known. Trip ereports, which the engine
 *     delivers itself, need not be among them.
 * @param hesitateNanos how long the engine waits for an effect that has no window
 */
public record Analyser(@Nullable Set<String> posted, long hesitateNanos) {
    /** What the engine hesitates unless it is told otherwise: 10 s. */
    public static final long HESITATE_NANOS = 10_000_000_000L;

    public Analyser {
        posted = posted == null ? null : Set.copyOf(posted);
    }

    /** An analyser that does not know which ereports are posted. */
    public static Analyser ofRulesAlone() {
        return new Analyser(null, HESITATE_NANOS);
    }

    /** Analyses a program; the same program gives the same analysis. */
    public Analysis analyse(Program program) {
        Ways ways = Ways.of(program, posted, new Effort());
        Reach reach = new Reach(program, ways);
        // The parts know nothing of each other, so each may have a processor of its own.
        ForkJoinTask<List<Analysis.Wait>> waits =
                ForkJoinPool.commonPool().submit(() -> new Waiting(program, ways, hesitateNanos).waits());
        List<List<Issue>> found = Stream.<Part>of(
                        issues -> new Coverage(program, ways, reach, new Effort()).report(issues),
                        issues -> new Comparison(program, ways, reach, new Effort()).report(issues),
                        issues -> new ArrowFindings(ways, new Effort(), issues).report(),
                        reach::report,
                        issues -> program.propagations().forEach(propagation -> Ties.report(propagation, issues)),
                        issues -> Waiting.report(waits.join(), issues))
                .parallel()
                .map(Analyser::issues)
                .toList();
        Issues all = new Issues();
        found.forEach(part -> part.forEach(
                issue -> all.add(issue.code(), issue.severity(), issue.span(), issue.message(), issue.notes())));
        return new Analysis(Compiler.inOrder(all.toList(), program.files()), waits.join());
    }

    private static List<Issue> issues(Part part) {
        Issues issues = new Issues();
        part.report(issues);
        return issues.toList();
    }

    /** A part of the analysis. */
    private interface Part {
        void report(Issues issues);
    }
}

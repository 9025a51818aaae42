// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.List;
import java.util.Set;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
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
        Issues issues = new Issues();
        Ways ways = Ways.of(program, posted, new Effort());
        new ArrowFindings(ways, issues).report();
        Reach reach = new Reach(program, ways);
        reach.report(issues);
        new Coverage(program, ways, reach).report(issues);
        new Comparison(program, ways, reach).report(issues);
        program.propagations().forEach(propagation -> Ties.report(propagation, issues));
        List<Analysis.Wait> waits = new Waiting(program, ways, hesitateNanos).waits();
        Waiting.report(waits, issues);
        return new Analysis(Compiler.inOrder(issues.toList(), program.files()), waits);
    }
}

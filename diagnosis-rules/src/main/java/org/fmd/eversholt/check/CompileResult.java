// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What became of a compilation: all issues in the order of their places, and the program unless some issue is an
 * error.
 */
public record CompileResult(@Nullable Program program, List<Issue> issues) {
    public CompileResult {
        issues = List.copyOf(issues);
        if (program == null && issues.stream().noneMatch(issue -> issue.severity() == Severity.ERROR)) {
            throw new IllegalArgumentException("no program and no error");
        }
    }

    /** True when there is a program. */
    public boolean ok() {
        return program != null;
    }

    /** The program. Throws {@link IllegalStateException} with the first error where there is none. */
    public Program programOrThrow() {
        if (program == null) {
            throw new IllegalStateException(issues.stream()
                    .filter(issue -> issue.severity() == Severity.ERROR)
                    .map(Issue::toString)
                    .findFirst()
                    .orElse("not compiled"));
        }
        return program;
    }
}

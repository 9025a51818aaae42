// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the stages of one compilation put what they find. It takes at most {@link Limits#ERRORS} errors and five
 * times as many other remarks, then says so and drops the rest. Belongs to one thread.
 */
public final class Issues {
    private final List<Issue> all = new ArrayList<>();
    private int errors;
    private int others;

    public void add(IssueCode code, Span span, String message, Issue.Note... notes) {
        add(code, code.severity(), span, message, List.of(notes));
    }

    public void add(IssueCode code, Severity severity, @Nullable Span span, String message, List<Issue.Note> notes) {
        if (severity == Severity.ERROR) {
            if (++errors > Limits.ERRORS) {
                return;
            }
        } else if (++others > 5 * Limits.ERRORS) {
            return;
        }
        all.add(new Issue(code, severity, message, span, notes));
    }

    /** True when so many errors came that looking on makes no sense. */
    public boolean full() {
        return errors > Limits.ERRORS;
    }

    /** The number of errors reported, those beyond the limit included. */
    public int errors() {
        return errors;
    }

    /** What was reported so far, in order of arrival. */
    public List<Issue> toList() {
        return List.copyOf(all);
    }
}

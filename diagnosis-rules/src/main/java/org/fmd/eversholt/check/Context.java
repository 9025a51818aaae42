// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;
import org.fmd.eversholt.syntax.Span;

/** What every check needs: the dialect and a place for issues. */
record Context(Dialect dialect, Issues issues) {
    boolean has(Decision decision) {
        return dialect.has(decision);
    }

    void add(IssueCode code, Span span, String message, Issue.Note... notes) {
        issues.add(code, span, message, notes);
    }

    /** Reports one of the additional checks, where they run. */
    void more(IssueCode code, Span span, String message, Issue.Note... notes) {
        if (has(Decision.CHECK_MORE)) {
            issues.add(code, span, message, notes);
        }
    }

    static Issue.Note declaredHere(Object name, Span span) {
        return new Issue.Note("'" + name + "' declared here", span);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a program: what, where, and what else helps to see it.
 *
 * @param span where; null only where the reference gives no place either and its dialect is spoken
 * @param notes further places, such as "declared here"
 */
public record Issue(
        IssueCode code,
        Severity severity,
        String message,
        @Nullable Span span,
        List<Note> notes) {
    /** A remark that belongs to an issue. */
    public record Note(String message, Span span) {}

    public Issue {
        notes = List.copyOf(notes);
    }

    @Override
    public String toString() {
        return (span == null ? "-" : span) + ": " + severity.word() + " " + code.id() + ": " + message;
    }
}

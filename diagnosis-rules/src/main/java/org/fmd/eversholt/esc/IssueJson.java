// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;

/** An issue for programs: one JSON object on a line of its own. */
final class IssueJson {
    private IssueJson() {}

    /**
     * The issue; line and column are 0 where it has no place. {@code notes} holds the macros it came through and
     * further places, when there are any.
     */
    static String line(Issue issue) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        place(json, issue.span());
        json.put("severity", issue.severity().word());
        json.put("code", issue.code().id());
        json.put("message", issue.message());
        List<@Nullable Object> notes = new ArrayList<>();
        Span span = issue.span();
        if (span != null) {
            for (Span.Expansion expansion : span.expansions()) {
                notes.add(note("expanded from macro '" + expansion.macro() + "'", expansion.body()));
            }
        }
        issue.notes().forEach(note -> notes.add(note(note.message(), note.span())));
        if (!notes.isEmpty()) {
            json.put("notes", notes);
        }
        return Json.write(json) + "\n";
    }

    private static Map<String, @Nullable Object> note(String message, Span span) {
        Map<String, @Nullable Object> note = new LinkedHashMap<>();
        place(note, span);
        note.put("message", message);
        return note;
    }

    private static void place(Map<String, @Nullable Object> json, @Nullable Span span) {
        json.put("file", span == null ? "" : span.file().name());
        json.put("line", span == null ? 0L : (long) span.line());
        json.put("column", span == null ? 0L : (long) span.column());
    }

    static String summary(boolean accept, long errors, long warnings) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("summary", true);
        json.put("accept", accept);
        json.put("errors", errors);
        json.put("warnings", warnings);
        return Json.write(json) + "\n";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.util.Locale;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/** An issue for programs: one JSON object on a line of its own. */
final class IssueJson {
    private IssueJson() {}

    /** The issue; line and column are 0 where it has no place. Its notes follow in {@code notes} when there are any. */
    static String line(Issue issue) {
        StringBuilder json = new StringBuilder("{");
        place(json, issue.span());
        json.append(",\"severity\":").append(quoted(issue.severity().word()));
        json.append(",\"code\":").append(quoted(issue.code().id()));
        json.append(",\"message\":").append(quoted(issue.message()));
        Span span = issue.span();
        if (!issue.notes().isEmpty() || (span != null && !span.expansions().isEmpty())) {
            json.append(",\"notes\":[");
            String separator = "";
            if (span != null) {
                for (Span.Expansion expansion : span.expansions()) {
                    json.append(separator);
                    note(json, "expanded from macro '" + expansion.macro() + "'", expansion.body());
                    separator = ",";
                }
            }
            for (Issue.Note note : issue.notes()) {
                json.append(separator);
                note(json, note.message(), note.span());
                separator = ",";
            }
            json.append(']');
        }
        return json.append("}\n").toString();
    }

    private static void note(StringBuilder json, String message, Span span) {
        json.append('{');
        place(json, span);
        json.append(",\"message\":").append(quoted(message)).append('}');
    }

    private static void place(StringBuilder json, @Nullable Span span) {
        json.append("\"file\":").append(quoted(span == null ? "" : span.file().name()));
        json.append(",\"line\":").append(span == null ? 0 : span.line());
        json.append(",\"column\":").append(span == null ? 0 : span.column());
    }

    static String summary(boolean accept, long errors, long warnings) {
        return "{\"summary\":true,\"accept\":" + accept + ",\"errors\":" + errors + ",\"warnings\":" + warnings + "}\n";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> {
                    // Lone surrogates could not be written as UTF-8.
                    if (c < 0x20 || Character.isSurrogate(c) || c == 0x7f) {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}

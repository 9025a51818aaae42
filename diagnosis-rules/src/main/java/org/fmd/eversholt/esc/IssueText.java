// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.util.Locale;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/** An issue for people: {@code FILE:LINE:COL: error ESC101: text}, the source line, a caret, further places. */
final class IssueText {
    /** Longer lines are shown around the place. */
    private static final int WIDTH = 160;

    private IssueText() {}

    static String of(Issue issue) {
        StringBuilder text = new StringBuilder();
        Span span = issue.span();
        String what = issue.severity().word() + " " + issue.code().id() + ": " + issue.message();
        text.append(span == null ? "-" : span).append(": ").append(what).append('\n');
        excerpt(text, span);
        if (span != null) {
            for (Span.Expansion expansion : span.expansions()) {
                note(text, "expanded from macro '" + expansion.macro() + "'", expansion.body());
            }
            Span inclusion = span.file().origin().includedFrom();
            if (inclusion != null) {
                text.append(inclusion).append(": note: included from here\n");
            }
        }
        for (Issue.Note note : issue.notes()) {
            note(text, note.message(), note.span());
        }
        return text.toString();
    }

    private static void note(StringBuilder text, String message, Span span) {
        text.append(span).append(": note: ").append(message).append('\n');
        excerpt(text, span);
    }

    /** The line of a place with a caret below it. */
    static String excerpt(Span span) {
        StringBuilder text = new StringBuilder();
        excerpt(text, span);
        return text.toString();
    }

    private static void excerpt(StringBuilder text, @Nullable Span span) {
        if (span == null) {
            return;
        }
        SourceFile file = span.file();
        int column = span.column() - 1;
        String line = file.lineText(file.line(span.start()));
        int marked = Math.max(1, Math.min(span.end() - span.start(), line.length() - column));
        int from = line.length() > WIDTH ? Math.max(0, column - WIDTH / 2) : 0;
        int to = Math.min(line.length(), from + WIDTH);
        String shown = line.substring(Math.min(from, line.length()), to);
        text.append("    ").append(printable(shown, true)).append('\n');
        text.append("    ");
        text.append(printable(line.substring(Math.min(from, line.length()), Math.min(column, line.length())), false));
        text.append('^')
                .append("~".repeat(Math.max(0, Math.min(marked, to - column) - 1)))
                .append('\n');
    }

    /** Tabs stay, so that the caret stands right; control characters become visible, or blanks under the line. */
    private static String printable(String line, boolean show) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean control = Character.isISOControl(c) && c != '\t';
            text.append(c == '\t' ? '\t' : !show ? ' ' : control ? '?' : c);
        }
        return text.toString();
    }

    static String summary(long errors, long warnings) {
        return String.format(
                Locale.ROOT,
                "%d %s, %d %s%n",
                errors,
                errors == 1 ? "error" : "errors",
                warnings,
                warnings == 1 ? "warning" : "warnings");
    }
}

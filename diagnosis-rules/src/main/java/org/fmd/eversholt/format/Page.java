// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.format;

import java.util.List;
import java.util.Set;
import org.fmd.eversholt.syntax.SourceFile;

/** Puts elements and the comments between them together again, with at most one empty line between any two. */
final class Page {
    private final SourceFile file;
    private final String newline;
    private final Set<Integer> asWritten;
    private final StringBuilder text = new StringBuilder();

    /** Line ends of the source since the last thing printed. */
    private int lines;

    /** Whether something other than a statement was printed last, so that a statement may follow on its line. */
    private boolean afterComment;

    /** Whether the statement printed last stands as its author wrote it, so that a column of comments stays one. */
    private boolean unchanged;

    private Page(SourceFile file, Set<Integer> asWritten) {
        this.file = file;
        this.asWritten = asWritten;
        // Where both kinds of line end occur, those inside comments and strings stay and all others become one kind.
        boolean dos =
                file.text().contains("\r\n") && !file.text().replace("\r\n", "").contains("\n");
        this.newline = dos ? "\r\n" : "\n";
    }

    /** @param asWritten the elements, by number, that must stay as they are */
    static String print(SourceFile file, List<Element> elements, Set<Integer> asWritten) {
        Page page = new Page(file, asWritten);
        int end = 0;
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            page.gap(file.text().substring(end, element.start()));
            page.element(i, element);
            end = element.end();
        }
        page.gap(file.text().substring(end));
        if (page.text.length() > 0 && !page.atLineStart()) {
            page.text.append(page.newline);
        }
        return page.text.toString();
    }

    private boolean atLineStart() {
        return text.length() == 0 || text.charAt(text.length() - 1) == '\n';
    }

    private void gap(String between) {
        Gap gap = Gap.of(between);
        if (gap.has(Gap.What.JOIN)) {
            text.append(between);
            lines = 0;
            afterComment = true;
            return;
        }
        String blanks = "";
        for (Gap.Part part : gap.parts()) {
            switch (part.what()) {
                case NEWLINE -> {
                    lines++;
                    blanks = "";
                }
                case COMMENT -> {
                    comment(part.text(), blanks);
                    blanks = "";
                }
                default -> blanks = part.text();
            }
        }
    }

    private void comment(String comment, String blanks) {
        if (lines > 0 || text.length() == 0) {
            breakLine(lines);
            text.append(comment.indexOf('\n') < 0 ? "" : blanks);
            afterComment = true;
        } else if (!atLineStart()) {
            text.append(unchanged && !blanks.isEmpty() ? blanks : " ");
        }
        text.append(comment);
        lines = 0;
    }

    /** Ends the line and, where the source has an empty line, leaves one. */
    private void breakLine(int sourceLines) {
        if (text.length() == 0) {
            return;
        }
        if (!atLineStart()) {
            text.append(newline);
        }
        if (sourceLines > 1) {
            text.append(newline);
        }
    }

    private void element(int number, Element element) {
        String written = file.text().substring(element.start(), element.end());
        boolean sameLine = lines == 0 && text.length() > 0;
        if (sameLine && afterComment) {
            text.append(atLineStart() || text.charAt(text.length() - 1) == ' ' ? "" : " ");
        } else if (!(sameLine && element.empty(file))) {
            breakLine(lines);
        }
        int column = text.length() - (text.lastIndexOf("\n") + 1);
        boolean lay = !asWritten.contains(number) && element.understood(file);
        String printed = lay ? StatementLayout.of(Spacing.of(element, file), column, newline) : written;
        text.append(printed);
        unchanged = printed.equals(written);
        afterComment = false;
        lines = 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.format;

import java.util.List;
import org.fmd.eversholt.format.Spacing.Word;

/**
 * Lays a statement on lines of at most {@link #WIDTH} columns. What fits stands on one line. Else each column of a
 * propagation begins a line, as does each event of a list that does not fit and each property; constraints fill their
 * lines, broken at the outermost place that helps and where their author broke them, for that groups what belongs
 * together.
 */
final class StatementLayout {
    static final int WIDTH = 100;
    private static final int STEP = 4;

    private final List<Word> words;
    private final StringBuilder text = new StringBuilder();
    private final String newline;
    private int column;

    private StatementLayout(List<Word> words, int column, String newline) {
        this.words = words;
        this.column = column;
        this.newline = newline;
    }

    /** The text of a statement that begins in a column, counted from 0. */
    static String of(List<Word> words, int column, String newline) {
        StatementLayout layout = new StatementLayout(words, column, newline);
        layout.put(0, words.size());
        return layout.text.toString();
    }

    /** Words {@code from} to {@code to}, beginning here and without a blank before. */
    private void put(int from, int to) {
        int level = fits(from, to) ? Spacing.NO_BREAK : outermost(from, to);
        if (level == Spacing.NO_BREAK) {
            flat(from, to);
            return;
        }
        int start = from;
        while (start < to) {
            int end = start + 1;
            while (end < to && words.get(end).level() != level) {
                end++;
            }
            if (start == from) {
                put(start, end);
            } else if (level > Spacing.ITEM && !words.get(start).broken() && fits(start, end, 1)) {
                text.append(' ');
                column++;
                flat(start, end);
            } else {
                text.append(newline).append(" ".repeat(indent(level)));
                column = indent(level);
                put(start, end);
            }
            start = end;
        }
    }

    private static int indent(int level) {
        return STEP * Math.max(1, level);
    }

    private int outermost(int from, int to) {
        int level = Spacing.NO_BREAK;
        for (int i = from + 1; i < to; i++) {
            level = Math.min(level, words.get(i).level());
        }
        return level;
    }

    private boolean fits(int from, int to) {
        return fits(from, to, 0);
    }

    private boolean fits(int from, int to, int more) {
        int width = column + more;
        for (int i = from; i < to; i++) {
            Word word = words.get(i);
            int line = word.text().indexOf('\n');
            width +=
                    (i > from && word.blank() ? 1 : 0) + (line < 0 ? word.text().length() : line);
            if (line >= 0) {
                return width <= WIDTH;
            }
        }
        return width <= WIDTH;
    }

    private void flat(int from, int to) {
        for (int i = from; i < to; i++) {
            Word word = words.get(i);
            String part = (i > from && word.blank() ? " " : "") + word.text();
            text.append(part);
            int line = part.lastIndexOf('\n');
            column = line < 0 ? column + part.length() : part.length() - line - 1;
        }
    }
}

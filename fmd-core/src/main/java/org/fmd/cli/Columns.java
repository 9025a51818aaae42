// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

/** Text in columns, without the cost of a format string. */
final class Columns {
    private static final int WIDTH = 80;

    private Columns() {}

    /** Returns the text with blanks behind up to the width; a longer one as it is. */
    static String left(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /** Returns the text with blanks before up to the width; a longer one as it is. */
    static String right(String text, int width) {
        return text.length() >= width ? text : " ".repeat(width - text.length()) + text;
    }

    /** Returns the text on lines of at most 80 columns, each but the first indented; the first has that much before it already. */
    static String wrapped(String text, int indent) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        int column = indent;
        boolean fresh = true;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append('\n').append(" ".repeat(indent));
                column = indent;
                fresh = true;
                i++;
            } else if (c <= ' ') {
                i++;
            } else {
                int end = i;
                while (end < text.length() && text.charAt(end) > ' ') {
                    end++;
                }
                int blank = fresh ? 0 : 1;
                if (!fresh && column + blank + end - i > WIDTH) {
                    out.append('\n').append(" ".repeat(indent));
                    column = indent;
                    blank = 0;
                }
                out.append(" ".repeat(blank)).append(text, i, end);
                column += blank + end - i;
                fresh = false;
                i = end;
            }
        }
        return out.toString();
    }
}

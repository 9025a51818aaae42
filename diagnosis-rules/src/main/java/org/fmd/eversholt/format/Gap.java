// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.format;

import java.util.ArrayList;
import java.util.List;

/** The text between two bits of a file, cut into its parts. */
record Gap(List<Part> parts) {
    enum What {
        BLANK,
        NEWLINE,
        COMMENT,
        /** A backslash at the end of a line, with that line end. */
        JOIN
    }

    record Part(What what, String text) {}

    static Gap of(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            What what = What.BLANK;
            if (c == '\n') {
                what = What.NEWLINE;
            } else if (c == '\\') {
                what = What.JOIN;
                end = text.indexOf('\n', at) + 1;
            } else if (text.startsWith("/*", at)) {
                what = What.COMMENT;
                end = text.indexOf("*/", at + 2) + 2;
            } else if (c == '/') {
                what = What.COMMENT;
                end = lineCommentEnd(text, at);
            } else {
                while (end < text.length() && isBlank(text.charAt(end))) {
                    end++;
                }
            }
            parts.add(new Part(what, text.substring(at, end)));
            at = end;
        }
        return new Gap(parts);
    }

    /** A line comment goes on past a joined line. */
    private static int lineCommentEnd(String text, int start) {
        int end = text.indexOf('\n', start);
        while (end > 0 && (text.charAt(end - 1) == '\\' || text.startsWith("\\\r", end - 2))) {
            end = text.indexOf('\n', end + 1);
        }
        int stop = end < 0 ? text.length() : end;
        return stop > start && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    boolean has(What what) {
        return parts.stream().anyMatch(part -> part.what() == what);
    }

    /** Nothing but blanks and line ends. */
    boolean plain() {
        return !has(What.COMMENT) && !has(What.JOIN);
    }

    /** How long the part before the first line end is. */
    int firstLine() {
        int length = 0;
        for (Part part : parts) {
            if (part.what() == What.NEWLINE) {
                break;
            }
            length += part.text().length();
        }
        return length;
    }

    /** How long the part behind the last line end is; all of it where there is none. */
    int lastLine() {
        int length = 0;
        for (Part part : parts) {
            length = part.what() == What.NEWLINE ? 0 : length + part.text().length();
        }
        return length;
    }
}

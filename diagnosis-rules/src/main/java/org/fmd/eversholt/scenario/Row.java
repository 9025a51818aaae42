// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Span;

/** A line of a scenario file: its words, at least one. Blanks separate words, but not inside quotes, brackets and braces. */
record Row(List<Word> words) {
    Row {
        words = List.copyOf(words);
    }

    /** A word and where it stands. */
    record Word(String text, Span span) {}

    Word first() {
        return words.get(0);
    }

    /** The words from that one on. */
    List<Word> from(int index) {
        return words.subList(Math.min(index, words.size()), words.size());
    }

    Span span() {
        return first().span().to(words.get(words.size() - 1).span());
    }

    /** The lines of a file that say something. Comments begin with {@code //} or stand between slash and star. */
    static List<Row> of(SourceFile file, List<Finding> findings) {
        return new Reader(file, findings).read();
    }

    private static final class Reader {
        private final SourceFile file;
        private final String text;
        private final List<Finding> findings;
        private final List<Row> rows = new ArrayList<>();
        private final List<Word> words = new ArrayList<>();
        private int at;

        Reader(SourceFile file, List<Finding> findings) {
            this.file = file;
            this.text = file.text();
            this.findings = findings;
        }

        List<Row> read() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\n') {
                    endOfRow();
                    at++;
                } else if (Character.isWhitespace(c)) {
                    at++;
                } else if (text.startsWith("//", at)) {
                    at = endOfLine(at);
                } else if (text.startsWith("/*", at)) {
                    comment();
                } else {
                    word();
                }
            }
            endOfRow();
            return rows;
        }

        private void endOfRow() {
            if (!words.isEmpty()) {
                rows.add(new Row(words));
                words.clear();
            }
        }

        private int endOfLine(int from) {
            int end = text.indexOf('\n', from);
            return end < 0 ? text.length() : end;
        }

        private void comment() {
            int end = text.indexOf("*/", at + 2);
            if (end < 0) {
                findings.add(new Finding(new Span(file, at, at + 2), "comment without an end"));
                end = text.length() - 2;
            }
            if (text.substring(at, end).indexOf('\n') >= 0) {
                endOfRow();
            }
            at = end + 2;
        }

        private void word() {
            int start = at;
            int open = 0;
            boolean quoted = false;
            int end = endOfLine(start);
            while (at < end) {
                char c = text.charAt(at);
                if (quoted) {
                    at += c == '\\' ? 1 : 0;
                    quoted = c != '"';
                } else if (Character.isWhitespace(c) && open == 0) {
                    break;
                } else {
                    quoted = c == '"';
                    open += c == '[' || c == '{' ? 1 : 0;
                    open -= (c == ']' || c == '}') && open > 0 ? 1 : 0;
                }
                at++;
            }
            at = Math.min(at, end);
            Span span = new Span(file, start, at);
            if (quoted || open > 0) {
                findings.add(new Finding(span, (quoted ? "text" : "list") + " without an end on its line"));
            }
            words.add(new Word(text.substring(start, at), span));
        }
    }
}

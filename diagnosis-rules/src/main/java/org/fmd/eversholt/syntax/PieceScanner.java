// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;

/**
 * Cuts one file into {@link Piece}s: joins lines that end in a backslash, drops comments without leaving a blank
 * (so {@code leaf/**}{@code /_uc} is one name), and keeps strings whole.
 */
final class PieceScanner {
    private static final char NONE = '\uffff';

    /** The text of each mark, made once. */
    private static final String[] MARKS = new String[128];

    static {
        for (char c = 0; c < MARKS.length; c++) {
            MARKS[c] = String.valueOf(c);
        }
    }

    private final SourceFile source;
    private final String text;
    private final int length;
    private final Dialect dialect;
    private final Issues issues;
    private final Words words = new Words();
    private SourceFile shown;
    private int at;
    private int line = 1;
    private int lineShift;
    private int outputLine = 1;
    private boolean newline;
    private boolean blank;
    private boolean lineStart = true;
    private boolean inDirective;
    private boolean broken;
    private boolean brokenComment;
    private boolean warnedOfLineComment;

    PieceScanner(SourceFile source, Dialect dialect, Issues issues) {
        this.source = source;
        this.shown = source;
        this.text = source.text();
        this.length = text.length();
        this.dialect = dialect;
        this.issues = issues;
    }

    SourceFile source() {
        return source;
    }

    /** While set, a string ends at the line end and a missing quote is no error. */
    void inDirective(boolean on) {
        inDirective = on;
    }

    /** True after a comment that never ends. */
    boolean brokenComment() {
        return brokenComment;
    }

    /** True after a comment or string that never ends. */
    boolean broken() {
        return broken;
    }

    /**
     * {@code #line}: the line after that of {@code directive} is to be called {@code number}, and the file
     * {@code name} unless that is empty.
     */
    void callNextLine(Span directive, int number, String name) {
        lineShift = number - source.line(directive.start()) - 1;
        if (!name.isEmpty()) {
            shown = source.named(name);
        }
    }

    /** The line that the reference's preprocessor has put the current text on. */
    int outputLine() {
        return outputLine;
    }

    /** Until the next line end, text counts as standing on {@code line}: the rest of a call over several lines. */
    void stayOn(int callLine) {
        outputLine = callLine;
    }

    Piece next() {
        skipBlanks();
        char c = look();
        if (newline && !atEnd()) {
            newline = false;
            return piece(Piece.Kind.NEWLINE, "", at, at);
        }
        if (atEnd()) {
            return end();
        }
        int start = at;
        int startLine = line;
        if (isLetter(c)) {
            String word = run(true);
            return piece(Piece.Kind.WORD, word, start, at, startLine);
        }
        if (isDigit(c)) {
            String digits = run(false);
            return piece(Piece.Kind.DIGITS, digits, start, at, startLine);
        }
        if (c == '"') {
            return string();
        }
        at++;
        return piece(Piece.Kind.MARK, c < MARKS.length ? MARKS[c] : String.valueOf(c), start, at);
    }

    private Piece end() {
        // The reference's preprocessor ends the last line if the author did not.
        boolean addLine = !dialect.has(Decision.PLACE_EVERY_ISSUE) && !text.isEmpty() && !text.endsWith("\n");
        outputLine += addLine ? 1 : 0;
        line += addLine ? 1 : 0;
        return piece(Piece.Kind.END, "", text.length(), text.length());
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    /** The current character, joined lines passed over; {@link #NONE} at the end. */
    private char look() {
        if (at < length) {
            char c = text.charAt(at);
            if (c != '\\') {
                return c;
            }
        }
        return lookPastJoin();
    }

    private char lookPastJoin() {
        while (at + 1 < text.length() && text.charAt(at) == '\\') {
            int end = text.charAt(at + 1) == '\r' && at + 2 < text.length() ? at + 2 : at + 1;
            if (text.charAt(end) != '\n') {
                break;
            }
            at = end + 1;
            line++;
        }
        return at < text.length() ? text.charAt(at) : NONE;
    }

    private void skipBlanks() {
        while (true) {
            char c = look();
            if (atEnd()) {
                return;
            } else if (c == '\n') {
                at++;
                lineEnd();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
                blank = true;
            } else if (c == '/' && at + 1 < text.length() && text.charAt(at + 1) == '*') {
                skipComment();
            } else if (c == '/'
                    && at + 1 < text.length()
                    && text.charAt(at + 1) == '/'
                    && dialect.has(Decision.LINE_COMMENTS)) {
                skipLineComment();
            } else {
                return;
            }
        }
    }

    private void lineEnd() {
        line++;
        outputLine = line;
        newline = true;
        blank = false;
        lineStart = true;
    }

    private void skipComment() {
        int start = at;
        int close = text.indexOf("*/", at + 2);
        Span opening = span(start, start + 2);
        at = close < 0 ? text.length() : close + 2;
        for (int i = start; i < at; i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        if (close < 0) {
            broken = true;
            brokenComment = true;
            issues.add(IssueCode.TEXT, opening, "this comment never ends; expected '*/'");
        }
    }

    private void skipLineComment() {
        int start = at;
        while (look() != NONE && text.charAt(at) != '\n') {
            at++;
        }
        blank = true;
        if (!warnedOfLineComment) {
            warnedOfLineComment = true;
            issues.add(
                    IssueCode.LINE_COMMENT,
                    span(start, start + 2),
                    "'//' comments are not part of the language; write '/* */' to stay portable");
        }
    }

    private String run(boolean letters) {
        int start = at;
        while (at < text.length() && (isDigit(text.charAt(at)) || (letters && isLetter(text.charAt(at))))) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != '\\') {
            return words.of(text, start, at);
        }
        StringBuilder joined = new StringBuilder(text.substring(start, at));
        for (char c = look(); isDigit(c) || (letters && isLetter(c)); c = look()) {
            joined.append(c);
            at++;
        }
        return joined.toString();
    }

    private Piece string() {
        int start = at;
        int startLine = line;
        StringBuilder body = new StringBuilder();
        body.append('"');
        at++;
        boolean escaped = false;
        while (true) {
            char c = look();
            if (atEnd() || (c == '\n' && inDirective)) {
                return unterminated(body, start, startLine);
            }
            at++;
            body.append(c);
            if (c == '\n') {
                line++;
                outputLine = line;
            }
            if (c == '"' && !escaped) {
                return piece(Piece.Kind.STRING, body.toString(), start, at, startLine);
            }
            escaped = c == '\\' && (!escaped || !dialect.has(Decision.STRING_ESCAPES));
        }
    }

    private Piece unterminated(StringBuilder body, int start, int startLine) {
        if (!inDirective) {
            broken = true;
            issues.add(IssueCode.TEXT, span(start, start + 1), "this string never ends; expected '\"'");
        }
        return piece(Piece.Kind.STRING, body.toString(), start, at, startLine);
    }

    private Piece piece(Piece.Kind kind, String content, int start, int end) {
        return piece(kind, content, start, end, line);
    }

    private Piece piece(Piece.Kind kind, String content, int start, int end, int startLine) {
        int reported = dialect.has(Decision.PLACE_EVERY_ISSUE) || startLine != line ? startLine : outputLine;
        Span where = new Span(shown, start, end, Math.max(1, reported + lineShift), List.of());
        Piece piece = new Piece(kind, content, where, blank, lineStart && !blank);
        if (kind != Piece.Kind.NEWLINE) {
            blank = false;
            lineStart = false;
        }
        return piece;
    }

    private Span span(int start, int end) {
        int reported = dialect.has(Decision.PLACE_EVERY_ISSUE) ? line : outputLine;
        return new Span(shown, start, Math.min(end, text.length()), Math.max(1, reported + lineShift), List.of());
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

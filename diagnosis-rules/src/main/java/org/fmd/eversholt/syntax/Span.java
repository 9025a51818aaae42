// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;

/**
 * A stretch of source text, {@code [start, end)} in characters of its file.
 *
 * <p>For text that a macro produced the stretch is what the author wrote at the place of use: the macro's
 * name with its arguments, or the argument itself where the text came in as one. {@code expansions} then
 * names each macro on the way, outermost first; it is empty for text written in place.
 *
 * @param line the line to report, counted from 1: that of the first character, unless a {@code #line} directive
 *     or the reference's way of counting (decision L6) says otherwise
 */
public record Span(SourceFile file, int start, int end, int line, List<Expansion> expansions) {

    /** A macro that a token went through, and where in that macro's body the token (or its parameter) stands. */
    public record Expansion(String macro, Span body) {}

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("bad span " + start + ".." + end);
        }
        expansions = List.copyOf(expansions);
    }

    public Span(SourceFile file, int start, int end) {
        this(file, start, end, file.line(start), List.of());
    }

    /** The column of the first character, counted from 1. */
    public int column() {
        return file.column(start);
    }

    /**
     * The span from the first character of this one to the last of {@code other}. Where the two lie in
     * different files, or out of order, this span alone is the answer. Line and expansions are this span's.
     */
    public Span to(Span other) {
        if (other.file != file || other.end <= end) {
            return this;
        }
        return new Span(file, start, other.end, line, expansions);
    }

    /** {@code FILE:LINE:COLUMN}. */
    @Override
    public String toString() {
        return file.name() + ":" + line + ":" + column();
    }
}

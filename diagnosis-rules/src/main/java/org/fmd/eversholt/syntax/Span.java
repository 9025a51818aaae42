// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;

/**
 * A stretch of source text, {@code [start, end)} in characters of its file.
 *
 * <p>For text that a macro produced the stretch is what the author wrote at the place of use: the macro's
 * name with its arguments, or the argument itself where the text came in as one. {@code expansions} then
 * names each macro on the way, outermost first; it is empty for text written in place.
 */
public record Span(SourceFile file, int start, int end, List<Expansion> expansions) {

    /** A macro that a token went through, and where in that macro's body (or argument) the token stands. */
    public record Expansion(String macro, SourceFile file, int start, int end) {
        public Span span() {
            return new Span(file, start, end);
        }
    }

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("bad span " + start + ".." + end);
        }
        expansions = List.copyOf(expansions);
    }

    public Span(SourceFile file, int start, int end) {
        this(file, start, end, List.of());
    }

    /** The line of the first character, counted from 1. */
    public int line() {
        return file.line(start);
    }

    /** The column of the first character, counted from 1. */
    public int column() {
        return file.column(start);
    }

    /**
     * The span from the first character of this one to the last of {@code other}. Where the two lie in
     * different files, or out of order, this span alone is the answer. The expansions are this span's.
     */
    public Span to(Span other) {
        if (other.file != file || other.end < end) {
            return this;
        }
        return new Span(file, start, other.end, expansions);
    }

    /** {@code FILE:LINE:COLUMN}. */
    @Override
    public String toString() {
        return file.name() + ":" + line() + ":" + column();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** Counts what a program has used of its {@link Limits}; each method throws when one is reached. */
final class Budget {
    private final Preprocessor preprocessor;
    private long sourceChars;
    private long inclusions;
    private long pieces;
    private long chars;

    Budget(Preprocessor preprocessor) {
        this.preprocessor = preprocessor;
    }

    void source(SourceFile file) {
        sourceChars += file.text().length();
        if (sourceChars > Limits.SOURCE_CHARS) {
            Span from = file.includedFrom();
            throw preprocessor.tooLarge(
                    from == null ? new Span(file, 0, 0) : from,
                    "the files of this program have more than " + Limits.SOURCE_CHARS + " characters together");
        }
    }

    /** Counts an inclusion; false when it is one too many. */
    boolean inclusion() {
        return ++inclusions <= Limits.INCLUDES;
    }

    /** What has been used so far, by a lexer that has made {@code tokens} of it. */
    Use used(long tokens) {
        return new Use(sourceChars, inclusions, pieces, chars, tokens);
    }

    /** How much of each limited thing was used. */
    record Use(long sourceChars, long inclusions, long pieces, long chars, long tokens) {
        static final Use NONE = new Use(0, 0, 0, 0, 0);

        Use plus(Use other) {
            return new Use(
                    sourceChars + other.sourceChars,
                    inclusions + other.inclusions,
                    pieces + other.pieces,
                    chars + other.chars,
                    tokens + other.tokens);
        }

        boolean withinLimits() {
            return sourceChars <= Limits.SOURCE_CHARS
                    && inclusions <= Limits.INCLUDES
                    && pieces <= Limits.EXPANDED_PIECES
                    && chars <= Limits.EXPANDED_CHARS
                    && tokens <= Limits.TOKENS;
        }
    }

    void piece(Span where) {
        if (++pieces > Limits.EXPANDED_PIECES) {
            throw preprocessor.tooLarge(
                    where, "macros make more than " + Limits.EXPANDED_PIECES + " words out of this program");
        }
    }

    /** A piece that is kept together with {@code others} until all of them are there. */
    void piece(Span where, int others) {
        piece(where);
        keep(where, others);
    }

    /** The same for one that is counted already. */
    void keep(Span where, int others) {
        if (others >= Limits.PIECES_AT_ONCE) {
            throw preprocessor.tooLarge(
                    where, "a directive or a use of a macro has more than " + Limits.PIECES_AT_ONCE + " words");
        }
    }

    void chars(Span where, int count) {
        chars += count;
        if (chars > Limits.EXPANDED_CHARS) {
            throw preprocessor.tooLarge(
                    where,
                    "macros make more than " + Limits.EXPANDED_CHARS + " characters of text out of this program");
        }
    }
}

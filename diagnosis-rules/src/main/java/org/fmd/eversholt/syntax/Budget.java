// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** Counts what a program has used of its {@link Limits}; each method throws when one is reached. */
final class Budget {
    private final Preprocessor preprocessor;
    private long sourceChars;
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

    void piece(Span where) {
        if (++pieces > Limits.EXPANDED_PIECES) {
            throw preprocessor.tooLarge(
                    where, "macros make more than " + Limits.EXPANDED_PIECES + " words out of this program");
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

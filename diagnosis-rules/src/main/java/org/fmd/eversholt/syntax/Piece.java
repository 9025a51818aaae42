// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/**
 * A bit of text on its way from the file through the macros to the lexer.
 *
 * <p>Pieces without a blank between them are one text again for the lexer: that is how an empty comment pastes.
 *
 * @param text a {@link Kind#STRING} has its quotes on
 * @param lineStart first on its line with no blank before it, where {@code #} is a directive
 */
record Piece(Kind kind, String text, Span span, boolean blankBefore, boolean lineStart) {
    enum Kind {
        /** Letters, digits and {@code _}, not beginning with a digit. */
        WORD,
        DIGITS,
        STRING,
        /** Any other character, one at a time. */
        MARK,
        /** One or more line ends. */
        NEWLINE,
        END
    }

    boolean is(char mark) {
        return kind == Kind.MARK && text.charAt(0) == mark;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    Piece withBlank(boolean blank) {
        return blank == blankBefore ? this : new Piece(kind, text, span, blank, false);
    }
}

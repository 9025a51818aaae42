// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/**
 * A word, number, string or sign of the language.
 *
 * @param text as written; a string has no quotes and its escapes are not yet resolved
 * @param glued true when nothing parts it from the token before
 * @param lineStart first on its line, where a statement is likely to begin
 */
public record Token(TokenKind kind, String text, Span span, boolean glued, boolean lineStart) {
    boolean is(TokenKind other) {
        return kind == other;
    }

    boolean isWord(String word) {
        return kind == TokenKind.WORD && text.equals(word);
    }

    /** For messages: what stands here. */
    String words() {
        return switch (kind) {
            case ID, NUMBER, BAD -> "'" + shortened(text) + "'";
            case WORD -> "the reserved word '" + text + "'";
            case STRING -> "\"" + shortened(text) + "\"";
            default -> kind.words();
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}

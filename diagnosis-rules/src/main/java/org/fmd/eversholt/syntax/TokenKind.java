// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** What a {@link Token} is; operators and punctuation one by one. */
public enum TokenKind {
    /** A word with no meaning of its own. */
    ID("a name"),
    /** A reserved word (eversholt reference §1.6). */
    WORD("a reserved word"),
    NUMBER("a number"),
    STRING("a string"),
    AND("'&&'"),
    OR("'||'"),
    NE("'!='"),
    NOT("'!'"),
    EQ("'=='"),
    ASSIGN("'='"),
    ARROW("'->'"),
    MINUS("'-'"),
    SHIFT_LEFT("'<<'"),
    LE("'<='"),
    LT("'<'"),
    SHIFT_RIGHT("'>>'"),
    GE("'>='"),
    GT("'>'"),
    BIT_AND("'&'"),
    BIT_OR("'|'"),
    BIT_XOR("'^'"),
    COMPLEMENT("'~'"),
    QUESTION("'?'"),
    COLON("':'"),
    PLUS("'+'"),
    STAR("'*'"),
    SLASH("'/'"),
    PERCENT("'%'"),
    PAREN_OPEN("'('"),
    PAREN_CLOSE("')'"),
    BRACE_OPEN("'{'"),
    BRACE_CLOSE("'}'"),
    BRACKET_OPEN("'['"),
    BRACKET_CLOSE("']'"),
    COMMA("','"),
    SEMICOLON("';'"),
    AT("'@'"),
    DOLLAR("'$'"),
    DOT("'.'"),
    /** A character the language does not know. */
    BAD("an unknown character"),
    END("the end of the file");

    private final String words;
    private final String sign;

    TokenKind(String words) {
        this.words = words;
        this.sign = words.startsWith("'") ? words.substring(1, words.length() - 1) : "";
    }

    /** The characters of an operator or a bracket, {@code ->}; empty for every other kind. */
    public String sign() {
        return sign;
    }

    /** For messages: {@code ';'}, {@code a name}. */
    public String words() {
        return words;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/**
 * The binary operators with their binding strength (eversholt reference §2.2), weakest first.
 *
 * <p>{@link #CHOOSE} and {@link #ELSE} are the two halves of a conditional. They stand in a tree only where
 * the reference's grammar was asked for and the halves did not meet; such an expression has no value.
 */
public enum BinaryOp {
    ASSIGN("=", 1, Grouping.RIGHT),
    CHOOSE("?", 2, Grouping.RIGHT),
    ELSE(":", 3, Grouping.NONE),
    OR("||", 4, Grouping.LEFT),
    AND("&&", 5, Grouping.LEFT),
    BIT_OR("|", 6, Grouping.LEFT),
    BIT_XOR("^", 7, Grouping.LEFT),
    BIT_AND("&", 8, Grouping.LEFT),
    EQ("==", 9, Grouping.LEFT),
    NE("!=", 9, Grouping.LEFT),
    LT("<", 10, Grouping.LEFT),
    LE("<=", 10, Grouping.LEFT),
    GT(">", 10, Grouping.LEFT),
    GE(">=", 10, Grouping.LEFT),
    SHIFT_LEFT("<<", 11, Grouping.LEFT),
    SHIFT_RIGHT(">>", 11, Grouping.LEFT),
    ADD("+", 12, Grouping.LEFT),
    SUBTRACT("-", 12, Grouping.LEFT),
    MULTIPLY("*", 13, Grouping.LEFT),
    DIVIDE("/", 13, Grouping.LEFT),
    MODULO("%", 13, Grouping.LEFT);

    /** How equal strengths group. */
    public enum Grouping {
        LEFT,
        RIGHT,
        NONE
    }

    private final String symbol;
    private final int precedence;
    private final Grouping grouping;

    BinaryOp(String symbol, int precedence, Grouping grouping) {
        this.symbol = symbol;
        this.precedence = precedence;
        this.grouping = grouping;
    }

    /** The usual spelling; {@link #DIVIDE} is also written {@code div}. */
    public String symbol() {
        return symbol;
    }

    public int precedence() {
        return precedence;
    }

    public Grouping grouping() {
        return grouping;
    }
}

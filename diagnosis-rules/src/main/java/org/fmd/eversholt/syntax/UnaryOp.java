// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** The prefix operators. */
public enum UnaryOp {
    NOT("!"),
    COMPLEMENT("~");

    private final String symbol;

    UnaryOp(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/**
 * The stable code of every message, {@code ESC101}. 100s: text; 200s: properties; 300s: propagations; 400s:
 * expressions; 500s: the program as a whole; 600s: the additional checks (eversholt reference §5).
 */
public enum IssueCode {
    SYNTAX(101),
    TEXT(102);

    private final int number;

    IssueCode(int number) {
        this.number = number;
    }

    /** {@code ESC101}. */
    public String id() {
        return "ESC" + number;
    }
}

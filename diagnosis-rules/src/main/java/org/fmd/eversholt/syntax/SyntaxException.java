// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** Leaves a statement that cannot be read; the parser catches it at the statement and goes on behind it. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SyntaxException() {
        super("statement given up", null, false, false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** What one compilation may use at most; each is far above any rule file known. */
public final class Limits {
    /** Tokens of one program after expansion. */
    public static final int TOKENS = 2_000_000;

    /** Characters of one token, or of one macro's text while it is put together. */
    public static final int TOKEN_CHARS = 1_000_000;

    /** Files included inside one another. */
    public static final int INCLUDE_DEPTH = 32;

    /** Macros being expanded inside one another. */
    public static final int MACRO_DEPTH = 200;

    /** Expressions, parentheses and blocks inside one another. */
    public static final int NESTING = 200;

    /** Characters of one source file. */
    public static final int FILE_CHARS = 64_000_000;

    /** Errors after which a compilation stops looking. */
    public static final int ERRORS = 200;

    private Limits() {}
}

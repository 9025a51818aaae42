// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** What one compilation may use at most; each is far above any rule file known. */
public final class Limits {
    /** Tokens of one program after expansion. */
    public static final int TOKENS = 4_000_000;

    /** Bits of text that macros may produce on the way. */
    public static final int EXPANDED_PIECES = 8_000_000;

    /** Bits of text in one directive, in the arguments of one use of a macro, or in what either becomes. */
    public static final int PIECES_AT_ONCE = 200_000;

    /** Characters that macros may put into strings. */
    public static final int EXPANDED_CHARS = 16_000_000;

    /** Characters of one token. */
    public static final int TOKEN_CHARS = 1_000_000;

    /** Characters of one program's files, each inclusion counted. */
    public static final int SOURCE_CHARS = 64_000_000;

    /** Files included inside one another. */
    public static final int INCLUDE_DEPTH = 32;

    /** Inclusions of one program. */
    public static final int INCLUDES = 1_000;

    /** Macros being expanded inside one another. */
    public static final int MACRO_DEPTH = 200;

    /** Parameters of one macro. */
    public static final int MACRO_PARAMETERS = 250;

    /** Uses of one function macro inside its own expansion. */
    public static final int MACRO_RECURSION = 20;

    /** Macros named in one span; the outermost are kept. */
    public static final int EXPANSIONS_SHOWN = 8;

    /** Expressions, parentheses and blocks inside one another. */
    public static final int NESTING = 200;

    /** Operators of one expression, however grouped. */
    public static final int OPERATORS = 2_000;

    /** Arrows of one program, those of a list each counted. */
    public static final int ARROWS = 300_000;

    /** Errors after which a compilation stops looking. */
    public static final int ERRORS = 200;

    private Limits() {}
}

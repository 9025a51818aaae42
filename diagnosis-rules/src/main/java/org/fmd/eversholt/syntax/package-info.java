// SPDX-License-Identifier: Apache-2.0
/**
 * The Eversholt language as written: preprocessor, lexer, parser and the tree they make.
 *
 * <pre>
 *   SourceFile ── Preprocessor ──> Token... ── Parser ──> SyntaxTree (Stmt, EventRef, Path, Expr)
 *                     │                          │
 *                     └───────── Issue... ───────┘
 * </pre>
 *
 * <p>A tree says what stands in the files and where; whether it means anything is the checker's business. Each
 * node carries its {@link org.fmd.eversholt.syntax.Span}: file, offsets and the macros it came through, kept up
 * to the running engine so that an explanation can point at the line of the rule.
 *
 * <p>Where our language and the reference's differ, both are here, and one
 * {@link org.fmd.eversholt.syntax.Dialect} value says which is spoken.
 *
 * <p>Invariants: trees and tokens are immutable; any text gives a tree and issues, never an exception; time and
 * memory are bounded by {@link org.fmd.eversholt.syntax.Limits}, so that a macro bomb ends in a diagnostic.
 * Threads: each object here belongs to the one that made it; several large files are read by several threads, each by one, if
 * that cannot be told from reading them in turn ({@link org.fmd.eversholt.syntax.Parser#parse}). Nothing is kept on disk, so
 * a crash loses nothing.
 */
@NullMarked
package org.fmd.eversholt.syntax;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The formatter of rule files: one layout for all, and not a byte of meaning lost.
 *
 * <pre>
 *   SourceFile ── SourceLayout ──> bits ── Element.cut ──> statements, directives
 *        │             │                                          │
 *        │          tokens                            Spacing, StatementLayout
 *        │             │                                          │
 *     Parser           └────────── the same? ◁── read again ◁── Page ──> text
 * </pre>
 *
 * <p>It works on the text before preprocessing. Comments, directives and uses of macros stay as they are, byte for
 * byte; so does a statement it does not understand word by word: one with a comment, a directive or a joined line
 * inside, one that a macro begins, an {@code if}. Of the others it lays blanks and line ends anew.
 *
 * <p>Invariants: what is printed gives the same tokens as what was read (it is read again and compared, and a statement
 * that would change is printed as it was); formatting twice changes nothing; a file with syntax errors is refused.
 *
 * <p>Nothing here touches a file or keeps state; several threads may format. A crash leaves nothing behind.
 */
@NullMarked
package org.fmd.eversholt.format;

import org.jspecify.annotations.NullMarked;

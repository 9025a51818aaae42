// SPDX-License-Identifier: Apache-2.0
/**
 * From a syntax tree to a program the engine can trust, or to a list of everything wrong with it.
 *
 * <pre>
 *   SyntaxTree ── Checker ──> CompileResult ──┬── Issue...      code, place, what to try
 *                                             └── Program       only when no issue is an error
 *
 *   Program ─┬─ Event       one per class@path, all declarations merged, properties resolved
 *            ├─ SerdEngine, StatEngine
 *            ├─ Propagation (source order) ─┬─ columns of EventUse: Event, PathPattern, guards, Window
 *            │                              └─ Arrow between two columns: N and K as Count
 *            └─ fru and asru paths, ConfigNode, dictionaries
 * </pre>
 *
 * <p>What a reader of {@link org.fmd.eversholt.check.Program} may rely on: every reference is resolved to the
 * object it names; constants are folded and unsigned 64-bit; times are nanoseconds; each path component has an
 * explicit index, invented where none was written; iterators are numbered from 0 in each statement; functions
 * are known and have arguments of the right shape; a {@code within} stands in
 * {@link org.fmd.eversholt.check.Window} and not among the guards. Everything keeps its span.
 *
 * <p>All values are immutable and free of threads and files.
 */
@NullMarked
package org.fmd.eversholt.check;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Events that were printed, read back: JSON Lines of {@code fmdump -j}, the text of {@code fmdump -V} and {@code -e -V} (ours and
 * the original's), the text of {@code zpool events} with and without {@code -v}.
 *
 * <pre>
 *   bytes ── Lines ──┬── a line that begins with '{' ── Json ──┐
 *                    └── a heading and what follows ── DumpText ┴─▶ a tree of texts ── Typing ──▶ TextEvent
 *                                                                                       ▲
 *                                                             MemberTypes ──────────────┘  the event registry, ZFS, FMRIs
 * </pre>
 *
 * <p>Printing loses types, and the hexadecimal form loses signs. They come back from what is known of a class and of its members; a
 * member that nobody knows becomes what it looks like: a number in 64 bits, a truth value, a text.
 *
 * <p><b>Invariants.</b> The form is recognised line by line, so forms may be mixed in one input. Whatever the bytes are, reading goes
 * on to the end: what cannot be read is a {@link org.fmd.model.text.TextProblem} with its line. Memory is one event. <b>Threads:</b>
 * one at a time. <b>A crash</b> loses nothing: there is no state.
 */
@NullMarked
package org.fmd.model.text;

import org.jspecify.annotations.NullMarked;

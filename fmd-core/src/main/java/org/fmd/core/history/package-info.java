// SPDX-License-Identifier: Apache-2.0
/**
 * The logs of a directory as one history, for tools outside of the daemon.
 *
 * <pre>
 *   errlog.1 ─ errlog.0 ─ errlog ── LogReader ─┐
 *                                              ├─ the earlier one first ─> EventHistory.Reading ─> esc backtest --log
 *   fltlog.0 ─ fltlog ───────────── LogReader ─┘
 * </pre>
 *
 * <p>Invariants. Nothing is written and nothing locked. Each whole record is shown once; what cannot be read is told and passed
 * over. No logging, so that a command's class path is enough.
 *
 * <p>Threads: a reading belongs to the thread that opened it. A crash leaves nothing behind.
 */
@NullMarked
package org.fmd.core.history;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What other rules would have made of an error log: {@code esc backtest}.
 *
 * <pre>
 *   lines of ereports ─ EreportLines ─┬─> Replay today     ── verdicts ─┬─> Differences    gained, lost, moved, changed
 *   (fmdump -e -j, esc generate)      └─> Replay candidate ── verdicts ─┘
 *                                             │ every record of a SERD engine
 *                                             └─> SerdTable            how often other N and T would have fired
 * </pre>
 *
 * <p>Invariants. Both rule sets get each ereport before the next is read. What both conclude alike at the same ereport is
 * forgotten at once, so memory is that of what is open and of what differs, whatever the length of the log. A line that cannot
 * be read is counted and told, and nothing else. The same log gives the same report.
 *
 * <p>Threads: one. Crash: nothing is stored.
 */
@NullMarked
package org.fmd.eversholt.backtest;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What other rules would have made of an error log: {@code esc backtest}.
 *
 * <pre>
 *   lines of ereports ─ LineLog ─┐
 *   (fmdump -e -j, esc generate) ├─ ErrorLog ─┬─> Replay today     ── verdicts ─┬─> Differences    gained, lost, moved, changed
 *   logs of a host ─ HostLog ────┘            └─> Replay candidate ── verdicts ─┘
 *   (EventHistory, of fmd-core)                       │ every record of a SERD engine
 *                                                     └─> SerdTable            how often other N and T would have fired
 * </pre>
 *
 * <p>Invariants. Both rule sets get each ereport before the next is read. What both conclude alike at the same ereport is
 * forgotten at once, so memory is that of what is open and of what differs, whatever the length of the log. What cannot
 * be read is counted and told, and nothing else. The same log gives the same report.
 *
 * <p>Threads: one. Crash: nothing is stored.
 */
@NullMarked
package org.fmd.eversholt.backtest;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * From a source to the error log: two bounded lanes and the journal.
 *
 * <pre>
 *   sources ─post─▶ HIGH lane (waits when full) ────────────────────────┐
 *              └──▶ thinning ──▶ LOW lane (the oldest goes when full) ──┴─▶ journal: append … append, sync ─▶ fault manager
 *                      └─────────────┴──▶ Tally: how many of what, by class and detector ─▶ ereport.fm.fmd.intake_dropped
 * </pre>
 *
 * <p><b>Lanes.</b> What a device made of itself with the verdict {@code fatal}, verdicts of pools, disks and enclosures about
 * themselves, and whatever the fault manager says of itself ({@code ereport.fm.}) ride in the high lane and are not dropped; all
 * others ride in the low one (fmd reference §8.2). While the low lane has room the error log gets everything. From
 * {@code intake.thin.from} on transport telemetry is thinned: of each device and class the first so many pass, then one a second, so
 * that a storm about one path leaves room for all else, and what diagnosis counts by the handful is still there to count. When the
 * lane is full its oldest is dropped. What was left out is counted, and the count is an ereport: one a second at most, with all
 * classes and detectors for which there is room, the rest under "others"; the numbers always add up to what was posted.
 *
 * <p><b>Durable before anything else.</b> An ereport is handed to the fault manager only after a sync that covers it, and with the
 * place where it stands. In a batch the high lane comes first.
 *
 * <p><b>A disk that refuses.</b> When the log does not take a batch ({@code Trouble}), the high lane is written alone, at the cost
 * of the reserve if it must be ({@link org.fmd.core.log.LogReserve}), and the low lane waits in memory until there is room for it and
 * for the reserve. When even the high lane cannot be written, it waits, and its sources with it. Each of the two is said once; that
 * it is over is said, too, and is then an ereport, {@code ereport.fm.fmd.log_minfree} or {@code ereport.fm.fmd.log_append}. A disk
 * that is full, one that fails and one that is read-only are treated alike: tried once a second, and whenever the high lane has
 * something.
 *
 * <p><b>Lost all the same</b>, and said: a record that is larger than the log takes (counted), and what waits when the daemon is
 * stopped while its log cannot be written.
 *
 * <p><b>Threads.</b> Any thread may post; the journal's alone takes and writes. It may be driven without one: {@link
 * org.fmd.core.intake.Journal#step} never waits. How long ago something was is asked of a clock that never goes back.
 *
 * <p><b>A crash</b> loses what was posted and not yet synced, and what was counted and not yet told, and nothing that was handed on.
 */
@NullMarked
package org.fmd.core.intake;

import org.jspecify.annotations.NullMarked;

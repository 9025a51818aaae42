// SPDX-License-Identifier: Apache-2.0
/**
 * The fault manager: one thread, pure, replayable.
 *
 * <pre>
 *              ┌──────────────────────────── FaultManager ───────────────────────────┐
 *   Input ────▶│ timers due before it ─▶ engines ─▶ CaseLife (cases, duplicates) ─────│────▶ Output
 *              └──────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>It reads no clock, no file and no random source: time and identities come with the input, so the same code runs live, after a
 * crash, in tests and over last month's log. Whoever calls it writes {@link org.fmd.core.manager.Output.LogFault} and {@link
 * org.fmd.core.manager.Output.LogInfo} to disk before any agent is told and any person answered.
 *
 * <p><b>Time.</b> Ereports come with the time of the wall clock, other inputs with one that goes on when that is set; the error log
 * tells of each step ({@link org.fmd.core.time.ClockStep}), and {@code Timeline} keeps account. Engines see one even time and ereports
 * moved to it; cases and what is logged have the time of the wall clock.
 *
 * <p><b>After a crash</b> a fault manager goes on from what another one remembered ({@code remember}, {@code recall}): unsolved
 * cases, timers and the memory of each engine. The cases up to there are folded from the fault log and the information log ({@code
 * restore}); what those logs hold beyond counts while the rest of the error log is handled again, each record at its time ({@code
 * expect}), so that a diagnosis is known to be made and a repair resets what it reset before. A case has the same UUID each time
 * ({@link org.fmd.api.CaseKey}); what no log shows is published. Without a memory all of the error log is handled again in the same
 * way; what was concluded up to a position that is known to be published is then not published again.
 */
@NullMarked
package org.fmd.core.manager;

import org.jspecify.annotations.NullMarked;

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
 * <p><b>After a crash</b>: the cases are folded from the fault log and the information log ({@code restore}), then the error log is
 * handled again from its beginning. What was concluded before the checkpoint only rebuilds the engines' memory; what is concluded
 * after it is published unless the logs show that it was (a case has the same UUID each time, {@link org.fmd.api.CaseKey}).
 */
@NullMarked
package org.fmd.core.manager;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Takes faulty disks out of service and puts repaired ones back.
 *
 * <pre>
 *   suspect ─▶ SuspectPolicy ─▶ RetirePlanner ──────────▶ RetirementLedger ─▶ PlanRunner ─▶ kernel
 *              the diagnosis     DiskLocator  which disk   how many lately     objections again,
 *              alone: flags,     DiskUsers    who needs it                     write, read back
 *              classes, company  MdArray      can it spare a member
 * </pre>
 *
 * <p>Planning reads and decides, acting writes; between them stands one value, the {@link
 * org.fmd.agents.retire.RetirePlan}. A dry run prints the plan that {@code auto} would carry out. What must never happen:
 *
 * <ul>
 *   <li>The kernel is never asked for something that it might refuse: md marks an array broken when its last good half is
 *       failed, so the array is judged here first (kernel-channel reference §10).
 *   <li>A name is never trusted: the disk is found by devid, and asked who it is again before each write.
 *   <li>What cannot be read counts against acting.
 *   <li>md goes first, the device's own switch only when nobody holds the device any more.
 *   <li>Never more disks in a window than configured, and none when the diagnosis blames something else beside.
 * </ul>
 *
 * <p>Threads: all of it runs on the agent's worker, except calls that may hang ({@link
 * org.fmd.agents.retire.KernelCalls}), which get a thread of their own and are left behind at a deadline.
 *
 * <p>Crash: the ledger is durable before the first write, so after a restart the window is counted right. What had been
 * written is seen in the kernel's files when the agent is told of the case again: a disk that its arrays have dropped, or that
 * is offline, is out of service and stays as it is. The state {@code offline} does not survive a reboot; being told again at
 * start puts it back.
 */
@NullMarked
package org.fmd.agents.retire;

import org.jspecify.annotations.NullMarked;

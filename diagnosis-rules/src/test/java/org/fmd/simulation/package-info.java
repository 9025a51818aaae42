// SPDX-License-Identifier: Apache-2.0
/**
 * The deterministic simulator: the daemon's core on a disk, a clock and a host that fail in every way, all of it drawn from one
 * seed.
 *
 * <pre>
 *   seed ──▶ {@link org.fmd.simulation.Schedule}    which kinds of trouble there are, and how often
 *     │
 *     ▼
 *   {@link org.fmd.simulation.Simulation}   posts ereports, lets time pass, replaces disks, types commands, kills, pulls the plug,
 *     │            and decides which thread makes the next step
 *     ▼
 *   {@link org.fmd.simulation.Machine}      one life: Intake ▶ Journal ▶ DaemonCore (FaultManager, eft, logs, checkpoint, keeper) ▶ agents
 *     │
 *     ▼
 *   {@link org.fmd.simulation.SimDisk}      what is written, what is durable;   {@link org.fmd.simulation.Faults} what goes wrong with it
 *   {@link org.fmd.simulation.SimClock}     the wall clock, which steps, and the time since boot, which does not
 *
 *   {@link org.fmd.simulation.Ledger}       what was promised, against what the logs hold: after each crash, and at the end
 *   {@link org.fmd.simulation.History}      what the fault manager was told, in that order
 *   {@link org.fmd.simulation.Oracle}       the run without faults: told the same in the same order; at the end all is compared
 * </pre>
 *
 * <p><b>One thread.</b> What the daemon does on seven threads happens here one step after another, but also in the middle of a step:
 * while one thread is at the disk, the disk may let another one go on. The code is that of the daemon; only queues between threads,
 * and the agents, are the simulation's.
 *
 * <p><b>What happens.</b> The process ends at any operation on the disk: before it, after it, in the middle of a write; with the
 * power or without. Then sectors of what was not forced survive in any selection, and of creations, renames and deletions a first
 * part. Writes, forces, renames fail, once or for a while; a write takes less than it was given; a force that failed loses what it
 * should have made durable. The disk runs full, the file system is read-only, the checkpoint cannot be read. Ereports come late and
 * twice. The clock is set forth and back. Agents are slow, fail, and change their minds. Disks are replaced. Somebody repairs, acquits,
 * replaces. Files are so small that they are rotated, sealed and, with some seeds, deleted all the time. The daemon is stopped in
 * order, too, also while its disk fails. In the end all is well again, whatever is on its way arrives, timers run out, and with every
 * second seed the daemon ends once more and comes up once more.
 *
 * <p><b>What must hold</b> after each crash: each ereport that the fault manager was told is in the error log, at its place, in order,
 * byte by byte, and nothing is there that nobody posted; what was logged is still there, and nothing twice; agents were told only
 * what is in the log; no file is damaged unless something was torn. At the end: each agent was told each case, and the last step of
 * it; the fault log and the information log are those of the run without faults, event by event, and so are the cases with all that
 * is known of them, the unsolved ones, the timers, and the memory of the engine.
 *
 * <p><b>What need not.</b> The logs tell the order of ereports, and the times of all else. So a restart puts a command, an answer or a
 * timer between the ereports where its time says. Where an ereport carries an earlier time than what was done before it came, that
 * is another place than it had; the run without faults has it where it was. Where the clock was set back since the checkpoint, what was
 * done before and after that carries the same times. A change of the hardware is in no log: from the
 * checkpoint on the hardware is that of the checkpoint until the restart is done. An input of which only a part was logged when the
 * daemon ended has half happened. With a tight quota the oldest files go, and what they held cannot be compared. The simulation sees
 * each of these cases when it happens ({@code Oracle}, {@code Ledger.vague}); only then may the end differ, and even then no problem
 * may be missing that is diagnosed in the one order and in the other, unless the hardware was another one. Nine seeds of ten end without any difference. What a case is explained by is not
 * compared: it is forgotten with the hardware that the case began on.
 *
 * <p>Two things are kept out, since no process could do better. What a failed force has left in the memory of the system can be read by
 * the next process, and is not on the disk: here the power is lost with it. And a file of the log that cannot be read while the daemon
 * comes up is a file that it does not know; reading fails for the checkpoint only.
 *
 * <p><b>Whether it would notice</b> was tried by breaking the daemon by hand; the table is in {@code
 * fmd-core/docs/simulation.md}, with what the simulator has found.
 */
@NullMarked
package org.fmd.simulation;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The daemon: configuration, modules, threads, and the order in which they start and stop.
 *
 * <pre>
 *   sources ─▶ Intake ─▶ journal ─▶ ManagerLoop ─▶ fltlog, infolog ─▶ AgentRunner (one thread an agent)
 *                                      ▲    ▲                              │
 *   TopologyService ── snapshots ──────┘    └────────── outcomes ──────────┘
 *   ControlServer ── fmadm ────────────────▶
 * </pre>
 *
 * <p>Start: modules loaded and the configuration checked against what they declare (every mistake is told at once and stops the
 * start), the state directory locked, logs opened and mended, the first snapshot of the hardware taken, engines started, the state
 * brought to where it was ({@code Restart}: from the checkpoint and the logs), agents started and told what they may have missed,
 * the control socket bound, sources started, {@code READY=1}. Stop is the reverse: sources first, then all that is on its way is
 * brought to disk; an agent that is busy is left after two seconds, and told again at the next start.
 *
 * <p>On disk, beside the logs: {@code checkpoint} and the {@code topology-…} files that it names, each replaced or written as a
 * whole before it is named. A crash between any two steps leaves a checkpoint that is older than the logs, which costs work. {@code
 * hardware} and {@code hardware-history} say which part is and was in which slot ({@link org.fmd.core.topo}).
 *
 * <p>All else goes on when a module fails. One that cannot start, or a topology source without a snapshot, is marked failed, with
 * the reason in the log and in {@code fmadm config}. An engine that throws is out of service until the next start, which the log
 * tells. An agent that throws has answered "failed". A jar that cannot be loaded is named in the log.
 */
@NullMarked
package org.fmd.core.daemon;

import org.jspecify.annotations.NullMarked;

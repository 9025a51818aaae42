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
 * start), the state directory locked, logs opened and mended, cases folded from the fault log and the information log, the first
 * snapshot of the hardware taken, engines started, the error log handled again, agents started and told what they may have missed,
 * the control socket bound, sources started, {@code READY=1}. Stop is the reverse: sources first, then all that is on its way is
 * brought to disk; an agent that is busy is left after two seconds, and told again at the next start.
 *
 * <p>All else goes on when a module fails. One that cannot start, or a topology source without a snapshot, is marked failed, with
 * the reason in the log and in {@code fmadm config}. An engine that throws is out of service until the next start, which the log
 * tells. An agent that throws has answered "failed". A jar that cannot be loaded is named in the log.
 */
@NullMarked
package org.fmd.core.daemon;

import org.jspecify.annotations.NullMarked;

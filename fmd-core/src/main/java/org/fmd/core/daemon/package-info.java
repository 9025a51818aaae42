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
 * <p>Start: configuration (every mistake is told at once and stops the start), logs opened and mended, cases folded from the logs,
 * modules loaded, the first snapshot of the hardware taken, the error log handled again, agents told what they may have missed,
 * sources started, {@code READY=1}. Stop is the reverse: sources first, then all that is on its way is brought to disk.
 *
 * <p>A module that throws is marked failed with the reason, told of in the log and shown by {@code fmadm config}; all else goes on.
 */
@NullMarked
package org.fmd.core.daemon;

import org.jspecify.annotations.NullMarked;

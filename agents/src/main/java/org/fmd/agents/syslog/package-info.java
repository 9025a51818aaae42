// SPDX-License-Identifier: Apache-2.0
/**
 * Tells the system's log.
 *
 * <pre>
 *   list.suspect ─┐                          ┌▶ journald's socket: one entry, text and fields
 *   list.updated ─┼▶ message of the code ──▶─┤      not there, or does not take it
 *   list.repaired ┤                          └▶ /dev/log: a datagram for each line
 *   list.resolved ┘                                 neither: the outcome says what was tried
 * </pre>
 *
 * <p>Invariants: one message for each step of a case and none for a suspect that is not to be told; nothing is kept between
 * messages. Runs on the agent's worker; a log that is stuck is waited for a few seconds. Crash: between the message and its
 * journaled outcome the daemon may die; then the message is sent a second time, never not at all.
 */
@NullMarked
package org.fmd.agents.syslog;

import org.jspecify.annotations.NullMarked;

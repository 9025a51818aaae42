// SPDX-License-Identifier: Apache-2.0
/**
 * Diagnosis of what a machine left behind: {@code fmd replay}.
 *
 * <pre>
 *   FILE, FOLDER, -  ─▶ Inputs ─▶ Forms ─▶ Lane each ─▶ Merge ─▶ FaultManager with the engines ─▶ Told
 *                       a file    which    ereports in   by time    the daemon's own, on the      ereports, cases
 *                       or folder form?    their order               time of the ereports
 *                          └────────── hardware ──────────▶ Topology
 * </pre>
 *
 * <p>The inputs are read twice where no topology is given: once to learn which devices there are, then to diagnose. What the forms
 * are: logs of ours and texts of events are read here, all others by modules ({@link org.fmd.api.replay}). Time is what the
 * ereports say; at the end it goes on until no engine waits for anything.
 *
 * <p>What is kept: nothing. With a state directory ({@link org.fmd.core.replay.Keeping}) the ereports go through the daemon's core
 * into an error log, and its fault log has the cases. There must be no logs in the directory before.
 *
 * <p>The same input gives the same output, UUIDs of cases included: a case's UUID follows from the place of its first ereport in the
 * log. An ereport that comes out of a log keeps its place; others are numbered under a UUID made of the first one.
 *
 * <p>Threads: one. After a crash a state directory may hold part of it all, and is to be deleted.
 */
@NullMarked
package org.fmd.core.replay;

import org.jspecify.annotations.NullMarked;

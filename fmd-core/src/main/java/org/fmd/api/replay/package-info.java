// SPDX-License-Identifier: Apache-2.0
/**
 * What a module offers beyond the live machine: to read what another one left behind.
 *
 * <pre>
 *   file or folder ─▶ ReplaySource.open ─▶ Recording ─play─▶ ReplayContext.post ─▶ fmd replay
 *                 └─▶ ReplayHardware.hardware ─▶ Topology
 * </pre>
 *
 * <p>An event source that can do it implements {@link org.fmd.api.replay.ReplaySource}, too; a topology source {@link
 * org.fmd.api.replay.ReplayHardware}. A module is asked whether an input is one of its forms, by its content; it is not started
 * then. The time of a recording is that of its records, and nothing in it may depend on a clock of this machine, on threads or on
 * how often it is opened: the same input gives the same ereports.
 *
 * <p>Threads: one, the caller's. Nothing is kept, so a crash leaves nothing behind.
 */
@NullMarked
package org.fmd.api.replay;

import org.jspecify.annotations.NullMarked;

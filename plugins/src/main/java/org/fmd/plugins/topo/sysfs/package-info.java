// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's device tree as a source of values, live or recorded.
 *
 * <pre>
 *   LiveSysfs      plain files below /sys             ┐
 *                                                     ├─▶ Sysfs: text, bytes, link, children
 *   CapturedSysfs  the sysfs.json of a capture        ┘
 * </pre>
 *
 * <p>Names of files are given without the leading {@code /sys/}, for instance {@code class/scsi_device/0:0:0:0/device/model}.
 * Devices come and go while they are read, and some attributes fail for no reason that matters here: what cannot be read is
 * absent, never an exception. A capture holds only the attributes that were collected, so its reader must live with less.
 *
 * <p>{@link org.fmd.plugins.topo.sysfs.PatientWalk} stands between the enumerator and a live tree: a file whose driver hangs costs a
 * thread and itself, never the daemon.
 *
 * <p>Both kinds are safe from any thread and keep nothing open. There is no state, so a crash leaves nothing behind.
 */
@NullMarked
package org.fmd.plugins.topo.sysfs;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel channel: what the Linux kernel says about failing disks and the ways to them, turned into ereports.
 *
 * <pre>
 *   tracefs ────┐ one reader thread,                          pure from here on
 *   /dev/kmsg ──┤ one poll(2)
 *   uevents   ──┼─▶ KernelPort ─bytes─▶ RecordPipeline ─Observed─▶ TelemetryJoin ─Conclusion─▶ Ereport ─▶ daemon
 *   capture   ──┤                       parse, count,              joins, assesses         DiskIndex names
 *   text log  ──┘                       recognise, sort                                    the detector
 * </pre>
 *
 * <p>The trace tells of each failed attempt, with what became of it; the log of commands that were given up, and of at most ten in
 * 5 s. What both tell is told once. Where the trace is missing, retried commands, the bad block in the sense and the status byte are
 * not told (the ladder of the kernel channel reference §13); the channel is degraded then and says what is reduced. Another source
 * joins by giving observations of the same family. {@code plugins/docs/kernel-channel.md} is the map.
 *
 * <p>What drivers say in words of their own goes another way, beside the commands:
 *
 * <pre>
 *   Observed ─▶ MessageAssembler ─Conclusion─▶ Ereport      adapters, links, sessions, arrays, paths, libata, NVMe
 *                                  PartIndex names the detector
 *   a log kept as text ─▶ TextLogPort ─▶ the same records; lines of programs apart from the kernel's
 * </pre>
 *
 * <p>The detector is the device by the path that failed. It carries a devid only where the identity is certain: the disk is
 * at that address in a snapshot that no announcement of another device there has made doubtful, and the class is not
 * {@code tran}. A disk that no snapshot knows gets {@code /devices/unknown/H:C:T:L}, another part
 * {@code /devices/unknown/NAME}. Member {@code part} keeps the name under which the telemetry knows it.
 *
 * <p>Nothing is lost in silence: overwritten records, held-back messages and full socket buffers become {@code
 * ereport.fm.fmd.telemetry-lost}, and so does a source that ends while it is read; bytes that are no record are counted and shown in
 * the log. A source that cannot be read makes the channel degraded, not failed. The channel keeps no state on disk: after a crash it begins with what the kernel
 * says from then on.
 *
 * <p>Two switches: {@code fm-capable} keeps the ereports of devices back, which is counted and shown as a reduction, and {@code
 * fm-scsi-log} writes what the driver saw as lines for people, so many in a stretch of time.
 */
@NullMarked
package org.fmd.plugins.kernel;

import org.jspecify.annotations.NullMarked;

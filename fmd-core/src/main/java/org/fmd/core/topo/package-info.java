// SPDX-License-Identifier: Apache-2.0
/**
 * The hardware on disk: as it is now, and which part was where and when.
 *
 * <pre>
 *   TopologyService ── each change ──┬─▶ SnapshotFile   hardware          replaced as a whole
 *                                    └─▶ SlotHistory    hardware-history  a line for each change, appended
 *                                            │
 *   fmtopo ◀── Stay: one part in one place, from when to when ◀── SlotFold
 * </pre>
 *
 * <p>Both files are JSON, an object a line, so that they can be read where nothing of fmd is left but them. The first line says what
 * the file is.
 *
 * <pre>
 *   {"file":"fmd-hardware-history","version":1,"crc32c":"…"}
 *   {"time":"2026-03-04T11:32:07.184312911Z","event":"start","crc32c":"…"}
 *   {"time":"…","place":"chassis0/ses-enclosure0/bay7/disk0","label":"Slot 07","enclosure":"50050cc10a000001","serial":"ZC1A2B3C",
 *    "devid":"id1,sd@n5000c500a0000001","part":"SEAGATE-ST8000NM0075","revision":"E004","names":["sdk","4:0:7:0"],
 *    "ports":["chassis0/hba0/target-port7"],"noticed":"start","crc32c":"…"}
 *   {"time":"…","place":"chassis0/ses-enclosure0/bay7/disk0","gone":true,"crc32c":"…"}
 * </pre>
 *
 * <p>A line with a place says what is there from that time on. Disks, adapters, enclosures and expanders are recorded. {@code
 * noticed} says that it was found at a start of the daemon, so that it may have happened at any time since the last stop. {@code
 * crc32c} is the checksum (RFC 3720, B.4, eight hexadecimal digits) of the line's bytes before the comma in front of it.
 *
 * <p><b>Invariants.</b> What the history says of the present is what the daemon last saw. Each recording compares the hardware with
 * what the file says, so nothing is lost where one could not be written: the next makes up for it. The file has a bound; beyond it
 * what is old is folded together, but for each place and each part that ever was, up to 2,000 of those that went, the last stay is kept.
 *
 * <p><b>A crash</b> leaves at most an unfinished last line, which the next recording cuts off. Damage elsewhere costs the lines it is in.
 *
 * <p><b>Threads.</b> One writes. Who reads does so beside it and may miss the line that is being written.
 */
@NullMarked
package org.fmd.core.topo;

import org.jspecify.annotations.NullMarked;

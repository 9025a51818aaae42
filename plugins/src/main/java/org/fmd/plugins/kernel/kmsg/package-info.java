// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's log, from bytes to observations.
 *
 * <pre>
 *   read of /dev/kmsg      6,397,10742796,-;sd 0:0:0:0: [sda] tag#163 Sense Key : Hardware Error [current] \n
 *                           SUBSYSTEM=scsi\n
 *                           DEVICE=+scsi:0:0:0:0\n
 *        │ KmsgRecord.parse
 *        ▼
 *   KmsgRecord             level, sequence number, time, text, dictionary      or Malformed: counted, never thrown
 *        │ KmsgLines.recognise
 *        ▼
 *   Observation            SenseReported(0:0:0:0 sda, tag 163, Hardware Error)  or nothing: no line of ours
 * </pre>
 *
 * <p>All here is pure. Text that a user-space program wrote to the log carries another facility and is never believed. A
 * line is recognised as a whole or not at all: drivers print sense and results of their own, in forms that look alike, so
 * no pattern looks for a part of a line. The tables of forms cover kernels from 3.x to 6.x (kernel channel reference §4).
 */
@NullMarked
package org.fmd.plugins.kernel.kmsg;

import org.jspecify.annotations.NullMarked;

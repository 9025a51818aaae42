// SPDX-License-Identifier: Apache-2.0
/**
 * Assessment: from what the kernel said to what the disk driver of Solaris would have reported.
 *
 * <pre>
 *   sd 0:0:0:0: [sda] tag#163 FAILED Result: hostbyte=DID_OK …      ─┐
 *   sd 1:0:0:0: [sdb] tag#7 FAILED …            (another CPU's)      │  {@link org.fmd.plugins.kernel.assess.CommandAssembler}
 *   sd 0:0:0:0: [sda] tag#163 Sense Key : Hardware Error [current]   ├─ joins by device and tag
 *   sd 0:0:0:0: [sda] tag#163 Add. Sense: Internal target failure    │
 *   sd 0:0:0:0: [sda] tag#163 CDB: Write(10) 2a 00 …                 │
 *   critical target error, dev sda, sector 1024 …                   ─┘ closes at once
 *        │  {@link org.fmd.plugins.kernel.assess.Command}: the facts
 *        ▼
 *   {@link org.fmd.plugins.kernel.assess.AssessmentTable}: class and driver-assessment, one table
 *        ▼
 *   {@link org.fmd.plugins.kernel.assess.Conclusion} ──▶ {@link org.fmd.plugins.kernel.assess.EreportPayload}
 * </pre>
 *
 * <p>The trace of the kernel tells more: each attempt with its sense, whether it is tried again, and the verdict. {@link
 * org.fmd.plugins.kernel.assess.RequestAssembler} joins that to the same {@code Command}s, the attempts of one request as one chain.
 * No source gives it to the channel yet.
 *
 * <p>Everything here is pure: no I/O, no clock; time comes with each observation. One thread owns an assembler.
 *
 * <p>Invariants: a command that is waiting for more of its lines is concluded by its block line, or 100 ms after its last
 * line; at most {@value org.fmd.plugins.kernel.assess.OpenCommands#MAX_OPEN} wait at once, and beyond that the oldest is
 * concluded with what is known. A disk that refuses requests is told once per spell, not once per request. Lines of md,
 * device-mapper and of disks that are no SCSI disks conclude nothing here; {@link org.fmd.plugins.kernel.message} takes those.
 *
 * <p>Nothing is kept over a crash: what was waiting is lost with the process, at most the last 100 ms.
 */
@NullMarked
package org.fmd.plugins.kernel.assess;

import org.jspecify.annotations.NullMarked;

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
 * <p>The trace of the kernel tells more: each attempt with its sense, whether it is tried again, and the verdict.
 *
 * <pre>
 *   AttemptEnded, SenseChecked, RequestRequeued, RequestFailed
 *        │  {@link org.fmd.plugins.kernel.assess.RequestAssembler}: the attempts of one request are one chain, with one ENA
 *        ▼
 *   {@link org.fmd.plugins.kernel.assess.TelemetryJoin} ◀── what the log said, held for 100 ms: dropped if the trace has told it,
 *        │                                 asked for its sense if the trace has none, told if the trace does not know of it
 *        ▼
 *   Conclusion
 * </pre>
 *
 * <p>Everything here is pure: no I/O, no clock; time comes with each observation. One thread owns an assembler.
 *
 * <p>Invariants: a command that is waiting for more of its lines is concluded by its block line, or 100 ms after its last
 * line; at most {@value org.fmd.plugins.kernel.assess.OpenCommands#MAX_OPEN} wait at once, and beyond that the oldest is
 * concluded with what is known. A disk that refuses requests is told once per spell, not once per request. Lines of md,
 * device-mapper and of disks that are no SCSI disks conclude nothing here; {@link org.fmd.plugins.kernel.message} takes those.
 *
 * <p>With a trace at most 4,096 attempts and as many retried requests wait, and at most 1,024 conclusions of the log. Silence behind a
 * request that was tried again is success after half a second in which the disk has nothing in flight, or after five minutes.
 *
 * <p>Nothing is kept over a crash: what was waiting is lost with the process, the last 100 ms, and whether a retry was of use.
 */
@NullMarked
package org.fmd.plugins.kernel.assess;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Recorded kernel telemetry, played back through the same code as the live kernel's.
 *
 * <pre>
 *   kmsg.raw      the reads of /dev/kmsg, one after the other     time: microseconds of the kernel's own clock
 *   uevent.bin    u32 LE length, u64 LE CLOCK_MONOTONIC ns, datagram
 *   live.bin      u32 LE length, u64 LE CLOCK_MONOTONIC ns, u32 LE processor, page of the trace ring; read by {@link
 *                 org.fmd.plugins.kernel.capture.CaptureTrace}, not played back yet
 *   format/       the layouts of those pages
 *   meta.json     marks: start, act, end, each in three clocks, so that both become wall time
 * </pre>
 *
 * <p>What comes before the mark {@code act} is history: the recording machine found its disks then, and nothing is concluded
 * from it. A capture is read as a whole when it is opened; it is small by nature, and one above a limit is refused.
 */
@NullMarked
package org.fmd.plugins.kernel.capture;

import org.jspecify.annotations.NullMarked;

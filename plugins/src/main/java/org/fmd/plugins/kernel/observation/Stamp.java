// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.observation;

import java.time.Instant;

/**
 * When something was said, by three clocks.
 *
 * @param tod the wall clock at receipt, or of the record where it is played back
 * @param arrival nanoseconds of the source's own monotonic clock at receipt; only differences mean something
 * @param kernelMicros the kernel's time stamp in microseconds since boot, {@link #NOT_TOLD} where the source has none
 */
public record Stamp(Instant tod, long arrival, long kernelMicros) {
    public static final long NOT_TOLD = -1;
}

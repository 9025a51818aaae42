// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

import java.time.Instant;
import org.fmd.plugins.kernel.observation.Stamp;

/**
 * When a record came.
 *
 * @param tod the wall clock
 * @param nanos the port's own monotonic clock
 * @param history whether it is only told for what can be learnt from it, and nothing is to be concluded
 */
public record Arrival(Instant tod, long nanos, boolean history) {

    /** Returns the stamp of an observation in a record with that kernel time. */
    public Stamp stamp(long kernelMicros) {
        return new Stamp(tod, nanos, kernelMicros);
    }
}

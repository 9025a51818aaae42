// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import org.fmd.plugins.kernel.observation.Stamp;

/** By which clock times are compared. */
@FunctionalInterface
interface Moments {
    /** By the kernel's own where both have it: a reader that is late gets lines long after each other that belong together. */
    Moments KERNEL = (before, now) -> before.kernelMicros() != Stamp.NOT_TOLD && now.kernelMicros() != Stamp.NOT_TOLD
            ? now.kernelMicros() - before.kernelMicros()
            : 0;

    Moments ARRIVAL = (before, now) -> (now.arrival() - before.arrival()) / 1000;

    /** Returns the microseconds from one to the other. */
    long between(Stamp before, Stamp now);
}

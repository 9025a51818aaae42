// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** A clock that begins at the time of another one and then goes forward at the machine's own pace, whatever the other one does. */
public final class SteadyClock implements InstantSource {
    private final Instant begin;
    private final LongSupplier nanoTime;
    private final long beginNanos;

    /**
     * Starts the clock.
     *
     * @param wall where it begins
     * @param nanoTime nanoseconds from any moment on, never fewer than before: {@link System#nanoTime}
     */
    public SteadyClock(InstantSource wall, LongSupplier nanoTime) {
        this.begin = wall.instant();
        this.nanoTime = nanoTime;
        this.beginNanos = nanoTime.getAsLong();
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(nanoTime.getAsLong() - beginNanos);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A clock that goes forward at the machine's own pace, whatever the wall clock does, and sees when that one is set. Safe for any
 * thread.
 */
public final class SteadyClock implements InstantSource {
    /** Less than that is no step: the wall clock is read at another moment, and steered. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private Instant begin;
    private long beginNanos;
    /** Steady time less what the wall clock is known to say at that time. */
    private Duration ahead = Duration.ZERO;

    /**
     * Starts the clock at the time of the wall clock.
     *
     * @param nanoTime nanoseconds from any moment on, never fewer than before: {@link System#nanoTime}
     */
    public SteadyClock(InstantSource wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.begin = wall.instant();
        this.beginNanos = nanoTime.getAsLong();
    }

    /**
     * Goes on from where a clock of an earlier process stood.
     *
     * @param known how far that one was ahead of the wall clock
     * @param last its last time that is known: this clock does not go back behind it, and if the wall clock was set back meanwhile,
     *     {@link #step} says so
     */
    public synchronized void resume(Duration known, Instant last) {
        ahead = known;
        Instant now = wall.instant().plus(known);
        begin = now.isBefore(last) ? last : now;
        beginNanos = nanoTime.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        return begin.plusNanos(nanoTime.getAsLong() - beginNanos);
    }

    /** Returns how the wall clock was set since the last call; empty if it was not. */
    public synchronized Optional<ClockStep> step() {
        Instant steady = instant();
        Instant before = steady.minus(ahead);
        Instant after = wall.instant();
        if (Duration.between(before, after).abs().compareTo(LEAST) < 0) {
            return Optional.empty();
        }
        ahead = Duration.between(after, steady);
        return Optional.of(new ClockStep(before, after));
    }
}

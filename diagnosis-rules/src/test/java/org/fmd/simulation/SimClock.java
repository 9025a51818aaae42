// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.fmd.core.daemon.Pace;

/** A wall clock that somebody may set, and the time since boot, which nobody can. */
final class SimClock implements InstantSource, Pace {
    private final Runnable meanwhile;
    private Instant wall = Instant.parse("2026-03-04T11:30:00Z");
    private long nanos = 1_000_000_000L;

    /** @param meanwhile what the world does in each second that somebody waits */
    SimClock(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void pause() {
        pass(Duration.ofSeconds(1));
        meanwhile.run();
    }

    /** Time passes. */
    void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    /** The wall clock is set forwards or backwards. */
    void step(Duration by) {
        wall = wall.plus(by);
    }
}

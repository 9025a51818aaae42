// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.concurrent.TimeUnit;

/**
 * When many requests are served as one: a moment after the last of them, and never later than a second after the first. Times are
 * nanoseconds of a clock that only goes forward. Not thread-safe.
 */
final class Coalescing {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean asked;
    private long first;
    private long last;

    void ask(long now) {
        last = now;
        first = asked ? first : now;
        asked = true;
    }

    /** Returns how long to wait until the requests are due, not negative; -1 if there is none. */
    long waits(long now) {
        return asked ? Math.max(0, Math.min(last + QUIET_NANOS - now, first + LATEST_NANOS - now)) : -1;
    }

    /** Returns whether requests are due; they are served then. */
    boolean take(long now) {
        boolean due = waits(now) == 0;
        asked = asked && !due;
        return due;
    }
}

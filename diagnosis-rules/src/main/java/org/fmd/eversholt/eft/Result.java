// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

/**
 * What one evaluation finds out about an event or a hypothesis (eversholt reference §7.2), as a number, since an evaluation
 * makes many of them: {@link #NO}; or, for WAIT, when to look again, in nanoseconds since the exercise's first ereport; or
 * {@link #MAYBE}; or {@link #YES}. Of several that must all hold the least is the result.
 */
final class Result {
    static final long NO = -1;
    static final long YES = Long.MAX_VALUE;
    /** Depends on an event whose K is not reached yet. */
    static final long MAYBE = YES - 1;

    private static final long LATEST = MAYBE - 1;

    private Result() {}

    static long waitUntil(long wake) {
        return Math.min(wake, LATEST);
    }

    static boolean waits(long result) {
        return result >= 0 && result <= LATEST;
    }
}

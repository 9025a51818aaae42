// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Duration;

/**
 * What is left out when ereports come faster than they can be logged.
 *
 * @param capacity {@code intake.capacity}: ereports that each lane holds
 * @param thinFrom {@code intake.thin.from}: percent of the low lane; while so much of it or more is in use, transport telemetry is
 *     thinned
 * @param thinKeep {@code intake.thin.keep}: how many ereports of one detector and class pass in a row
 * @param thinEvery {@code intake.thin.every}: and then one in so long
 */
public record IntakePolicy(int capacity, int thinFrom, int thinKeep, Duration thinEvery) {

    /** What {@code fmd.conf} has when it says nothing. */
    public static final IntakePolicy DEFAULT = new IntakePolicy(16384, 25, 32, Duration.ofSeconds(1));

    public IntakePolicy {
        if (capacity < 1) {
            throw new IllegalArgumentException("no room in the lanes: " + capacity);
        }
        if (thinFrom < 0 || thinFrom > 100) {
            throw new IllegalArgumentException("no percentage: " + thinFrom);
        }
        if (thinKeep < 1) {
            throw new IllegalArgumentException("nothing is kept: " + thinKeep);
        }
        if (thinEvery.isNegative() || thinEvery.isZero()) {
            throw new IllegalArgumentException("no time: " + thinEvery);
        }
    }

    /** Returns whether a low lane that holds so many is to be spared. */
    boolean isThinning(int waiting) {
        return 100L * waiting >= (long) thinFrom * capacity;
    }
}

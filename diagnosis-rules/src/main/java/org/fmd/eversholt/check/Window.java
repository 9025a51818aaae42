// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import org.fmd.eversholt.syntax.Span;

/**
 * A {@code within}: how long, counted from the arrival of an exercise's first ereport, the exercise stays willing
 * to wait for a target (eversholt reference §4.6).
 *
 * <p>In our dialect a maximum of 0 means "do not wait", and no window at all means "hesitate". In the
 * reference's, {@code within(0s)} is no window at all and gives none.
 *
 * @param minNanos "not before", 0 when not written
 * @param maxNanos the last moment; {@link #INFINITY_NANOS} for {@code infinity}
 */
public record Window(long minNanos, long maxNanos, Span span) {
    /** {@code infinity}: 100 years of 365 days. */
    public static final long INFINITY_NANOS = 100L * 365 * 24 * 3600 * 1_000_000_000L;
}

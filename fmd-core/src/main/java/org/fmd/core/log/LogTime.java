// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.time.Instant;

/** Time as the log writes it: nanoseconds since 1970-01-01T00:00:00Z, unsigned 64-bit, enough until the year 2554. */
final class LogTime {

    private static final long SECOND = 1_000_000_000L;
    private static final Instant LAST = instant(-1L);

    private LogTime() {}

    /** Nanoseconds of an instant; one outside of the range becomes the nearest inside. */
    static long of(Instant instant) {
        if (instant.getEpochSecond() < 0) {
            return 0;
        }
        if (instant.isAfter(LAST)) {
            return -1L;
        }
        return instant.getEpochSecond() * SECOND + instant.getNano(); // past 2262 the sign bit is just another bit
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Long.divideUnsigned(nanos, SECOND), Long.remainderUnsigned(nanos, SECOND));
    }
}

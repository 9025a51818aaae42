// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.time.Instant;
import org.fmd.model.json.QueryJson;

/** Times and durations as reports show them. */
final class Times {
    private static final long SECOND = 1_000_000_000L;
    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us", "ns"};
    private static final long[] NANOS = {86_400 * SECOND, 3_600 * SECOND, 60 * SECOND, SECOND, 1_000_000, 1_000, 1};

    private Times() {}

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    /** {@code 2026-03-04T11:30:41.003Z}. */
    static String time(long nanos) {
        return QueryJson.time(instant(nanos)).replaceFirst("[0-9]{6}Z$", "Z");
    }

    /** A time in the largest unit that it is a whole number of: {@code 90m}, {@code 24h}. */
    static String span(long nanos) {
        for (int i = 1; i < NANOS.length; i++) {
            if (nanos != 0 && nanos % NANOS[i] == 0) {
                return nanos / NANOS[i] + UNITS[i];
            }
        }
        return nanos + "s";
    }

    /** A difference of times with its sign, in at most two units: {@code +1h30m}, {@code -5s}. */
    static String shift(long nanos) {
        StringBuilder out = new StringBuilder(nanos < 0 ? "-" : "+");
        long rest = Math.abs(nanos);
        int shown = 0;
        for (int i = 0; i < NANOS.length && shown < 2; i++) {
            if (rest >= NANOS[i]) {
                out.append(rest / NANOS[i]).append(UNITS[i]);
                rest %= NANOS[i];
                shown++;
            } else if (shown > 0) {
                break;
            }
        }
        return shown == 0 ? "+0s" : out.toString();
    }
}

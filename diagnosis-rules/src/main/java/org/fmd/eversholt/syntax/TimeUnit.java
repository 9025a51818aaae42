// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The unit words of time values (eversholt reference §1.8) with their nanoseconds. */
final class TimeUnit {
    private static final Map<String, Long> NANOS = new LinkedHashMap<>();

    static {
        unit(1, "ns", "nsec", "nsecs", "nanosecond", "nanoseconds");
        unit(1_000, "us", "usec", "usecs", "microsecond", "microseconds");
        unit(1_000_000, "ms", "msec", "msecs", "millisecond", "milliseconds");
        unit(1_000_000_000L, "s", "second", "seconds");
        unit(60_000_000_000L, "m", "min", "mins", "minute", "minutes");
        unit(3600 * 1_000_000_000L, "h", "hr", "hrs", "hour", "hours");
        unit(24 * 3600 * 1_000_000_000L, "d", "day", "days");
        unit(7 * 24 * 3600 * 1_000_000_000L, "wk", "wks", "week", "weeks");
        unit(30 * 24 * 3600 * 1_000_000_000L, "month", "months");
        unit(365 * 24 * 3600 * 1_000_000_000L, "yr", "yrs", "year", "years");
    }

    private TimeUnit() {}

    private static void unit(long nanos, String... words) {
        for (String word : words) {
            NANOS.put(word, nanos);
        }
    }

    /** All units. */
    static Map<String, Long> all() {
        return Map.copyOf(NANOS);
    }

    /** The nanoseconds of a unit, or 0 for a word that is none. */
    static long nanos(String word) {
        return NANOS.getOrDefault(word, 0L);
    }

    /** What to try in place of a word that is no unit. */
    static String hint(String word) {
        return switch (word) {
            case "sec", "secs", "S" -> "; did you mean 's'?";
            case "w" -> "; did you mean 'week'?";
            case "mo", "mon", "M" -> "; did you mean 'month' (30 days) or 'm' (minutes)?";
            case "H" -> "; did you mean 'h'?";
            case "D" -> "; did you mean 'd'?";
            case "y" -> "; did you mean 'year'?";
            default -> {
                String near = NearNames.hint(word, List.copyOf(NANOS.keySet()));
                yield near.isEmpty() ? "; expected ns, us, ms, s, m, h, d, week, month or year" : near;
            }
        };
    }
}

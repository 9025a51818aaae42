// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.OptionalLong;

/** Numbers in texts that come from outside a rule: payload members, topology properties, settings. */
public final class Numbers {
    private static final long SECOND = 1_000_000_000L;

    private Numbers() {}

    /**
     * Reads as much of a text as is a number, the base told by its prefix: {@code "0x1f"} is 31, {@code "12 V"} is 12,
     * {@code "abc"} is 0. A number beyond 64 bits is the largest (eversholt reference §4.3).
     */
    public static long prefix(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        int base = 10;
        if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
            boolean digits = at + 2 < text.length() && Character.digit(text.charAt(at + 2), 16) >= 0;
            base = digits ? 16 : 8;
            at += digits ? 2 : 0;
        } else if (text.startsWith("0", at)) {
            base = 8;
        }
        long value = digits(text, at, base);
        return negative ? -value : value;
    }

    private static long digits(String text, int from, int base) {
        long value = 0;
        long limit = Long.divideUnsigned(-1L, base);
        for (int at = from; at < text.length(); at++) {
            int digit = text.charAt(at) < 128 ? Character.digit(text.charAt(at), base) : -1;
            if (digit < 0) {
                return value;
            }
            long next = value * base + digit;
            if (Long.compareUnsigned(value, limit) > 0 || Long.compareUnsigned(next, value * base) < 0) {
                return -1L;
            }
            value = next;
        }
        return value;
    }

    /**
     * Reads a time, digits and a unit word: {@code 24h}. Digits alone, and a unit that is none, are nanoseconds. Empty if
     * the text begins with no digit.
     */
    public static OptionalLong time(String text) {
        String clean = text.strip();
        int at = 0;
        while (at < clean.length() && clean.charAt(at) >= '0' && clean.charAt(at) <= '9') {
            at++;
        }
        if (at == 0) {
            return OptionalLong.empty();
        }
        long count = digits(clean.substring(0, at), 0, 10);
        long unit = unit(clean.substring(at).strip());
        return OptionalLong.of(Math.multiplyHigh(count, unit) == 0 ? count * unit : Long.MAX_VALUE);
    }

    private static long unit(String word) {
        return switch (word) {
            case "us", "usec", "usecs", "microsecond", "microseconds" -> 1_000L;
            case "ms", "msec", "msecs", "millisecond", "milliseconds" -> 1_000_000L;
            case "s", "second", "seconds" -> SECOND;
            case "m", "min", "mins", "minute", "minutes" -> 60 * SECOND;
            case "h", "hr", "hrs", "hour", "hours" -> 3600 * SECOND;
            case "d", "day", "days" -> 24 * 3600 * SECOND;
            case "wk", "wks", "week", "weeks" -> 7 * 24 * 3600 * SECOND;
            case "month", "months" -> 30 * 24 * 3600 * SECOND;
            case "yr", "yrs", "year", "years" -> 365 * 24 * 3600 * SECOND;
            default -> 1;
        };
    }
}

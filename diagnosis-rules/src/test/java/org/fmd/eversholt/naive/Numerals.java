// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers in texts. */
final class Numerals {
    private static final Pattern NUMBER =
            Pattern.compile("\\s*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))(?s:.*)");
    private static final long SECOND = 1_000_000_000L;
    /** Those that the generator uses and a few more. */
    private static final Map<String, Long> UNITS = Map.of(
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            SECOND,
            "seconds",
            SECOND,
            "m",
            60 * SECOND,
            "minutes",
            60 * SECOND,
            "h",
            3600 * SECOND,
            "hours",
            3600 * SECOND,
            "d",
            24 * 3600 * SECOND,
            "days",
            24 * 3600 * SECOND);

    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(64);

    private Numerals() {}

    /** As {@code strtoull} with base 0 reads it: as far as it is a number, no further than 64 bits. */
    static long prefix(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return 0;
        }
        BigInteger value;
        if (matcher.group(2) != null) {
            value = new BigInteger(matcher.group(2), 16);
        } else {
            value = matcher.group(3) != null ? new BigInteger(matcher.group(3), 8) : new BigInteger(matcher.group(4));
        }
        if (value.compareTo(LIMIT) >= 0) {
            return -1;
        }
        return matcher.group(1).equals("-") ? -value.longValue() : value.longValue();
    }

    /** Digits and a unit, {@code 24h}; nanoseconds where the unit is not known; null without digits. */
    static @Nullable Long time(String text) {
        Matcher matcher = Pattern.compile("\\s*([0-9]+)\\s*([A-Za-z]*).*").matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        BigInteger unit = BigInteger.valueOf(UNITS.getOrDefault(matcher.group(2), 1L));
        return new BigInteger(matcher.group(1))
                .multiply(unit)
                .min(LIMIT.subtract(BigInteger.ONE))
                .longValue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.api.PropertySpec;

/** How the text of a property is read (fmd reference §3.3). */
final class ConfValue {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+)\\s*([A-Za-z]*)");
    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("", Duration.ofNanos(1)),
            Map.entry("ns", Duration.ofNanos(1)),
            Map.entry("nsec", Duration.ofNanos(1)),
            Map.entry("us", Duration.ofNanos(1_000)),
            Map.entry("usec", Duration.ofNanos(1_000)),
            Map.entry("ms", Duration.ofMillis(1)),
            Map.entry("msec", Duration.ofMillis(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)));

    private ConfValue() {}

    /** Returns what is wrong with the text as a value of the property, empty if nothing is. */
    static Optional<String> problem(PropertySpec spec, String text) {
        boolean good = switch (spec.type()) {
            case BOOL -> text.equals("true") || text.equals("false");
            case INT -> integer(text).isPresent();
            case TEXT -> true;
            case TIME -> time(text).isPresent();
            case SIZE -> size(text).isPresent();
            case CHOICE -> spec.choices().contains(text);
        };
        return good
                ? Optional.empty()
                : Optional.of("'" + text + "' is no value of '" + spec.name() + "', which is " + kind(spec));
    }

    private static String kind(PropertySpec spec) {
        return switch (spec.type()) {
            case BOOL -> "true or false";
            case INT -> "a whole number";
            case TEXT -> "a text";
            case TIME -> "a time such as 10s, 5min, 24h";
            case SIZE -> "a size such as 2m, 1g";
            case CHOICE -> "one of " + String.join(", ", spec.choices());
        };
    }

    static Optional<Long> integer(String text) {
        try {
            return Optional.of(Long.decode(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<Duration> time(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches() || !UNITS.containsKey(parts.group(2))) {
            return Optional.empty();
        }
        try {
            return Optional.of(UNITS.get(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1))));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<Long> size(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        int power = parts.matches()
                ? " kmgt"
                        .indexOf(parts.group(2).isEmpty() ? " " : parts.group(2).substring(0, 1))
                : -1;
        if (power < 0
                || parts.group(2).length() > 2
                || (parts.group(2).length() == 2 && !parts.group(2).endsWith("b"))) {
            return Optional.empty();
        }
        BigInteger bytes = new BigInteger(parts.group(1)).shiftLeft(10 * power);
        return bytes.bitLength() < 64 ? Optional.of(bytes.longValue()) : Optional.empty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time that {@code -t} and {@code -T} take (fmd reference §5.2): a date in one of many forms, a time of today, or how long
 * ago. A fraction of a second may follow a time of day; a {@code Z} behind the forms with a {@code T} says UTC, as in what
 * {@code -j} prints.
 */
final class TimeArgument {

    /** In order of trial; letters as in strptime, a blank stands for itself. */
    private static final String[] FORMS = {
        "m/d/Y H:M:S", "m/d/y H:M:S", "m/d/Y H:M", "m/d/y H:M", "m/d/Y", "m/d/y",
        "Y-m-dTH:M:S", "y-m-dTH:M:S", "Y-m-dTH:M", "y-m-dTH:M", "Y-m-d", "y-m-d",
        "dbY H:M:S", "dby H:M:S", "dbY H:M", "dby H:M", "dbY", "dby",
        "b d H:M:S", "H:M:S", "H:M",
    };

    private static final String[][] UNITS = {
        {"1", "ns", "nsec"},
        {"1000", "us", "usec"},
        {"1000000", "ms", "msec"},
        {"1000000000", "s", "sec"},
        {"60000000000", "m", "min"},
        {"3600000000000", "h", "hour"},
        {"86400000000000", "d", "day"},
    };

    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

    private final String text;
    private final LocalDateTime now;
    private final ZoneId zone;
    private int at;
    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;

    private TimeArgument(String text, Instant now, ZoneId zone) {
        this.text = text;
        this.now = LocalDateTime.ofInstant(now, zone);
        this.zone = zone;
    }

    /** Reads a time; a text that is none is a mistake in usage. */
    static Instant parse(String text, Instant now, ZoneId zone) throws CommandFailure {
        TimeArgument argument = new TimeArgument(text, now, zone);
        int best = 0;
        for (String form : FORMS) {
            if (!argument.matches(form)) {
                continue;
            }
            Instant time = argument.rest(form);
            if (time != null) {
                return time;
            }
            best = Math.max(best, argument.at);
        }
        if (best > 0) {
            throw CommandFailure.usage(
                    "unexpected suffix after time " + text.substring(0, best) + " -- " + text.substring(best));
        }
        return ago(text, now);
    }

    /** Whether the text begins in that form; then the fields and the place behind are set. */
    private boolean matches(String form) {
        at = 0;
        year = now.getYear();
        month = now.getMonthValue();
        day = now.getDayOfMonth();
        hour = 0;
        minute = 0;
        second = 0;
        for (int i = 0; i < form.length(); i++) {
            if (!field(form.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean field(char letter) {
        switch (letter) {
            case 'Y' -> year = digits(4, 4);
            case 'y' -> {
                int two = digits(2, 2);
                year = two < 0 ? two : two + (two < 69 ? 2000 : 1900);
            }
            case 'm' -> month = digits(1, 2);
            case 'd' -> day = digits(1, 2);
            case 'H' -> hour = digits(1, 2);
            case 'M' -> minute = digits(1, 2);
            case 'S' -> second = digits(1, 2);
            case 'b' -> {
                month = Times.month(text, at);
                at += month == 0 ? 0 : 3;
                return month != 0;
            }
            default -> {
                boolean same = at < text.length() && text.charAt(at) == letter;
                at += same ? 1 : 0;
                return same;
            }
        }
        return year >= 0 && month >= 0 && day >= 0 && hour >= 0 && minute >= 0 && second >= 0;
    }

    private int digits(int least, int most) {
        int start = at;
        int value = 0;
        while (at < text.length() && at - start < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + (text.charAt(at++) - '0');
        }
        return at - start < least ? -1 : value;
    }

    /** Returns the time if nothing is left but a fraction and a zone, else null. */
    private @Nullable Instant rest(String form) throws CommandFailure {
        int end = text.length();
        boolean utc = form.indexOf('T') >= 0 && end > at && text.charAt(end - 1) == 'Z';
        if (utc) {
            end--;
        }
        int nanos = 0;
        if (end > at) {
            boolean timed = form.indexOf('H') >= 0 && text.charAt(at) == '.';
            nanos = timed ? Times.fraction(text, at + 1, end) : -1;
            if (nanos < 0) {
                return null;
            }
        }
        try {
            LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, second, nanos);
            return local.atZone(utc ? ZoneOffset.UTC : zone).toInstant();
        } catch (DateTimeException e) {
            throw illegal(text);
        }
    }

    private static Instant ago(String text, Instant now) throws CommandFailure {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        String suffix = text.substring(end).strip().toLowerCase(Locale.ROOT);
        if (end == 0 || suffix.isEmpty()) {
            throw illegal(text);
        }
        for (String[] unit : UNITS) {
            if (suffix.equals(unit[1]) || suffix.equals(unit[2])) {
                return before(now, new BigInteger(text.substring(0, end)).multiply(new BigInteger(unit[0])), text);
            }
        }
        throw CommandFailure.usage(
                "unexpected suffix after time " + text.substring(0, end) + " -- " + text.substring(end));
    }

    private static Instant before(Instant now, BigInteger nanos, String text) throws CommandFailure {
        BigInteger[] parts = nanos.divideAndRemainder(SECOND);
        if (parts[0].bitLength() < 63) {
            long seconds = parts[0].longValue();
            if (seconds <= now.getEpochSecond()) {
                return now.minusSeconds(seconds).minusNanos(parts[1].longValue());
            }
        }
        throw CommandFailure.usage("time delta precedes UTC time origin -- " + text);
    }

    private static CommandFailure illegal(String text) {
        return CommandFailure.usage("illegal time format -- " + text);
    }
}

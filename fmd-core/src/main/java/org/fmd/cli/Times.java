// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.Optional;
import org.fmd.model.json.QueryJson;

/**
 * Times as the commands print them (fmd reference §5.1, §5.2), in the words of no locale. By hand, since a formatter of the
 * library takes longer to load than a command to run.
 */
final class Times {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final Duration OLD = Duration.ofDays(180);
    private static final Duration AHEAD = Duration.ofSeconds(60);

    private Times() {}

    /** Returns {@code Mar 04 11:32:07}, and {@code Mar 04 2026} padded to the same 15 columns if that is older than 180 days. */
    static String ofCase(Instant time, Instant now, ZoneId zone) {
        LocalDateTime local = local(time, zone);
        StringBuilder out = new StringBuilder(15);
        monthAndDay(out, local).append(' ');
        if (time.isBefore(now.minus(OLD))) {
            return digits(out, local.getYear(), 4).append("    ").toString();
        }
        return clock(out, local).toString();
    }

    /** Returns {@code Mar 04 11:32:07.1843}, and {@code Mar 04 2026 11:32:07} if that is older than 180 days or in the future. */
    static String ofEvent(Instant time, Instant now, ZoneId zone) {
        LocalDateTime local = local(time, zone);
        StringBuilder out = new StringBuilder(20);
        monthAndDay(out, local).append(' ');
        if (time.isBefore(now.minus(OLD)) || time.isAfter(now.plus(AHEAD))) {
            digits(out, local.getYear(), 4).append(' ');
            return clock(out, local).toString();
        }
        return decimals(clock(out, local), local, 4).toString();
    }

    /** Returns {@code Mar 04 2026 11:32:07.184312911}. */
    static String full(Instant time, ZoneId zone) {
        LocalDateTime local = local(time, zone);
        StringBuilder out = new StringBuilder(30);
        monthAndDay(out, local).append(' ');
        digits(out, local.getYear(), 4).append(' ');
        return decimals(clock(out, local), local, 9).toString();
    }

    /** Reads {@code 2026-03-04T11:32:07.184312911Z}, with up to nine decimals; empty if the text is something else. */
    static Optional<Instant> parseUtc(String text) {
        return QueryJson.parseTime(text);
    }

    /** Returns the decimals as nanoseconds, -1 if that are not 1 to 9 digits. */
    static int fraction(String text, int start, int end) {
        if (end <= start || end - start > 9) {
            return -1;
        }
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            char c = start + i < end ? text.charAt(start + i) : '0';
            if (c < '0' || c > '9') {
                return -1;
            }
            nanos = nanos * 10 + (c - '0');
        }
        return nanos;
    }

    /** Returns 1 to 12 for the English name of a month or its first three letters, in any letter case, at a place; 0 for none. */
    static int month(String text, int at) {
        for (int month = 1; month <= 12; month++) {
            if (text.regionMatches(true, at, MONTHS, 3 * (month - 1), 3)) {
                return month;
            }
        }
        return 0;
    }

    private static LocalDateTime local(Instant time, ZoneId zone) {
        return LocalDateTime.ofEpochSecond(
                time.getEpochSecond(), time.getNano(), zone.getRules().getOffset(time));
    }

    /** Returns {@code Mar 04 2026 }, with a blank behind; the year has four digits in the times of a log. */
    static String date(LocalDate date) {
        StringBuilder out = new StringBuilder(12);
        monthAndDay(out, date.atStartOfDay()).append(' ');
        return digits(out, date.getYear(), 4).append(' ').toString();
    }

    private static StringBuilder monthAndDay(StringBuilder out, LocalDateTime time) {
        int month = time.getMonthValue();
        out.append(MONTHS, 3 * (month - 1), 3 * month).append(' ');
        return digits(out, time.getDayOfMonth(), 2);
    }

    private static StringBuilder clock(StringBuilder out, LocalDateTime time) {
        digits(out, time.getHour(), 2).append(':');
        digits(out, time.getMinute(), 2).append(':');
        return digits(out, time.getSecond(), 2);
    }

    /** Appends that many decimals of the second, cut off, not rounded. */
    private static StringBuilder decimals(StringBuilder out, LocalDateTime time, int count) {
        out.append('.');
        int dot = out.length();
        digits(out, time.get(ChronoField.NANO_OF_SECOND), 9).setLength(dot + count);
        return out;
    }

    private static StringBuilder digits(StringBuilder out, long value, int width) {
        String digits = Long.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        return out.append(digits);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes times of what the lines of a log tell: a year where none is written, a wall clock from the time since boot, a time
 * since boot from the wall clock. Goes through the lines once, in order.
 */
final class LogClock {
    /** Lines of one command may stand on both sides of a second where seconds are all that is written. */
    private static final long WITHIN_A_SECOND = 50_000;

    private static final long SECOND = 1_000_000;
    /** Later than that is no time, but digits; so that all differences fit into nanoseconds. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /**
     * When a line was written.
     *
     * @param micros since boot, or since the first line
     */
    record Time(Instant tod, long micros) {}

    private final ZoneId zone;
    private final int[] years;
    private final Instant boot;
    private int index;
    private @Nullable Instant tod;
    private long micros;
    private boolean hasUptime;

    /** @param prefixes of all lines, in order */
    LogClock(Instant base, ZoneId zone, List<LinePrefix> prefixes) {
        this.zone = zone;
        this.years = years(base, prefixes);
        long last = prefixes.stream().mapToLong(LinePrefix::micros).max().orElse(0);
        this.boot = base.minus(Math.max(0, last), ChronoUnit.MICROS);
        this.hasUptime = false;
    }

    /** A year ends where the month goes back by half a year; the last line is not later than the base by more than a day. */
    private int[] years(Instant base, List<LinePrefix> prefixes) {
        int[] found = new int[prefixes.size()];
        int year = 0;
        LocalDateTime before = null;
        for (int i = 0; i < found.length; i++) {
            LocalDateTime local = prefixes.get(i).local();
            if (local != null && local.getYear() == 0) {
                if (before != null && local.getMonthValue() < before.getMonthValue() - 6) {
                    year++;
                }
                before = local;
            }
            found[i] = year;
        }
        LocalDateTime limit = LocalDateTime.ofInstant(base, zone).plusDays(1);
        int last = limit.getYear();
        if (before != null && !inYear(before, last).isBefore(limit)) {
            last--;
        }
        for (int i = 0; i < found.length; i++) {
            found[i] += last - year;
        }
        return found;
    }

    private static LocalDateTime inYear(LocalDateTime local, int year) {
        try {
            return local.withYear(year);
        } catch (DateTimeException e) {
            return local;
        }
    }

    /** Returns the time of the next line. */
    Time next(LinePrefix prefix) {
        int year = years[index++];
        Instant before = tod;
        Instant now = wall(prefix, year);
        if (now == null) {
            now = prefix.delta() >= 0 && before != null
                    ? before.plus(prefix.delta(), ChronoUnit.MICROS)
                    : prefix.micros() >= 0
                            ? boot.plus(prefix.micros(), ChronoUnit.MICROS)
                            : before != null ? before : boot;
        }
        tod = now;
        micros = micros(prefix, before, now);
        return new Time(now, micros);
    }

    private @Nullable Instant wall(LinePrefix prefix, int year) {
        LocalDateTime local = prefix.local();
        if (local == null) {
            return null;
        }
        LocalDateTime full = local.getYear() == 0 ? inYear(local, year) : local;
        ZoneOffset offset = prefix.offset();
        Instant instant =
                offset != null ? full.toInstant(offset) : full.atZone(zone).toInstant();
        return instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST) ? null : instant;
    }

    private long micros(LinePrefix prefix, @Nullable Instant before, Instant now) {
        if (prefix.micros() >= 0) {
            hasUptime = true;
            return prefix.micros();
        }
        if (before == null) {
            return SECOND;
        }
        if (!prefix.hasTime()) {
            return micros + 1;
        }
        long passed = Math.max(0, Duration.between(before, now).toNanos() / 1000);
        // Between lines of the kernel with its own clock a program's wall clock is only roughly the same.
        return micros + (hasUptime || passed != SECOND ? passed : WITHIN_A_SECOND);
    }
}

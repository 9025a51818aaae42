// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts records: per class, and if wanted per period of time and per device. Filled by {@link LogReader#count}, several times
 * if need be. Not thread-safe.
 */
public final class LogTally {

    /**
     * How many there are of one kind.
     *
     * @param from start of the period; null when periods are not told apart
     * @param eventClass class of the records
     * @param device first of their {@link DeviceNames}; empty when there is none, or devices are not told apart
     * @param count how many
     */
    public record Line(@Nullable Instant from, String eventClass, String device, long count) {}

    /** Not a record: its equality is put together at run time, which takes a command longer than to count. */
    private static final class Key {
        private final long from;
        private final String eventClass;
        private final String device;

        Key(long from, String eventClass, String device) {
            this.from = from;
            this.eventClass = eventClass;
            this.device = device;
        }

        long from() {
            return from;
        }

        String eventClass() {
            return eventClass;
        }

        String device() {
            return device;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && from == that.from
                    && eventClass.equals(that.eventClass)
                    && device.equals(that.device);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(from) + eventClass.hashCode()) + device.hashCode();
        }
    }

    private final @Nullable ChronoUnit unit;
    private final @Nullable ZoneId zone;
    private final boolean devices;
    private final Map<Key, long[]> counts = new HashMap<>();

    private long periodFrom;
    private long periodLast = -1;
    private boolean periodKnown;

    private LogTally(@Nullable ChronoUnit unit, @Nullable ZoneId zone, boolean devices) {
        this.unit = unit;
        this.zone = zone;
        this.devices = devices;
    }

    /** Counts per class. */
    public static LogTally perClass() {
        return new LogTally(null, null, false);
    }

    /**
     * Counts per period as well.
     *
     * @param length {@link ChronoUnit#DAYS} or {@link ChronoUnit#HOURS}
     * @param where whose days and hours; a day is as long as it is there
     * @throws IllegalArgumentException for another unit
     */
    public LogTally per(ChronoUnit length, ZoneId where) {
        if (length != ChronoUnit.DAYS && length != ChronoUnit.HOURS) {
            throw new IllegalArgumentException("periods are days or hours, not " + length);
        }
        return new LogTally(length, where, devices);
    }

    /** Counts per device as well. */
    public LogTally perDevice() {
        return new LogTally(unit, zone, true);
    }

    /** What was counted, by period, then class, then device; nothing that was not there. */
    public List<Line> lines() {
        List<Key> keys = new ArrayList<>(counts.keySet());
        keys.sort((a, b) -> {
            int order = Long.compareUnsigned(a.from(), b.from());
            order = order != 0 ? order : a.eventClass().compareTo(b.eventClass());
            return order != 0 ? order : a.device().compareTo(b.device());
        });
        List<Line> lines = new ArrayList<>(keys.size());
        for (Key key : keys) {
            long[] count = counts.get(key);
            lines.add(new Line(
                    unit == null ? null : LogTime.instant(key.from()),
                    key.eventClass(),
                    key.device(),
                    count == null ? 0 : count[0]));
        }
        return lines;
    }

    /** How many records in all. */
    public long total() {
        long total = 0;
        for (long[] count : counts.values()) {
            total += count[0];
        }
        return total;
    }

    boolean tellsDevicesApart() {
        return devices;
    }

    /** Whether all times between these two, both included, fall into one period. */
    boolean inOnePeriod(long earliest, long latest) {
        return unit == null || periodOf(earliest) == periodOf(latest);
    }

    void add(long nanos, String eventClass, String device, long count) {
        Key key = new Key(unit == null ? 0 : periodOf(nanos), eventClass, devices ? device : "");
        long[] cell = counts.get(key);
        if (cell == null) {
            cell = new long[1];
            counts.put(key, cell);
        }
        cell[0] += count;
    }

    /** The name by which a device is counted. */
    static String deviceOf(List<String> names) {
        return names.isEmpty() ? "" : names.get(0);
    }

    private long periodOf(long nanos) {
        if (!periodKnown
                || Long.compareUnsigned(nanos, periodFrom) < 0
                || Long.compareUnsigned(nanos, periodLast) > 0) {
            ZonedDateTime time = LogTime.instant(nanos).atZone(zone == null ? ZoneOffset.UTC : zone);
            if (unit == ChronoUnit.DAYS) {
                ZonedDateTime start = time.toLocalDate().atStartOfDay(time.getZone());
                period(start, time.toLocalDate().plusDays(1).atStartOfDay(time.getZone()));
            } else {
                LocalDateTime hour = time.toLocalDateTime().truncatedTo(ChronoUnit.HOURS);
                ZonedDateTime start = ZonedDateTime.ofLocal(hour, time.getZone(), time.getOffset());
                period(start, start.plusHours(1));
            }
        }
        return periodFrom;
    }

    private void period(ZonedDateTime start, ZonedDateTime end) {
        periodFrom = LogTime.of(start.toInstant());
        periodLast = LogTime.of(end.toInstant().minusNanos(1));
        periodKnown = true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.core.log.LogReader;
import org.fmd.core.log.LogTally;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;

/** {@code --count}: how many events of each class there were on each day, by the clock on the wall. */
final class ClassCounts {
    private static final long NANOS = 1_000_000_000L;

    private final ZoneId zone;
    private final TreeMap<LocalDate, TreeMap<String, Long>> days = new TreeMap<>();
    private Map<String, Long> today = new HashMap<>();
    private long from;
    private long to;

    ClassCounts(ZoneId zone) {
        this.zone = zone;
    }

    /** Counts an event; its time is in unsigned nanoseconds since 1970. */
    void add(long nanos, String eventClass) {
        long second = Long.divideUnsigned(nanos, NANOS);
        if (second < from || second >= to) {
            LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(second), zone);
            from = date.atStartOfDay(zone).toEpochSecond();
            to = date.plusDays(1).atStartOfDay(zone).toEpochSecond();
            today = day(date);
        }
        add(today, eventClass, 1);
    }

    /** Counts what a reader would show, which it can do without looking at bodies. */
    void add(LogReader reader) throws IOException {
        LogTally tally = LogTally.perClass().per(ChronoUnit.DAYS, zone);
        reader.count(tally);
        for (LogTally.Line line : tally.lines()) {
            Instant start = line.from();
            if (start != null) {
                add(day(LocalDate.ofInstant(start, zone)), line.eventClass(), line.count());
            }
        }
    }

    private static void add(Map<String, Long> day, String eventClass, long count) {
        Long before = day.get(eventClass);
        day.put(eventClass, before == null ? count : before + count);
    }

    private Map<String, Long> day(LocalDate date) {
        TreeMap<String, Long> day = days.get(date);
        if (day == null) {
            day = new TreeMap<>();
            days.put(date, day);
        }
        return day;
    }

    void print(PrintWriter out, boolean json) {
        if (!json && !days.isEmpty()) {
            out.print("DAY             COUNT CLASS\n");
        }
        for (Map.Entry<LocalDate, TreeMap<String, Long>> day : days.entrySet()) {
            for (Map.Entry<String, Long> each : day.getValue().entrySet()) {
                if (json) {
                    Map<String, @Nullable Object> members = new LinkedHashMap<>();
                    members.put("day", day.getKey().toString());
                    members.put("class", each.getKey());
                    members.put("count", each.getValue());
                    out.println(Json.write(members));
                } else {
                    String count = Columns.right(Long.toString(each.getValue()), 10);
                    out.print(day.getKey() + " " + count + " " + each.getKey() + "\n");
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** A history of random ereports in several files, some out of order of time, and wishes about it with their naive answers. */
final class SampleHistory {

    /** A query, and the same without one. */
    record Wish(LogQuery query, Predicate<LogRecord> takes, long last, String words) {}

    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

    private final FakeLogFiles files = new FakeLogFiles();
    private final List<LogRecord> records = new ArrayList<>();

    private SampleHistory() {}

    static SampleHistory of(Random random) throws IOException {
        SampleHistory history = new SampleHistory();
        int parts = 1 + random.nextInt(3);
        for (int part = parts - 1; part >= 0; part--) {
            try (EventLog log = Logs.open(history.files)) {
                for (int i = random.nextInt(60); i > 0; i--) {
                    LogRecord record = history.record(random);
                    history.records.add(record);
                    log.append(record);
                }
            }
            if (part > 0) {
                history.files.rename("errlog", "errlog." + (part - 1));
            }
        }
        return history;
    }

    FakeLogFiles files() {
        return files;
    }

    List<LogRecord> records() {
        return records;
    }

    private LogRecord record(Random random) {
        int number = records.size();
        Instant tod = DAY.plusSeconds(3600L * number + random.nextInt(7200));
        UUID uuid = random.nextInt(3) == 0 ? new UUID(0, 1 + random.nextInt(4)) : LogRecord.NO_UUID;
        String eventClass = "ereport.io." + (char) ('a' + random.nextInt(4));
        int disk = random.nextInt(6);
        String body =
                "{\"class\":\"" + eventClass + "\",\"detector\":{\"scheme\":\"dev\",\"device-path\":\"/devices/" + disk
                        + "\",\"devid\":\"id1,sd@n" + disk + "\"},\"n:uint32\":" + number + ",\"lba:uint64\":"
                        + random.nextInt(1 << 30) + ",\"ok\":" + random.nextBoolean() + "}";
        return LogRecord.of(
                tod, uuid, eventClass, (disk == 5 ? "{\"n\":" + number + "}" : body).getBytes(StandardCharsets.UTF_8));
    }

    Wish wish(Random random) {
        LogQuery query = LogQuery.ALL;
        Predicate<LogRecord> takes = record -> true;
        StringBuilder words = new StringBuilder();
        if (random.nextInt(3) == 0) {
            Instant from = DAY.plusSeconds(3600L * random.nextInt(records.size() + 1));
            query = query.from(from);
            takes = takes.and(record -> !record.tod().isBefore(from));
            words.append(" from ").append(from);
        }
        if (random.nextInt(3) == 0) {
            Instant until = DAY.plus(Duration.ofHours(random.nextInt(records.size() + 1)));
            query = query.until(until);
            takes = takes.and(record -> !record.tod().isAfter(until));
            words.append(" until ").append(until);
        }
        if (random.nextInt(3) == 0) {
            String end = String.valueOf((char) ('a' + random.nextInt(5)));
            query = query.eventClass(name -> name.endsWith(end));
            takes = takes.and(record -> record.eventClass().endsWith(end));
            words.append(" class ").append(end);
        }
        if (random.nextInt(4) == 0) {
            Set<UUID> uuids = Set.of(new UUID(0, 1 + random.nextInt(5)), new UUID(0, 9));
            query = query.uuids(uuids);
            takes = takes.and(record -> uuids.contains(record.uuid()));
            words.append(" of ").append(uuids);
        }
        if (random.nextInt(3) == 0) {
            String name = (random.nextBoolean() ? "id1,sd@n" : "/devices/") + random.nextInt(6);
            query = random.nextBoolean() ? query.device(name) : query.device((Predicate<String>) name::equals);
            takes = takes.and(record -> record.bodyText().contains("\"" + name + "\""));
            words.append(" device ").append(name);
        }
        long last = random.nextInt(3) == 0 ? random.nextInt(2 * records.size() + 2) : Long.MAX_VALUE;
        return new Wish(query.last(last), takes, last, words + " last " + last);
    }

    /** The bodies of the records wanted. */
    List<String> expected(Wish wish) {
        return taken(wish).stream().map(LogRecord::bodyText).toList();
    }

    /** How many there are per day and class. */
    List<LogTally.Line> expectedCounts(Wish wish) {
        TreeMap<Instant, TreeMap<String, Long>> days = new TreeMap<>();
        for (LogRecord record : taken(wish)) {
            days.computeIfAbsent(record.tod().truncatedTo(ChronoUnit.DAYS), day -> new TreeMap<>())
                    .merge(record.eventClass(), 1L, Long::sum);
        }
        List<LogTally.Line> lines = new ArrayList<>();
        days.forEach(
                (day, classes) -> classes.forEach((name, count) -> lines.add(new LogTally.Line(day, name, "", count))));
        return lines;
    }

    private List<LogRecord> taken(Wish wish) {
        List<LogRecord> taken = records.stream().filter(wish.takes()).toList();
        return taken.subList((int) Math.max(0, taken.size() - Math.min(wish.last(), taken.size())), taken.size());
    }
}

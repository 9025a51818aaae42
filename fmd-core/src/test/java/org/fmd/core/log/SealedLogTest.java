// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.fmd.model.event.LogRef;
import org.junit.jupiter.api.Test;

/** A sealed file holds the same records at the same places as before, and answers the same questions. */
class SealedLogTest {

    @Test
    void readsTheSameBeforeAndAfter() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            FakeLogFiles files = new FakeLogFiles();
            try (EventLog log = Logs.open(files)) {
                for (int i = random.nextInt(700); i > 0; i--) {
                    log.append(record(random));
                }
            }
            List<LogEntry> before = entries(files, Logs.NO_DAMAGE);
            files.rename("errlog", "errlog.0");
            assertEquals(List.of(), LogSealer.seal(files, "errlog.0"), "seed " + seed);
            assertTrue(LogHeader.peek(files, "errlog.0").isSealed());
            assertEquals(before, entries(files, Logs.NO_DAMAGE), "seed " + seed);
            try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
                for (LogEntry entry : before) {
                    assertEquals(entry, reader.read(entry.ref()).orElseThrow(), "seed " + seed);
                    LogRef between = new LogRef(entry.ref().logId(), entry.ref().offset() + 1);
                    assertTrue(reader.read(between).isEmpty());
                }
            }
            assertTrue(LogVerify.file(files, "errlog.0").isSound());
            assertEquals(List.of("errlog.0"), files.names());
        }
    }

    @Test
    void answersQueriesAsALookAtEachRecord() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SampleHistory sample = SampleHistory.of(random);
            for (String name : LogHistory.names(sample.files(), "errlog")) {
                if (!name.equals("errlog") || random.nextBoolean()) {
                    LogSealer.seal(sample.files(), name);
                }
            }
            for (int i = 0; i < 6; i++) {
                SampleHistory.Wish wish = sample.wish(random);
                String what = "seed " + seed + ", " + wish.words();
                try (LogReader reader = LogReader.history(sample.files(), LogLabel.ERROR, Logs.NO_DAMAGE)
                        .select(wish.query())) {
                    assertEquals(sample.expected(wish), Logs.drain(reader), what);
                }
                for (LogTally tally :
                        List.of(LogTally.perClass().per(ChronoUnit.DAYS, ZoneOffset.UTC), LogTally.perClass())) {
                    try (LogReader reader = LogReader.history(sample.files(), LogLabel.ERROR, Logs.NO_DAMAGE)
                            .select(wish.query())) {
                        reader.count(tally);
                    }
                    assertEquals(sample.expected(wish).size(), tally.total(), what);
                }
                LogTally daily = LogTally.perClass().per(ChronoUnit.DAYS, ZoneOffset.UTC);
                try (LogReader reader = LogReader.history(sample.files(), LogLabel.ERROR, Logs.NO_DAMAGE)
                        .select(wish.query())) {
                    reader.count(daily);
                }
                assertEquals(sample.expectedCounts(wish), daily.lines(), what);
            }
        }
    }

    @Test
    void resumesAtAnyPlaceOfASealedFile() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        Random random = new Random(1);
        try (EventLog log = Logs.open(files)) {
            for (int i = 0; i < 600; i++) {
                log.append(record(random));
            }
        }
        List<LogEntry> all = entries(files, Logs.NO_DAMAGE);
        LogSealer.seal(files, "errlog");
        for (int i = 0; i < all.size(); i += 7) {
            try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
                assertTrue(reader.resumeAt(all.get(i).ref()));
                assertEquals(all.get(i), reader.next());
                assertTrue(reader.resumeAfter(all.get(i).ref()));
                LogEntry following = reader.next();
                assertEquals(i + 1 < all.size() ? all.get(i + 1) : null, following);
                assertTrue(reader.position().isPresent());
            }
        }
    }

    @Test
    void countsPerDevice() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files)) {
            for (int i = 0; i < 10; i++) {
                byte[] body = ("{\"devid\":\"d" + i % 3 + "\"}").getBytes(StandardCharsets.UTF_8);
                log.append(LogRecord.of(Logs.START, LogRecord.NO_UUID, "ereport.a", body));
            }
        }
        List<LogTally.Line> plain = perDevice(files);
        LogSealer.seal(files, "errlog");
        assertEquals(plain, perDevice(files));
        assertEquals(new LogTally.Line(null, "ereport.a", "d0", 4), plain.get(0));
    }

    private static List<LogTally.Line> perDevice(LogFiles files) throws IOException {
        LogTally tally = LogTally.perClass().perDevice();
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            reader.count(tally);
        }
        return tally.lines();
    }

    /** Bodies of few shapes, odd ones, and such as nobody should write. */
    static LogRecord record(Random random) {
        String number = switch (random.nextInt(8)) {
            case 0 -> "0";
            case 1 -> "007";
            case 2 -> "-5";
            case 3 -> "18446744073709551615";
            case 4 -> "18446744073709551616";
            case 5 -> Long.toUnsignedString(random.nextLong());
            case 6 -> "1.5e3";
            default -> String.valueOf(random.nextInt(1000));
        };
        int lba = random.nextInt();
        String body = switch (random.nextInt(9)) {
            case 0 -> "";
            case 1 -> "{\"n\":" + number + "}";
            case 2 -> "\u00e9 \"no JSON\\";
            case 3 ->
                "{\"a\":[" + (lba >>> 24) + "," + (lba >>> 16 & 255) + "],\"lba\":" + Integer.toUnsignedString(lba)
                        + "}";
            case 4 -> "[" + "1,".repeat(random.nextInt(3000)) + "]";
            case 5 -> "{\"x\":\"" + "y".repeat(random.nextInt(50)) + "\",\"z\":" + random.nextBoolean() + "}";
            default -> {
                int disk = random.nextInt(5);
                yield "{\"devid\":\"d" + disk + "\",\"serial\":\"S" + disk + "\",\"n\":" + random.nextInt(99) + "}";
            }
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
        }
        Instant tod =
                random.nextInt(10) == 0 ? LogTime.instant(random.nextLong()) : Logs.START.plusNanos(random.nextInt());
        UUID uuid = random.nextInt(4) == 0 ? new UUID(random.nextInt(3), 5) : LogRecord.NO_UUID;
        return LogRecord.of(tod, uuid, "ereport." + "abc".charAt(random.nextInt(3)), bytes);
    }

    static List<LogEntry> entries(LogFiles files, java.util.function.Consumer<Damage> damage) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, damage)) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A query shows and counts what a look at each record would. */
class LogQueryTest {

    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

    private final List<Damage> damage = new ArrayList<>();

    @Test
    void agreesWithALookAtEachRecord() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SampleHistory sample = SampleHistory.of(random);
            for (int i = 0; i < 5; i++) {
                SampleHistory.Wish wish = sample.wish(random);
                String what = "seed " + seed + ", " + wish.words();
                assertEquals(sample.expected(wish), select(sample.files(), wish.query()), what);
                assertEquals(
                        sample.expectedCounts(wish),
                        count(sample.files(), wish.query(), LogTally.perClass().per(ChronoUnit.DAYS, ZoneOffset.UTC)),
                        what);
            }
        }
    }

    @Test
    void followsWhatIsSelected() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files);
                LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)
                        .select(LogQuery.ALL.eventClass("ereport.b"::equals).last(1))) {
            append(log, DAY, "ereport.b", "early");
            append(log, DAY, "ereport.b", "first");
            append(log, DAY, "ereport.a", "other");
            assertEquals(List.of("first"), Logs.drain(reader));
            append(log, DAY, "ereport.a", "other");
            append(log, DAY, "ereport.b", "second");
            assertEquals(List.of("second"), Logs.drain(reader));
        }
    }

    @Test
    void showsOnlyWhatFollowsWhenTheLastNoneAreWanted() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files);
                LogReader reader =
                        LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE).select(LogQuery.ALL.last(0))) {
            append(log, DAY, "ereport.a", "early");
            assertEquals(List.of(), Logs.drain(reader));
            append(log, DAY, "ereport.a", "late");
            assertEquals(List.of("late"), Logs.drain(reader));
        }
    }

    @Test
    void tellsTheDamagedBodyOfARecordThatIsWantedAndOfNoOther() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files)) {
            append(log, DAY, "ereport.a", "one");
            append(log, DAY, "ereport.b", "two");
        }
        byte[] bytes = files.bytes("errlog");
        bytes[bytes.length - 1] ^= 1;
        files.put("errlog", bytes);
        assertEquals(List.of("one"), select(files, LogQuery.ALL.eventClass("ereport.a"::equals)));
        assertEquals(List.of(), damage);
        assertEquals(List.of(), select(files, LogQuery.ALL.eventClass("ereport.b"::equals)));
        assertEquals(1, damage.size());
    }

    @Test
    void aListOfColumnsTouchesNoBodyOfASealedFile() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files)) {
            append(log, DAY, "ereport.a", "one");
            append(log, DAY, "ereport.b", "two");
        }
        files.rename("errlog", "errlog-00000001");
        LogSealer.seal(files, "errlog-00000001");
        byte[] bytes = files.bytes("errlog-00000001");
        bytes[LogHeader.START + BlockFrame.SIZE + 1] ^= 1;
        files.put("errlog-00000001", bytes);
        try (LogReader reader =
                LogReader.history(files, LogLabel.ERROR, damage::add).columnsAlone()) {
            assertTrue(reader.advance());
            assertEquals("ereport.a", reader.eventClass());
            assertTrue(reader.advance());
            assertEquals(DAY, reader.tod());
            assertEquals(List.of(), damage);
            assertEquals(0, reader.body().length);
            assertFalse(reader.bodyValid());
            assertEquals(1, damage.size());
            assertFalse(reader.advance());
        }
    }

    @Test
    void asksForEachClassOnce() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files)) {
            for (int i = 0; i < 3000; i++) {
                append(log, DAY, "ereport." + i % 300, "body");
            }
        }
        List<String> asked = new ArrayList<>();
        Predicate<String> passes = eventClass -> {
            asked.add(eventClass);
            return eventClass.endsWith("7");
        };
        assertEquals(300, select(files, LogQuery.ALL.eventClass(passes)).size());
        assertEquals(300, asked.size());
    }

    @Test
    void countsDaysAsLongAsTheyAreThere() throws IOException {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files)) {
            Instant midnight = Instant.parse("2026-03-28T23:00:00Z"); // of a day with 23 hours
            for (int hour = -1; hour < 24; hour++) {
                append(log, midnight.plus(Duration.ofHours(hour)), "ereport.a", "");
            }
        }
        List<Long> counts = count(files, LogQuery.ALL, LogTally.perClass().per(ChronoUnit.DAYS, berlin)).stream()
                .map(LogTally.Line::count)
                .toList();
        assertEquals(List.of(1L, 23L, 1L), counts);
        assertEquals(
                25,
                count(files, LogQuery.ALL, LogTally.perClass().per(ChronoUnit.HOURS, berlin))
                        .size());
    }

    @Test
    void refusesPeriodsAndCountsThatAreNone() {
        LogTally tally = LogTally.perClass();
        assertThrows(IllegalArgumentException.class, () -> tally.per(ChronoUnit.WEEKS, ZoneOffset.UTC));
        assertThrows(IllegalArgumentException.class, () -> LogQuery.ALL.last(-1));
    }

    @Test
    void findsAllNamesOfADevice() {
        String body =
                "{\"class\":\"x\",\"detector\":{\"scheme\":\"dev\",\"device-path\":\"/d/1\",\"devid\":\"id1,sd@n5\"},"
                        + "\"devid\":\"id1,sd@n5\",\"serial\":\"a\\\"b\\u00e9\",\"devid-not\":\"no\",\"x\":\"devid\"}";
        assertEquals(List.of("id1,sd@n5", "/d/1", "a\"b\u00e9"), DeviceNames.of(utf8(body)));
        String hc = "{\"fault-list:nvlist[]\":[{\"serial\":\"S1\",\"resource\":{\"version:uint8\":0,\"scheme\":\"hc\","
                + "\"hc-root\":\"\",\"hc-list-sz:uint32\":1,"
                + "\"hc-list:nvlist[]\":[{\"hc-name\":\"bay\",\"hc-id\":\"3\"}]}}]}";
        assertEquals(List.of("hc:///bay=3", "S1"), DeviceNames.of(utf8(hc)));
        for (String text :
                List.of("", "{", "\"", "{\"devid\":", "{\"devid\":\"", "{\"devid\":\"\\", "\"hc-list", "\\u12")) {
            assertTrue(DeviceNames.of(utf8(text)).size() <= 1, text);
        }
        assertFalse(DeviceNames.mayContain(utf8(body), "id1,sd@n6"));
        assertTrue(DeviceNames.mayContain(utf8(body), "a\"b\u00e9"));
    }

    private List<String> select(LogFiles files, LogQuery query) throws IOException {
        try (LogReader reader =
                LogReader.history(files, LogLabel.ERROR, damage::add).select(query)) {
            return Logs.drain(reader);
        }
    }

    private List<LogTally.Line> count(LogFiles files, LogQuery query, LogTally tally) throws IOException {
        try (LogReader reader =
                LogReader.history(files, LogLabel.ERROR, damage::add).select(query)) {
            reader.count(tally);
        }
        List<LogTally.Line> lines = tally.lines();
        assertEquals(
                tally.total(), lines.stream().mapToLong(LogTally.Line::count).sum());
        return lines;
    }

    private static void append(EventLog log, Instant tod, String eventClass, String body) throws IOException {
        log.append(LogRecord.of(tod, LogRecord.NO_UUID, eventClass, utf8(body)));
        log.sync();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.fmd.core.log.FakeLogFiles.Fault;
import org.fmd.core.log.FakeLogFiles.Loss;
import org.fmd.core.log.LogException.Condition;
import org.fmd.model.event.LogRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {

    private final FakeLogFiles files = new FakeLogFiles();

    @Test
    void keepsWhatWasSyncedWhenThePowerFails() throws IOException {
        EventLog log = Logs.open(files);
        log.append(Logs.record("one"));
        log.append(Logs.record("two"));
        log.sync();
        log.append(Logs.record("three"));
        files.crash(Loss.ALL, new Random(1));
        assertEquals(List.of("one", "two"), Logs.readAll(files));
    }

    @Test
    void syncsAllPendingRecordsAtOnce() throws IOException {
        EventLog log = Logs.open(files);
        int before = files.forces();
        for (int i = 0; i < 64; i++) {
            log.append(Logs.record("record " + i));
        }
        assertEquals(64, log.unsynced());
        log.sync();
        log.sync();
        assertEquals(before + 1, files.forces());
        assertEquals(0, log.unsynced());
        assertEquals(log.length(), log.synced());
    }

    @Test
    void namesEachRecordByFileAndOffset() throws IOException {
        try (EventLog log = Logs.open(files)) {
            LogRef one = log.append(Logs.record("one"));
            LogRef two = log.append(Logs.record("two"));
            assertEquals(new LogRef(log.header().id(), 8192), one);
            assertEquals(log.header().id(), two.logId());
            assertTrue(two.offset() > one.offset());
            log.sync();
            try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
                assertEquals(
                        new LogEntry(two, Logs.record("two")), reader.read(two).orElseThrow());
                assertEquals(
                        new LogEntry(one, Logs.record("one")), reader.read(one).orElseThrow());
            }
        }
    }

    @Test
    void goesOnWhereItWasClosed() throws IOException {
        Logs.append(files, "one", "two");
        try (EventLog log = Logs.open(files)) {
            assertEquals(List.of(), log.notices());
            log.append(Logs.record("three"));
        }
        assertEquals(List.of("one", "two", "three"), Logs.readAll(files));
        assertEquals(List.of("errlog"), files.names());
    }

    @Test
    void keepsRecordsBeforeATornTail() throws IOException {
        byte[] whole = Logs.logOf("one", "two", "three");
        int[] ends = {LogHeader.START, 0, 0, 0};
        for (int i = 1; i <= 3; i++) {
            ends[i] = Logs.logOf(Arrays.copyOf(new String[] {"one", "two", "three"}, i)).length;
        }
        for (int cut = 0; cut <= whole.length; cut += cut % 4096 < 256 || cut > 8000 ? 1 : 8) {
            FakeLogFiles torn = Logs.filesWith(Arrays.copyOf(whole, cut));
            int expected = 0;
            while (expected < 3 && ends[expected + 1] <= cut) {
                expected++;
            }
            try (EventLog log = Logs.open(torn)) {
                List<String> survivors = Logs.readAll(torn);
                assertEquals(List.of("one", "two", "three").subList(0, expected), survivors, "cut at byte " + cut);
                boolean clean = cut == ends[expected];
                assertEquals(clean, log.notices().isEmpty(), "cut at byte " + cut + ": " + log.notices());
                log.append(Logs.record("after"));
                log.sync();
                List<String> all = new ArrayList<>(survivors);
                all.add("after");
                assertEquals(all, Logs.readAll(torn), "cut at byte " + cut);
            }
        }
    }

    @Test
    void saysWhatItTrimmedAndKeepsACopy() throws IOException {
        byte[] whole = Logs.logOf("one", "two", "three");
        int last = Logs.logOf("one", "two").length;
        int size = whole.length - last;
        FakeLogFiles torn = Logs.filesWith(Arrays.copyOf(whole, whole.length - 3));
        try (EventLog log = Logs.open(torn)) {
            assertEquals(
                    "Torn record at offset " + last + " of 'errlog': " + (size - 3) + " of " + size
                            + " bytes present. Trimmed; 2 records kept. What was cut is in 'errlog.torn.0'.",
                    log.notices().get(0).sentence());
        }
        assertEquals(last, torn.bytes("errlog").length);
        byte[] copy = torn.bytes("errlog.torn.0");
        assertEquals(-1, Arrays.mismatch(copy, Arrays.copyOfRange(whole, last, whole.length - 3)));
    }

    @Test
    void keepsNoCopyOfATailOfZeros() throws IOException {
        byte[] whole = Logs.logOf("one");
        FakeLogFiles torn = Logs.filesWith(Arrays.copyOf(whole, whole.length + 5000));
        try (EventLog log = Logs.open(torn)) {
            assertEquals(
                    "Torn record at offset " + whole.length
                            + " of 'errlog': 5000 bytes present. Trimmed; 1 records kept.",
                    log.notices().get(0).sentence());
        }
        assertEquals(List.of("errlog"), torn.names());
    }

    @Test
    void keepsTheTenNewestTornTails() throws IOException {
        for (int i = 0; i < 12; i++) {
            Logs.append(files, "record " + i);
            byte[] bytes = files.bytes("errlog");
            byte[] torn = Arrays.copyOf(bytes, bytes.length + 1 + i);
            torn[bytes.length] = 'x';
            files.put("errlog", torn);
        }
        Logs.append(files);
        assertEquals(12, Logs.readAll(files).size());
        assertEquals(
                10,
                files.names().stream()
                        .filter(name -> name.startsWith("errlog.torn."))
                        .count());
        assertEquals(12, files.bytes("errlog.torn.0").length);
        assertEquals(3, files.bytes("errlog.torn.9").length);
    }

    @Test
    void opensThoughTheDiskHasNoRoomForTheCopy() throws IOException {
        byte[] whole = Logs.logOf("one", "two");
        FakeLogFiles torn = Logs.filesWith(Arrays.copyOf(whole, whole.length - 1));
        torn.capacity(whole.length - 1);
        try (EventLog log = EventLog.open(torn, LogLabel.ERROR, Logs.ORIGIN, Logs.options())) {
            assertTrue(log.notices().get(0).sentence().endsWith("No copy of what was cut: No space left on device."));
        }
        assertEquals(List.of("one"), Logs.readAll(torn));
    }

    @Test
    void setsADamagedFileAsideAndKeepsItInTheHistory() throws IOException {
        Logs.append(files, "one", "two", "three");
        byte[] bytes = files.bytes("errlog");
        int second = Logs.logOf("one").length;
        bytes[second + 50] ^= 4;
        files.put("errlog", bytes);
        try (EventLog log = Logs.open(files)) {
            LogNotice.SetAside notice =
                    assertInstanceOf(LogNotice.SetAside.class, log.notices().get(0));
            assertEquals("errlog-00000001", notice.movedTo());
            assertEquals(
                    "Damage at offset " + second + " of 'errlog': record header checksum does not match."
                            + " Set aside as 'errlog-00000001' with 2 readable records; a new log begins.",
                    notice.sentence());
            log.append(Logs.record("four"));
        }
        assertEquals(-1, Arrays.mismatch(bytes, files.bytes("errlog-00000001")), "the damaged file is left as it was");
        List<Damage> damage = new ArrayList<>();
        assertEquals(List.of("one", "three", "four"), Logs.readAll(files, damage::add));
        assertEquals(1, damage.size());
    }

    @Test
    void givesTheNextNumberToAFileThatIsSetAside() throws IOException {
        for (String body : List.of("one", "two", "three")) {
            Logs.append(files, body);
            byte[] bytes = files.bytes("errlog");
            bytes[5000] ^= 1; // second copy of the header: readable, but damaged
            files.put("errlog", bytes);
        }
        Logs.append(files, "four");
        assertEquals(List.of("errlog", "errlog-00000001", "errlog-00000002", "errlog-00000003"), files.names());
        List<Damage> damage = new ArrayList<>();
        assertEquals(List.of("one", "two", "three", "four"), Logs.readAll(files, damage::add));
        assertEquals(3, damage.size());
    }

    @Test
    void setsAFileWithoutHeaderAsideOutsideOfTheHistory() throws IOException {
        files.put("errlog", "not a log at all".getBytes(StandardCharsets.UTF_8));
        try (EventLog log = Logs.open(files)) {
            assertEquals(
                    "Damage at offset 0 of 'errlog': no whole header."
                            + " Set aside as 'errlog.bad.0' with 0 readable records; a new log begins.",
                    log.notices().get(0).sentence());
            log.append(Logs.record("one"));
        }
        assertEquals(List.of("one"), Logs.readAll(files));
    }

    @Test
    void refusesANewerVersionByName() throws IOException {
        byte[] bytes = TestHeaders.withField(Logs.logOf("one"), 8, 7);
        files.put("errlog", bytes);
        LogException refusal = assertThrows(LogException.class, () -> Logs.open(files));
        assertEquals(Condition.NEWER_VERSION, refusal.condition());
        assertEquals(
                "'errlog' is in log format version 7, this program reads up to version 2;"
                        + " read it with the fmd that wrote it, or move it away",
                refusal.getMessage());
        assertEquals(-1, Arrays.mismatch(bytes, files.bytes("errlog")), "the file is left as it was");
        assertEquals(List.of("errlog"), files.names());
    }

    @Test
    void refusesAnIncompatibleFeature() throws IOException {
        files.put("errlog", TestHeaders.withField(Logs.logOf("one"), 16, 0x40));
        LogException refusal = assertThrows(LogException.class, () -> Logs.open(files));
        assertEquals(Condition.INCOMPATIBLE, refusal.condition());
        assertTrue(refusal.getMessage().contains("(incompatible flags 0x40)"), refusal.getMessage());
    }

    @Test
    void readsButDoesNotWriteAFileWithACompatibleFeatureItDoesNotKnow() throws IOException {
        files.put("errlog", TestHeaders.withField(Logs.logOf("one"), 12, 2));
        assertEquals(List.of("one"), Logs.readAll(files));
        Logs.append(files, "two");
        assertEquals(List.of("errlog", "errlog-00000001"), files.names());
        assertEquals(List.of("one", "two"), Logs.readAll(files));
    }

    @Test
    void refusesALogOfAnotherKind() throws IOException {
        files.put("fltlog", Logs.logOf("one"));
        LogException refusal = assertThrows(
                LogException.class, () -> EventLog.open(files, LogLabel.FAULT, Logs.ORIGIN, LogOptions.DEFAULT));
        assertEquals(Condition.WRONG_LABEL, refusal.condition());
        assertEquals("'fltlog' is a log labelled 'error', not 'fault'; move it away", refusal.getMessage());
    }

    @Test
    void goesOnAfterAnyRefusedWrite() throws IOException {
        for (Fault fault : List.of(Fault.WRITE_FAILS, Fault.FORCE_FAILS)) {
            FakeLogFiles failing = new FakeLogFiles();
            EventLog log = Logs.open(failing);
            log.append(Logs.record("one"));
            log.sync();
            long good = log.length();
            failing.arm(fault, 1);
            log.append(Logs.record("two"));
            LogException failure = assertThrows(LogException.class, log::sync);
            assertEquals(Condition.WRITE_FAILED, failure.condition());
            assertEquals("errlog", failure.path());
            assertEquals(good, failure.offset());
            assertInstanceOf(IOException.class, failure.getCause());
            assertTrue(failure.getMessage().endsWith("; 1 records are not in the log."), failure.getMessage());
            assertEquals(good, failing.bytes("errlog").length, "the file ends where it was good");
            assertEquals(new LogRef(log.header().id(), good), log.append(Logs.record("three")));
            log.sync();
            failing.crash(Loss.ALL, new Random(1));
            assertEquals(List.of("one", "three"), Logs.readAll(failing), fault.toString());
        }
    }

    @Test
    void doesNotBringBackWhatItReportedAsLost() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            FakeLogFiles failing = new FakeLogFiles();
            EventLog log = Logs.open(failing);
            log.append(Logs.record("one"));
            log.sync();
            for (int i = 0; i < 10; i++) {
                log.append(Logs.record("lost " + i));
            }
            failing.arm(Fault.WRITE_FAILS, 1);
            assertThrows(LogException.class, log::sync);
            failing.crash(seed % 2 == 0 ? Loss.SOME : Loss.NONE, new Random(seed));
            Logs.append(failing);
            assertEquals(List.of("one"), Logs.readAll(failing), "seed " + seed);
        }
    }

    @Test
    void setsAnEmptyLogWithADamagedHeaderAside() throws IOException {
        Logs.append(files);
        for (int at : new int[] {20, 3000, 4096, 8191}) {
            FakeLogFiles damaged = Logs.filesWith(files.bytes("errlog"));
            byte[] bytes = damaged.bytes("errlog");
            bytes[at] ^= 1;
            damaged.put("errlog", bytes);
            Logs.append(damaged, "one");
            assertEquals(List.of("errlog", "errlog-00000001"), damaged.names(), "byte " + at);
            assertEquals(-1, Arrays.mismatch(bytes, damaged.bytes("errlog-00000001")), "byte " + at);
        }
    }

    @Test
    void setsAsideDurably() throws IOException {
        Logs.append(files, "one");
        assertEquals("errlog.0", LogHistory.setAside(files, "errlog", "errlog"));
        files.crash(Loss.ALL, new Random(1));
        assertEquals(List.of("errlog.0"), files.names());
    }

    @Test
    void finishesAShortWrite() throws IOException {
        EventLog log = Logs.open(files);
        for (int i = 0; i < 20; i++) {
            files.arm(Fault.WRITE_SHORT, 1);
            log.append(Logs.record("record " + i));
            log.sync();
        }
        assertEquals(20, Logs.readAll(files).size());
    }

    @Test
    void takesTheFailedWriteBackLaterWhenItCannotAtOnce() throws IOException {
        EventLog log = Logs.open(files);
        log.append(Logs.record("one"));
        log.sync();
        log.append(Logs.record("two"));
        files.arm(Fault.FORCE_FAILS, 1);
        files.arm(Fault.TRUNCATE_FAILS, 1);
        assertThrows(LogException.class, log::sync);
        files.arm(Fault.TRUNCATE_FAILS, 1);
        LogException still = assertThrows(LogException.class, () -> log.append(Logs.record("three")));
        assertEquals(Condition.ROLLBACK_FAILED, still.condition());
        log.append(Logs.record("four"));
        log.sync();
        assertEquals(List.of("one", "four"), Logs.readAll(files));
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenItIsNot() throws IOException {
        EventLog log = EventLog.open(files, LogLabel.ERROR, Logs.ORIGIN, Logs.options());
        log.append(Logs.record("one"));
        log.sync();
        log.append(Logs.record("two"));
        files.capacity(log.synced() + 20); // someone else filled the disk between append and sync
        LogException failure = assertThrows(LogException.class, log::sync);
        assertEquals(Condition.NO_SPACE, failure.condition());
        assertEquals(log.synced(), files.bytes("errlog").length, "no half record stays");
        files.capacity(Long.MAX_VALUE);
        log.append(Logs.record("three"));
        log.sync();
        assertEquals(List.of("one", "three"), Logs.readAll(files));
    }

    @Test
    void leavesTheLastMegabytesOfTheDiskAlone() throws IOException {
        files.capacity(40_000);
        LogOptions options = new LogOptions(10_000, LogOptions.DEFAULT.clock(), LogOptions.DEFAULT.ids());
        EventLog log = EventLog.open(files, LogLabel.ERROR, Logs.ORIGIN, options);
        int taken = 0;
        LogException refusal = null;
        while (refusal == null) {
            try {
                log.append(Logs.record("x".repeat(500)));
                taken++;
            } catch (LogException e) {
                refusal = e;
            }
        }
        assertEquals(Condition.LOG_MINFREE, refusal.condition());
        log.sync();
        assertTrue(files.usableSpace() >= 10_000, "left " + files.usableSpace());
        assertTrue(files.usableSpace() < 11_000, "stopped too early at " + files.usableSpace());
        assertEquals(taken, Logs.readAll(files).size());
        files.capacity(50_000);
        log.append(Logs.record("there is room again"));
        log.sync();
        assertEquals(taken + 1, Logs.readAll(files).size());
    }

    @Test
    void refusesARecordThatIsTooLargeAndTakesTheLargest() throws IOException {
        int room = RecordCodec.MAX_RECORD - RecordCodec.ENVELOPE - Logs.CLASS.length();
        try (EventLog log = Logs.open(files)) {
            log.append(Logs.record("small"));
            LogException refusal =
                    assertThrows(LogException.class, () -> log.append(Logs.record("x".repeat(room + 1))));
            assertEquals(Condition.RECORD_TOO_LARGE, refusal.condition());
            LogRecord longClass = LogRecord.of(Logs.START, LogRecord.NO_UUID, "c".repeat(1025), new byte[0]);
            assertEquals(
                    Condition.RECORD_TOO_LARGE,
                    assertThrows(LogException.class, () -> log.append(longClass))
                            .condition());
            log.append(Logs.record("y".repeat(room)));
            log.append(Logs.record("small too"));
        }
        assertEquals(List.of("small", "y".repeat(room), "small too"), Logs.readAll(files));
    }

    @Test
    void keepsEveryFieldOfARecord() throws IOException {
        List<LogRecord> records = new ArrayList<>();
        Random random = new Random(5);
        for (String tod :
                List.of("1970-01-01T00:00:00Z", "2026-11-21T01:02:03.000000004Z", "2400-02-29T23:59:59.999999999Z")) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            records.add(LogRecord.of(
                    Instant.parse(tod), new UUID(random.nextLong(), random.nextLong()), "class.\u00e9\u4e2d", body));
        }
        records.add(LogRecord.of(Logs.START, LogRecord.NO_UUID, "", new byte[0]));
        try (EventLog log = Logs.open(files)) {
            for (LogRecord record : records) {
                log.append(record);
            }
        }
        List<LogRecord> read = new ArrayList<>();
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                read.add(entry.record());
            }
        }
        assertEquals(records, read);
    }

    @Test
    void countsATimeOutsideOfTheRangeAsTheNearestInside() {
        assertEquals(
                Instant.EPOCH,
                LogRecord.of(Instant.MIN, LogRecord.NO_UUID, "c", new byte[0]).tod());
        Instant last =
                LogRecord.of(Instant.MAX, LogRecord.NO_UUID, "c", new byte[0]).tod();
        assertEquals(Instant.parse("2554-07-21T23:34:33.709551615Z"), last);
        assertEquals(
                last, LogRecord.of(last, LogRecord.NO_UUID, "c", new byte[0]).tod());
    }

    @Test
    void outlivesAnInterruptOfItsThread(@TempDir Path dir) throws IOException {
        LogFiles real = LogFiles.in(dir);
        try (EventLog log = Logs.open(real)) {
            for (int i = 0; i < 10; i++) {
                log.append(Logs.record("record " + i));
                Thread.currentThread().interrupt();
                log.sync();
                assertTrue(Thread.interrupted(), "the interrupt is still there for its owner");
            }
        }
        assertEquals(10, Logs.readAll(real).size());
    }

    @Test
    void doesAllThisInARealDirectoryToo(@TempDir Path dir) throws IOException {
        LogFiles real = LogFiles.in(dir);
        Logs.append(real, "one", "two");
        Path file = dir.resolve("errlog");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        Logs.append(real, "three");
        assertTrue(Files.exists(dir.resolve("errlog.torn.0")));
        assertEquals(List.of("one", "three"), Logs.readAll(real));
        bytes = Files.readAllBytes(file);
        bytes[8192 + 3] ^= 1;
        Files.write(file, bytes);
        Logs.append(real, "four");
        List<Damage> damage = new ArrayList<>();
        assertEquals(List.of("three", "four"), Logs.readAll(real, damage::add));
        assertEquals(dir.resolve("errlog-00000001").toString(), damage.get(0).path());
        assertFalse(Files.exists(dir.resolve("errlog+")));
        assertTrue(real.usableSpace() > 0);
    }

    @Test
    void beginsANewLogAfterACrashBetweenSettingAsideAndCreating() throws IOException {
        Logs.append(files, "one");
        byte[] bytes = files.bytes("errlog");
        bytes[100] ^= 1;
        files.put("errlog", bytes);
        files.arm(Fault.WRITE_FAILS, 1);
        assertThrows(IOException.class, () -> Logs.open(files));
        files.crash(Loss.ALL, new Random(1));
        Logs.append(files, "two");
        List<Damage> damage = new ArrayList<>();
        assertEquals(List.of("one", "two"), Logs.readAll(files, damage::add));
        assertNotEquals(List.of(), damage);
    }
}

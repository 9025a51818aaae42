// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** Program, document and the files already out there agree. */
class LogFormatTest {

    private static final UUID CASE = UUID.fromString("5ca1ab1e-0000-4000-8000-00000000c0de");
    private static final List<LogRecord> SAMPLE = List.of(
            LogRecord.of(Logs.START, LogRecord.NO_UUID, Logs.CLASS, utf8("{\"class\":\"" + Logs.CLASS + "\"}")),
            LogRecord.of(
                    Instant.parse("2500-01-01T00:00:00Z"), CASE, "list.suspect", utf8("{\"fault\":\"\u00e9\u4e2d\"}")),
            LogRecord.of(Instant.EPOCH, LogRecord.NO_UUID, "ireport.os.empty", new byte[0]));

    @Test
    void writesVersionOneByteForByte() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        write(files);
        assertEquals(-1, Arrays.mismatch(Fixtures.bytes("logs/errlog-v1.bin"), files.bytes("errlog")));
    }

    @Test
    void readsVersionOne() throws IOException {
        FakeLogFiles files = Logs.filesWith(Fixtures.bytes("logs/errlog-v1.bin"));
        List<LogRecord> read = new ArrayList<>();
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            while (reader.advance()) {
                read.add(reader.entry().record());
            }
        }
        assertEquals(SAMPLE, read);
    }

    @Test
    void peeksAtAHeader() throws IOException {
        FakeLogFiles files = Logs.filesWith(Fixtures.bytes("logs/errlog-v1.bin"));
        UUID id = UUID.fromString("01234567-89ab-4cde-0000-000000000001");
        assertEquals(
                new LogHeader(1, 0, 0, 8192, id, Logs.START, "error", Logs.ORIGIN, null),
                LogHeader.peek(files, "errlog"));
    }

    @Test
    void isReadByASecondReaderWrittenFromTheDocument() throws IOException {
        byte[] file = Fixtures.bytes("logs/errlog-v1.bin");
        assertEquals(
                "{version=1, compatible=0, incompatible=0, start=8192, uuid=01234567-89ab-4cde-0000-000000000001,"
                        + " created=1772366400123456789, label=error, creator=fmd 1.0, host=host7,"
                        + " osrel=6.1.0-18-amd64, osver=#1 SMP Debian 6.1.76-1, plat=amd64}",
                SecondReader.header(file).toString());
        assertSecondReaderAgrees(SAMPLE, file, "the fixture");
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<LogRecord> records = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                records.add(LogRecord.owning(
                        random.nextLong(),
                        new UUID(random.nextLong(), random.nextLong()),
                        "c".repeat(random.nextInt(1025)),
                        utf8("b".repeat(random.nextInt(2_000)))));
            }
            FakeLogFiles files = new FakeLogFiles();
            try (EventLog log = Logs.open(files)) {
                for (LogRecord record : records) {
                    log.append(record);
                }
            }
            assertSecondReaderAgrees(records, files.bytes("errlog"), "seed " + seed);
        }
    }

    /** Compression may differ from one Java to another; all that is read from it may not. */
    @Test
    void readsVersionTwo() throws IOException {
        FakeLogFiles files = Logs.filesWith(Fixtures.bytes("logs/errlog-v2-sealed.bin"));
        List<LogEntry> read = SealedLogTest.entries(files, Logs.NO_DAMAGE);
        assertEquals(SealedLogTest.entries(plainSample(), Logs.NO_DAMAGE), read);
        assertEquals(300, read.size());
        assertTrue(LogVerify.file(files, "errlog").isSound());
    }

    @Test
    void isReadByASecondReaderWhenSealed() throws IOException {
        assertSecondSealedReaderAgrees(Fixtures.bytes("logs/errlog-v2-sealed.bin"), "the fixture");
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            FakeLogFiles files = new FakeLogFiles();
            try (EventLog log = Logs.open(files)) {
                for (int i = 1 + random.nextInt(40); i > 0; i--) {
                    log.append(SealedLogTest.record(random));
                }
            }
            LogSealer.seal(files, "errlog", 1 + random.nextInt(20));
            assertSecondSealedReaderAgrees(files.bytes("errlog"), "seed " + seed);
        }
    }

    private static FakeLogFiles plainSample() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        Random random = new Random(5);
        try (EventLog log = EventLog.open(files, LogLabel.ERROR, Logs.ORIGIN, Logs.options())) {
            for (int i = 0; i < 300; i++) {
                log.append(SealedLogTest.record(random));
            }
        }
        return files;
    }

    private static void assertSecondSealedReaderAgrees(byte[] file, String what) throws IOException {
        List<LogEntry> first = SealedLogTest.entries(Logs.filesWith(file), Logs.NO_DAMAGE);
        List<SecondReader.Row> rows = new ArrayList<>();
        List<SecondSealedReader.Entry> entries = new ArrayList<>();
        for (LogEntry entry : first) {
            LogRecord record = entry.record();
            long offset = entry.ref().offset();
            rows.add(new SecondReader.Row(
                    offset, record.timeNanos(), record.uuid(), 1, 0, record.eventClass(), record.bodyText()));
            entries.add(new SecondSealedReader.Entry(
                    offset,
                    44 + record.eventClass().length() + record.body().length,
                    record.timeNanos(),
                    record.uuid(),
                    record.eventClass(),
                    DeviceNames.of(record.body())));
        }
        assertEquals(rows, SecondSealedReader.records(file), what);
        assertEquals(entries, SecondSealedReader.entries(file), what);
    }

    private static void assertSecondReaderAgrees(List<LogRecord> records, byte[] file, String what) {
        List<SecondReader.Row> rows = SecondReader.records(file);
        assertEquals(records.size(), rows.size(), what);
        for (int i = 0; i < records.size(); i++) {
            LogRecord record = records.get(i);
            SecondReader.Row row = new SecondReader.Row(
                    rows.get(i).offset(),
                    record.timeNanos(),
                    record.uuid(),
                    1,
                    0,
                    record.eventClass(),
                    record.bodyText());
            assertEquals(row, rows.get(i), what);
        }
    }

    private static void write(LogFiles files) throws IOException {
        try (EventLog log = EventLog.open(files, LogLabel.ERROR, Logs.ORIGIN, Logs.options())) {
            for (LogRecord record : SAMPLE) {
                log.append(record);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a damaged file still says can be counted, and copied to one that is whole. */
class LogSalvageTest {

    @Test
    void verifiesASoundFile() throws IOException {
        FakeLogFiles files = Logs.filesWith(Logs.logOf("one", "two"));
        LogVerify found = LogVerify.file(files, "errlog");
        assertTrue(found.isSound());
        assertEquals(2, found.records());
        assertEquals(Logs.START, found.earliest());
        assertEquals(Logs.START, found.latest());
        assertEquals(files.bytes("errlog").length, found.bytes());
        assertEquals(0, found.unfinished());
        assertEquals(List.of(found), LogVerify.history(files, LogLabel.ERROR));
    }

    @Test
    void verifiesWhateverIsThere() throws IOException {
        byte[] log = Logs.logOf("one", "two");
        for (int cut = 0; cut <= log.length; cut++) {
            LogVerify found = LogVerify.file(Logs.filesWith(Arrays.copyOf(log, cut)), "errlog");
            if (cut < LogHeader.COPY) {
                assertFalse(found.isSound());
                assertNull(found.header());
            }
            assertTrue(found.records() <= 2, "cut at " + cut);
        }
        byte[] newer = log.clone();
        newer[8] = 99;
        assertFalse(LogVerify.file(Logs.filesWith(newer), "errlog").isSound());
    }

    @Test
    void keepsEveryReferenceOfWhatItSalvages() throws IOException {
        byte[] log = Logs.logOf("one", "two", "three", "four", "five");
        List<LogEntry> all = entries(Logs.filesWith(log), "errlog");
        for (int bit = LogHeader.START * 8; bit < log.length * 8; bit += 3) {
            byte[] flipped = log.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            FakeLogFiles files = Logs.filesWith(flipped);
            LogSalvage salvage = LogSalvage.copy(files, "errlog", files, "saved");
            assertEquals(4, salvage.records(), "bit " + bit);
            List<LogEntry> saved = entries(files, "saved");
            assertEquals(4, saved.size());
            assertTrue(all.containsAll(saved), "bit " + bit);
            assertTrue(LogVerify.file(files, "saved").isSound());
            assertFalse(files.names().contains("saved+"));
        }
    }

    @Test
    void salvagesAroundALargeHole() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files)) {
            log.append(Logs.record("before"));
            for (int i = 0; i < 3; i++) {
                log.append(Logs.record("x".repeat(3 << 20)));
            }
            log.append(Logs.record("after"));
        }
        byte[] bytes = files.bytes("errlog");
        for (int i = LogHeader.START + 200; i < bytes.length - 200; i += 1000) {
            bytes[i] ^= 1;
        }
        files.put("errlog", bytes);
        assertEquals(2, LogSalvage.copy(files, "errlog", files, "saved").records());
        assertTrue(LogVerify.file(files, "saved").isSound());
        assertEquals("after", entries(files, "saved").get(1).record().bodyText());
    }

    @Test
    void hasNothingToSalvageWithoutAHeader() throws IOException {
        FakeLogFiles files = Logs.filesWith(new byte[20_000]);
        assertThrows(LogException.class, () -> LogSalvage.copy(files, "errlog", files, "saved"));
        assertEquals(List.of("errlog"), files.names());
    }

    private static List<LogEntry> entries(LogFiles files, String name) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        try (LogReader reader = LogReader.file(files, name, damage -> {})) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.fmd.core.log.FakeLogFiles.Fault;
import org.fmd.core.log.LogException.Condition;
import org.fmd.model.event.LogRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

    private final FakeLogFiles files = new FakeLogFiles();
    private final List<Damage> damage = new ArrayList<>();

    @Test
    void readsAllFilesOfALabelAsOneHistoryOldestFirst() throws IOException {
        for (int i = 0; i < 12; i++) {
            Logs.append(files, "first of " + i, "second of " + i);
            rotate();
        }
        Logs.append(files, "last");
        files.put("errlog.torn.0", new byte[] {1, 2, 3});
        files.put("errlog.10x", new byte[] {1});
        files.put("errlog.007", new byte[] {1});
        files.put("errlog+", new byte[] {1});
        files.put("fltlog", new byte[] {1});
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            expected.add("first of " + i);
            expected.add("second of " + i);
        }
        expected.add("last");
        assertEquals(expected, Logs.readAll(files));
    }

    @Test
    void readsAnEmptyDirectoryAsAnEmptyHistory() throws IOException {
        try (LogReader reader = follower()) {
            assertFalse(reader.advance());
            assertEquals(Optional.empty(), reader.position());
            Logs.append(files, "one");
            assertEquals(List.of("one"), Logs.drain(reader));
        }
    }

    @Test
    void saysWhenThereIsNoDirectory(@TempDir Path dir) throws IOException {
        try (LogReader reader = LogReader.history(LogFiles.in(dir.resolve("none")), LogLabel.ERROR, Logs.NO_DAMAGE)) {
            assertThrows(NoSuchFileException.class, reader::advance);
        }
    }

    @Test
    void readsOneFileByItsPath(@TempDir Path dir) throws IOException {
        Logs.append(LogFiles.in(dir), "one", "two");
        try (LogReader reader = LogReader.file(dir.resolve("errlog"), Logs.NO_DAMAGE)) {
            assertEquals(List.of("one", "two"), Logs.drain(reader));
            assertEquals("host7", reader.header().origin().host());
        }
        assertThrows(NoSuchFileException.class, () -> LogReader.file(dir.resolve("none"), Logs.NO_DAMAGE));
    }

    @Test
    void refusesANewerFileByNameAndShowsTheOthers() throws IOException {
        Logs.append(files, "one");
        rotate();
        Logs.append(files, "two");
        files.put("errlog", TestHeaders.withField(files.bytes("errlog"), 8, 3));
        rotate();
        Logs.append(files, "three");
        assertEquals(List.of("one", "three"), Logs.readAll(files, damage::add));
        assertEquals(1, damage.size());
        assertEquals(
                "'errlog.0' is skipped: 'errlog.0' is in log format version 3, this program reads up to version 2;"
                        + " read it with the fmd that wrote it, or move it away",
                damage.get(0).sentence());
        LogException refusal =
                assertThrows(LogException.class, () -> LogReader.file(files, "errlog.0", Logs.NO_DAMAGE));
        assertEquals(Condition.NEWER_VERSION, refusal.condition());
    }

    @Test
    void skipsACopyOfAFileOfTheSameHistory() throws IOException {
        Logs.append(files, "one");
        files.put("errlog.0", files.bytes("errlog"));
        Logs.append(files, "two");
        assertEquals(List.of("one", "two"), Logs.readAll(files, damage::add));
        assertEquals(
                "'errlog.0' is skipped: it is a copy of a newer file of this history",
                damage.get(0).sentence());
    }

    @Test
    void showsOnlyWholeRecordsOfAFileThatIsBeingWritten() throws IOException {
        byte[] whole = Logs.logOf("one", "two", "three");
        FakeLogFiles growing = Logs.filesWith(Arrays.copyOf(whole, LogHeader.START));
        try (LogFile file = growing.open("errlog", LogFiles.Mode.WRITE);
                LogReader reader = LogReader.history(growing, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            List<String> shown = new ArrayList<>();
            for (int at = LogHeader.START; at < whole.length; at++) {
                file.write(ByteBuffer.wrap(whole, at, 1), at);
                shown.addAll(Logs.drain(reader));
                assertEquals(
                        shown.size() == 3
                                ? 0
                                : at + 1 - reader.position().orElseThrow().offset(),
                        reader.unfinished());
            }
            assertEquals(List.of("one", "two", "three"), shown);
        }
    }

    @Test
    void followsALogAcrossRotations() throws IOException {
        List<String> shown = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        try (LogReader reader = follower()) {
            for (int i = 0; i < 10; i++) {
                Logs.append(files, "a" + i, "b" + i);
                expected.addAll(List.of("a" + i, "b" + i));
                if (i % 2 == 0) {
                    shown.addAll(Logs.drain(reader));
                }
                Logs.append(files, "c" + i);
                expected.add("c" + i);
                if (i % 3 != 0) {
                    rotate();
                }
                if (i % 4 == 0) {
                    rotate();
                }
            }
            shown.addAll(Logs.drain(reader));
        }
        assertEquals(expected, shown);
    }

    @Test
    void followsOnWhenTheFileItReadsIsDeleted() throws IOException {
        try (LogReader reader = follower()) {
            Logs.append(files, "one");
            assertEquals(List.of("one"), Logs.drain(reader));
            rotate();
            files.delete("errlog.0");
            Logs.append(files, "two");
            assertEquals(List.of("two"), Logs.drain(reader));
        }
    }

    @Test
    void tellsATornTailOnceItsFileIsRotated() throws IOException {
        byte[] whole = Logs.logOf("one", "two");
        files.put("errlog", Arrays.copyOf(whole, whole.length - 1));
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, damage::add)) {
            assertEquals(List.of("one"), Logs.drain(reader));
            assertEquals(List.of(), damage, "it may still be being written");
            assertTrue(reader.unfinished() > 0);
            rotate();
            Logs.append(files, "three");
            assertEquals(List.of("three"), Logs.drain(reader));
            assertEquals(1, damage.size());
            assertTrue(damage.get(0).reason().startsWith("unfinished record, "), damage.toString());
        }
    }

    @Test
    void followsAWriterThatTookAFailedWriteBack() throws IOException {
        try (EventLog log = Logs.open(files);
                LogReader reader = follower()) {
            log.append(Logs.record("one"));
            log.sync();
            log.append(Logs.record("two, written and never synced"));
            files.arm(Fault.FORCE_FAILS, 1);
            files.arm(Fault.TRUNCATE_FAILS, 1);
            assertThrows(LogException.class, log::sync);
            assertEquals(List.of("one", "two, written and never synced"), Logs.drain(reader));
            log.sync();
            assertEquals(List.of(), Logs.drain(reader));
            log.append(Logs.record("three"));
            log.sync();
            assertEquals(List.of("three"), Logs.drain(reader));
            log.append(Logs.record("four"));
            log.sync();
            assertEquals(List.of("four"), Logs.drain(reader));
        }
    }

    @Test
    void readsAgainWhatAWriterTookBackAndRewrote() throws IOException {
        byte[] whole = Logs.logOf("one", "two");
        int second = Logs.logOf("one").length;
        FakeLogFiles shared = Logs.filesWith(Arrays.copyOf(whole, whole.length - 1));
        try (LogReader reader = LogReader.history(shared, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            assertEquals(List.of("one"), Logs.drain(reader));
            try (LogFile file = shared.open("errlog", LogFiles.Mode.WRITE)) {
                file.truncate(second);
            }
            Logs.append(shared, "replaced, and longer");
            assertEquals(List.of("replaced, and longer"), Logs.drain(reader));
        }
    }

    @Test
    void showsWhatReplacedARecordThatItHadAlreadyShown() throws IOException {
        FakeLogFiles shared = new FakeLogFiles();
        Logs.append(shared, "one", "two");
        int second = Logs.logOf("one").length;
        try (LogReader reader = LogReader.history(shared, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            assertEquals(List.of("one", "two"), Logs.drain(reader));
            try (LogFile file = shared.open("errlog", LogFiles.Mode.WRITE)) {
                file.truncate(second);
            }
            Logs.append(shared, "replaced, and longer", "three");
            assertEquals(List.of("replaced, and longer", "three"), Logs.drain(reader));
        }
    }

    @Test
    void losesNothingToARotationAtAnyMoment() throws IOException {
        for (int moment = 1; moment <= 40; moment++) {
            for (boolean atOnce : new boolean[] {true, false}) {
                FakeLogFiles shared = new FakeLogFiles();
                Logs.append(shared, "one");
                LogHistory.setAside(shared, "errlog", "errlog");
                Logs.append(shared, "two");
                RotatedUnderway underway = new RotatedUnderway(shared, moment, atOnce);
                try (LogReader reader = LogReader.history(underway, LogLabel.ERROR, Logs.NO_DAMAGE)) {
                    List<String> shown = Logs.drain(reader);
                    String when = "rotated at call " + moment + (atOnce ? "" : ", step by step") + ", shown " + shown;
                    assertTrue(shown.size() >= 2, when);
                    underway.finish();
                    shown.addAll(Logs.drain(reader));
                    assertEquals(List.of("one", "two", "three"), shown, when);
                }
            }
        }
    }

    @Test
    void resumesAtEveryPlace() throws IOException {
        for (int i = 0; i < 3; i++) {
            Logs.append(files, "a" + i, "b" + i, "c" + i);
            rotate();
        }
        Logs.append(files, "d");
        List<LogRef> refs = new ArrayList<>();
        try (LogReader reader = follower()) {
            while (reader.advance()) {
                refs.add(reader.ref());
            }
        }
        List<String> all = Logs.readAll(files);
        for (int i = 0; i < refs.size(); i++) {
            try (LogReader reader = follower()) {
                assertTrue(reader.resumeAfter(refs.get(i)));
                assertEquals(all.subList(i + 1, all.size()), Logs.drain(reader), "after record " + i);
                assertTrue(reader.resumeAt(refs.get(i)));
                assertEquals(all.subList(i, all.size()), Logs.drain(reader), "at record " + i);
                assertEquals(
                        all.get(i),
                        reader.read(refs.get(i)).orElseThrow().record().bodyText());
            }
        }
    }

    @Test
    void resumesWhereAnotherReaderStopped() throws IOException {
        Logs.append(files, "one", "two");
        LogRef place;
        try (LogReader reader = follower()) {
            assertEquals(2, Logs.drain(reader).size());
            place = reader.position().orElseThrow();
        }
        Logs.append(files, "three");
        rotate();
        Logs.append(files, "four");
        try (LogReader reader = follower()) {
            assertTrue(reader.resumeAt(place));
            assertEquals(List.of("three", "four"), Logs.drain(reader));
        }
    }

    @Test
    void resumesBehindADamagedRecord() throws IOException {
        Logs.append(files, "one", "two", "three");
        List<LogRef> refs = new ArrayList<>();
        try (LogReader reader = follower()) {
            while (reader.advance()) {
                refs.add(reader.ref());
            }
        }
        byte[] bytes = files.bytes("errlog");
        bytes[(int) refs.get(1).offset() + 2] ^= 1;
        files.put("errlog", bytes);
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, damage::add)) {
            assertTrue(reader.resumeAfter(refs.get(1)));
            assertEquals(List.of("three"), Logs.drain(reader));
        }
    }

    @Test
    void doesNotFindWhatIsNotThere() throws IOException {
        Logs.append(files, "one", "two");
        UUID id = LogHeader.peek(files, "errlog").id();
        try (LogReader reader = follower()) {
            LogRef foreign = new LogRef(new UUID(1, 2), 8192);
            assertFalse(reader.resumeAt(foreign));
            assertEquals(Optional.empty(), reader.read(foreign));
            for (long offset : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 8191, 8193, 1L << 40}) {
                assertEquals(Optional.empty(), reader.read(new LogRef(id, offset)), "offset " + offset);
            }
            assertTrue(reader.resumeAt(new LogRef(id, Long.MAX_VALUE)));
            assertFalse(reader.advance(), "nothing is behind the end");
            assertTrue(reader.resumeAt(new LogRef(id, -1)));
            assertFalse(reader.advance(), "nothing is behind the end");
            Logs.append(files, "three");
            assertEquals(List.of("three"), Logs.drain(reader));
        }
    }

    @Test
    void findsARecordAfterRotationAndOneAppendedSince() throws IOException {
        LogRef one;
        try (EventLog log = Logs.open(files);
                LogReader reader = follower()) {
            one = log.append(Logs.record("one"));
            log.sync();
            assertEquals("one", reader.read(one).orElseThrow().record().bodyText());
            LogRef two = log.append(Logs.record("two"));
            assertEquals(Optional.empty(), reader.read(two), "not written yet");
            log.sync();
            assertEquals("two", reader.read(two).orElseThrow().record().bodyText());
        }
        rotate();
        rotate();
        Logs.append(files, "three");
        try (LogReader reader = follower()) {
            assertEquals("one", reader.read(one).orElseThrow().record().bodyText());
        }
    }

    @Test
    void readsRecordsLargerThanItsBuffer() throws IOException {
        List<String> bodies = new ArrayList<>();
        for (int size : new int[] {10, 130_000, 131_072 - 82, 131_072, 1, 400_000, 3_000_000, 5, 2_000_000}) {
            bodies.add("b".repeat(size));
        }
        Logs.append(files, bodies.toArray(String[]::new));
        assertEquals(bodies, Logs.readAll(files));
    }

    @Test
    void passesOverRecordsOfKindsItDoesNotKnow() throws IOException {
        Logs.append(files, "one", "two", "three");
        byte[] bytes = files.bytes("errlog");
        int second = Logs.logOf("one").length;
        SecondReader.setKind(bytes, second, 77);
        files.put("errlog", bytes);
        assertEquals(List.of("one", "three"), Logs.readAll(files));
        Logs.append(files, "four");
        assertEquals(List.of("errlog"), files.names(), "and the writer goes on in such a file");
    }

    @Test
    void hasNoCurrentRecordBeforeTheFirst() throws IOException {
        Logs.append(files, "one");
        try (LogReader reader = follower()) {
            assertThrows(IllegalStateException.class, reader::entry);
            assertTrue(reader.advance());
            assertEquals("one", reader.entry().record().bodyText());
        }
    }

    private LogReader follower() {
        return LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE);
    }

    private void rotate() throws IOException {
        if (files.names().contains("errlog")) {
            LogHistory.setAside(files, "errlog", "errlog");
        }
    }
}

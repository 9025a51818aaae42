// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The last records are those of a whole read, whatever the clock did and whatever is damaged, and older files stay shut. */
class LastRecordsTest {

    /** A history of up to eight files, plain, sealed, damaged and copied, in which the clock was set back now and then. */
    private static FakeLogFiles history(Random random) throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        Instant time = Logs.START;
        int number = 0;
        int parts = 1 + random.nextInt(8);
        for (int part = 1; part <= parts; part++) {
            try (EventLog log = Logs.open(files)) {
                for (int i = random.nextInt(12); i > 0; i--) {
                    time = time.plus(
                            Duration.ofMinutes(random.nextInt(5) == 0 ? -random.nextInt(600) : random.nextInt(60)));
                    byte[] body = ("r" + number++).getBytes(StandardCharsets.UTF_8);
                    log.append(LogRecord.of(time, LogRecord.NO_UUID, "ereport." + random.nextInt(3), body));
                }
            }
            if (part < parts) {
                String rotated = "errlog-0000000" + part;
                files.rename("errlog", rotated);
                if (random.nextInt(3) > 0) {
                    LogSealer.seal(files, rotated, 1 + random.nextInt(5));
                }
                spoil(files, rotated, random);
            }
        }
        return files;
    }

    private static void spoil(FakeLogFiles files, String name, Random random) throws IOException {
        byte[] bytes = files.bytes(name);
        switch (random.nextInt(10)) {
            case 0 -> bytes[random.nextInt(LogHeader.COPY)] ^= 1; // the other copy of the header is whole
            case 1 -> {
                bytes[random.nextInt(LogHeader.COPY)] ^= 1;
                bytes[LogHeader.COPY + random.nextInt(LogHeader.COPY)] ^= 1;
            }
            case 2 -> files.put(name.replace("errlog-0000000", "errlog."), bytes); // of a newer file, among the oldest
            default -> {
                return;
            }
        }
        files.put(name, bytes);
    }

    private static List<String> read(LogFiles files, LogQuery query, Set<String> told) throws IOException {
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, damage -> told.add(damage.sentence()))
                .select(query)) {
            return Logs.drain(reader);
        }
    }

    @Test
    void areThoseOfAWholeRead() throws IOException {
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            FakeLogFiles files = history(random);
            LogQuery query = LogQuery.ALL;
            if (random.nextBoolean()) {
                query = query.from(Logs.START.plus(Duration.ofMinutes(random.nextInt(1000))));
            }
            if (random.nextBoolean()) {
                query = query.until(Logs.START.plus(Duration.ofMinutes(random.nextInt(2000))));
            }
            if (random.nextBoolean()) {
                Predicate<String> passes = ("ereport." + random.nextInt(3))::equals;
                query = query.eventClass(passes);
            }
            Set<String> toldOfAll = new TreeSet<>();
            List<String> all = read(files, query, toldOfAll);
            for (int last = 0; last <= all.size() + 1; last++) {
                Set<String> told = new TreeSet<>();
                assertEquals(
                        all.subList(Math.max(0, all.size() - last), all.size()),
                        read(files, query.last(last), told),
                        "seed " + seed + ", last " + last);
                assertTrue(toldOfAll.containsAll(told), "seed " + seed + " told " + told);
            }
        }
    }

    @Test
    void leaveOlderFilesShut() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        for (int i = 1; i <= 9; i++) {
            Logs.append(files, "a" + i, "b" + i, "c" + i);
            if (i < 9) {
                files.rename("errlog", "errlog-0000000" + i);
            }
        }
        Set<String> opened = new TreeSet<>();
        LogFiles watched = new Opened(files, opened);
        assertEquals(List.of("c8", "a9", "b9", "c9"), read(watched, LogQuery.ALL.last(4), new TreeSet<>()));
        assertEquals(Set.of("errlog", "errlog-00000008"), opened);
    }

    @Test
    void areFoundWhileFilesAreRotated() throws IOException {
        for (boolean atOnce : new boolean[] {true, false}) {
            for (int moment = 1; moment < 40; moment++) {
                FakeLogFiles files = new FakeLogFiles();
                Logs.append(files, "one");
                files.rename("errlog", "errlog.0");
                Logs.append(files, "two");
                RotatedUnderway underway = new RotatedUnderway(files, moment, atOnce);
                try (LogReader reader = LogReader.history(underway, LogLabel.ERROR, Logs.NO_DAMAGE)
                        .select(LogQuery.ALL.last(1))) {
                    List<String> shown = new ArrayList<>(Logs.drain(reader));
                    underway.finish();
                    shown.addAll(Logs.drain(reader));
                    List<String> all = List.of("one", "two", "three");
                    String when = "rotated at call " + moment + (atOnce ? "" : ", step by step") + ", shown " + shown;
                    assertTrue(!shown.isEmpty(), when);
                    assertEquals(all.subList(3 - Math.min(3, shown.size()), 3), shown, when);
                }
            }
        }
    }

    @Test
    void doNotHideWhatIsAskedForByItsPlace() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        Logs.append(files, "one");
        files.rename("errlog", "errlog-00000001");
        Logs.append(files, "two");
        LogEntry first;
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            first = reader.next();
        }
        try (LogReader reader =
                LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE).select(LogQuery.ALL.last(1))) {
            assertEquals(List.of("two"), Logs.drain(reader));
            assertEquals("one", reader.read(first.ref()).orElseThrow().record().bodyText());
        }
    }

    /** Files that note which of them are opened. */
    private record Opened(LogFiles files, Set<String> opened) implements LogFiles {
        @Override
        public String path(String name) {
            return files.path(name);
        }

        @Override
        public List<String> names() throws IOException {
            return files.names();
        }

        @Override
        public LogFile open(String name, Mode mode) throws IOException {
            opened.add(name);
            return files.open(name, mode);
        }

        @Override
        public void rename(String from, String to) throws IOException {
            files.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            files.delete(name);
        }

        @Override
        public void forceNames() throws IOException {
            files.forceNames();
        }

        @Override
        public long usableSpace() {
            return files.usableSpace();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.fmd.core.log.FakeLogFiles.Fault;
import org.fmd.core.log.FakeLogFiles.Loss;
import org.fmd.model.event.LogRef;
import org.junit.jupiter.api.Test;

/** Files are rotated by size and by age, sealed afterwards, and deleted when they are too many. */
class LogRotationTest {

    private static final long SIZE = LogHeader.START + 600;

    private final FakeLogFiles files = new FakeLogFiles();
    private final List<String> told = new ArrayList<>();
    private final LogKeeper keeper = new LogKeeper(files, Long.MAX_VALUE, told::add);

    private static LogOptions options() {
        return LogOptions.DEFAULT.rotating(SIZE, LogOptions.NEVER);
    }

    private EventLog open(LogLabel label, LogOptions options) throws IOException {
        return EventLog.open(files, label, Logs.ORIGIN, options);
    }

    private void fill(LogLabel label, int records) throws IOException {
        try (EventLog log = open(label, options())) {
            for (int i = 0; i < records; i++) {
                log.append(Logs.record("record " + i));
                log.sync();
            }
        }
    }

    @Test
    void rotatesBySize() throws IOException {
        List<LogRef> refs = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        int[] rotations = {0};
        try (EventLog log = open(LogLabel.ERROR, options())) {
            log.whenRotated(() -> rotations[0]++, failure -> told.add(failure.toString()));
            for (int i = 0; i < 40; i++) {
                bodies.add("record " + i);
                refs.add(log.append(Logs.record("record " + i)));
                log.sync();
            }
        }
        assertTrue(rotations[0] >= 5, rotations[0] + " rotations");
        assertEquals(rotations[0] + 1, LogHistory.names(files, "errlog").size());
        assertEquals(bodies, Logs.readAll(files));
        keeper.work();
        assertEquals(List.of(), told);
        assertEquals(bodies, Logs.readAll(files));
        for (String name : LogHistory.names(files, "errlog")) {
            assertEquals(!name.equals("errlog"), LogHeader.peek(files, name).isSealed(), name);
        }
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            for (int i = 0; i < refs.size(); i++) {
                assertEquals(
                        bodies.get(i),
                        reader.read(refs.get(i)).orElseThrow().record().bodyText());
            }
        }
    }

    @Test
    void rotatesByAge() throws IOException {
        Instant[] now = {Logs.START};
        LogOptions options = new LogOptions(0, Long.MAX_VALUE, Duration.ofDays(7), () -> now[0], UUID::randomUUID);
        try (EventLog log = open(LogLabel.ERROR, options)) {
            log.append(Logs.record("one"));
            log.sync();
            now[0] = Logs.START.plus(Duration.ofDays(7)).minusNanos(1);
            log.append(Logs.record("two"));
            log.sync();
            assertEquals(List.of("errlog"), files.names());
            now[0] = now[0].plusNanos(1);
            log.append(Logs.record("three"));
            log.sync();
            assertEquals(List.of("errlog", "errlog-00000001"), files.names());
            now[0] = now[0].plus(Duration.ofDays(100));
            log.sync();
            assertEquals(2, files.names().size(), "a file without records is not rotated");
            now[0] = Logs.START.minus(Duration.ofDays(9)); // the clock was set back
            log.append(Logs.record("four"));
            log.sync();
            assertEquals(3, files.names().size(), "a file from the future would not grow old");
            log.append(Logs.record("five"));
            log.sync();
            now[0] = now[0].minusSeconds(30);
            log.append(Logs.record("six"));
            log.sync();
            assertEquals(3, files.names().size());
        }
        assertEquals(List.of("one", "two", "three", "four", "five", "six"), Logs.readAll(files));
    }

    @Test
    void goesOnInTheSameFileWhenItCannotRotate() throws IOException {
        for (Fault fault : List.of(Fault.WRITE_FAILS, Fault.FORCE_FAILS, Fault.RENAME_FAILS)) {
            for (int nth = 1; nth <= 4; nth++) {
                FakeLogFiles disk = new FakeLogFiles();
                List<String> bodies = new ArrayList<>();
                try (EventLog log = EventLog.open(disk, LogLabel.ERROR, Logs.ORIGIN, options())) {
                    for (int i = 0; log.length() < SIZE - 100; i++) {
                        bodies.add("record " + i);
                        log.append(Logs.record("record " + i));
                        log.sync();
                    }
                    bodies.add("x".repeat(300));
                    log.append(Logs.record("x".repeat(300)));
                    // the record itself takes one write and one force
                    disk.arm(fault, fault == Fault.RENAME_FAILS ? nth : nth + 1);
                    log.sync();
                    disk.disarm();
                    bodies.add("after");
                    log.append(Logs.record("after"));
                    log.sync();
                    assertEquals(bodies, Logs.readAll(disk), fault + " " + nth);
                }
                Logs.append(disk, "opened again");
                bodies.add("opened again");
                assertEquals(bodies, Logs.readAll(disk), fault + " " + nth);
            }
        }
    }

    @Test
    void losesNothingToACrashWhileItRotatesAndSeals() throws IOException {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            FakeLogFiles disk = new FakeLogFiles();
            List<String> bodies = new ArrayList<>();
            for (int life = 0; life < 3; life++) {
                EventLog log = EventLog.open(disk, LogLabel.ERROR, Logs.ORIGIN, options());
                LogKeeper work = new LogKeeper(disk, Long.MAX_VALUE, text -> {});
                disk.arm(List.of(Fault.values()).get(random.nextInt(Fault.values().length)), 1 + random.nextInt(60));
                for (int i = random.nextInt(40); i > 0; i--) {
                    String body = "record " + bodies.size();
                    try {
                        log.append(Logs.record(body));
                        log.sync();
                        bodies.add(body);
                    } catch (LogException e) {
                        break;
                    }
                    if (random.nextInt(10) == 0) {
                        work.work();
                    }
                }
                disk.crash(List.of(Loss.values()).get(random.nextInt(Loss.values().length)), random);
            }
            EventLog.open(disk, LogLabel.ERROR, Logs.ORIGIN, options()).close();
            List<String> left = Logs.readAll(disk, damage -> {});
            left.retainAll(bodies);
            assertEquals(bodies, left, "seed " + seed);
            new LogKeeper(disk, Long.MAX_VALUE, text -> {}).work();
            left = Logs.readAll(disk, damage -> {});
            left.retainAll(bodies);
            assertEquals(bodies, left, "seed " + seed);
            assertFalse(disk.names().stream().anyMatch(name -> name.endsWith("+") && name.contains("-")));
        }
    }

    @Test
    void sealsAFileWhileItIsRead() throws IOException {
        fill(LogLabel.ERROR, 40);
        List<String> all = Logs.readAll(files);
        for (int stop = 0; stop <= 40; stop++) {
            FakeLogFiles disk = new FakeLogFiles();
            for (String name : files.names()) {
                disk.put(name, files.bytes(name));
            }
            List<String> read = new ArrayList<>();
            try (LogReader reader = LogReader.history(disk, LogLabel.ERROR, Logs.NO_DAMAGE)) {
                for (int i = 0; i < stop; i++) {
                    assertTrue(reader.advance());
                    read.add(reader.entry().record().bodyText());
                }
                new LogKeeper(disk, Long.MAX_VALUE, told::add).work();
                read.addAll(Logs.drain(reader));
            }
            assertEquals(all, read);
        }
        assertEquals(List.of(), told);
    }

    @Test
    void keepsADamagedFileBesideTheSealedOne() throws IOException {
        fill(LogLabel.ERROR, 40);
        byte[] bytes = files.bytes("errlog-00000002");
        bytes[LogHeader.START + 150] ^= 1;
        files.put("errlog-00000002", bytes);
        List<String> readable = Logs.readAll(files, damage -> {});
        keeper.work();
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("errlog-00000002"), told.get(0));
        assertEquals(readable, Logs.readAll(files));
        assertEquals(bytes.length, files.bytes("errlog.bad.0").length);
        told.clear();
        keeper.work();
        assertEquals(List.of(), told);
    }

    @Test
    void deletesTheOldestErrorsFirstWhenTheQuotaIsReached() throws IOException {
        fill(LogLabel.ERROR, 40);
        fill(LogLabel.FAULT, 40);
        keeper.work();
        int errors = LogHistory.names(files, "errlog").size();
        int faults = LogHistory.names(files, "fltlog").size();
        long total = 0;
        for (String name : files.names()) {
            total += files.bytes(name).length;
        }
        new LogKeeper(files, total - 1, told::add).work();
        assertEquals(1, told.size());
        assertEquals(errors - 1, LogHistory.names(files, "errlog").size());
        assertFalse(files.names().contains("errlog-00000001"));
        told.clear();
        new LogKeeper(files, 0, told::add).work();
        assertEquals(List.of("errlog", "fltlog"), files.names());
        assertEquals(errors - 2 + faults - 1 + 1, told.size());
        assertTrue(told.get(told.size() - 1).contains("nothing of them can be deleted"));
    }

    @Test
    void keepsWhatARestartStillNeeds() throws IOException {
        fill(LogLabel.ERROR, 40);
        keeper.work();
        List<String> names = LogHistory.names(files, "errlog");
        LogKeeper strict = new LogKeeper(files, 0, told::add);
        strict.keepFrom(new LogRef(LogHeader.peek(files, names.get(2)).id(), 9000));
        strict.work();
        assertEquals(names.subList(2, names.size()), LogHistory.names(files, "errlog"));
    }

    @Test
    void leavesAFileOfANewerVersionAlone() throws IOException {
        fill(LogLabel.ERROR, 40);
        files.put("errlog-00000001", TestHeaders.withField(files.bytes("errlog-00000001"), 8, 9));
        byte[] before = files.bytes("errlog-00000001");
        keeper.work();
        keeper.work();
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("version 9"), told.get(0));
        assertEquals(before.length, files.bytes("errlog-00000001").length);
    }

    @Test
    void keepsOfEachLogWhatARestartStillNeeds() throws IOException {
        fill(LogLabel.ERROR, 40);
        fill(LogLabel.FAULT, 40);
        fill(LogLabel.INFO, 40);
        keeper.work();
        List<String> errors = LogHistory.names(files, "errlog");
        List<String> faults = LogHistory.names(files, "fltlog");
        List<String> infos = LogHistory.names(files, "infolog");
        LogKeeper strict = new LogKeeper(files, 0, told::add);
        strict.keepFrom(
                new LogRef(LogHeader.peek(files, errors.get(2)).id(), 9000),
                new LogRef(LogHeader.peek(files, faults.get(1)).id(), 9000));
        strict.work();
        assertEquals(errors.subList(2, errors.size()), LogHistory.names(files, "errlog"));
        assertEquals(faults.subList(1, faults.size()), LogHistory.names(files, "fltlog"));
        assertEquals(infos, LogHistory.names(files, "infolog"), "of which the checkpoint has seen nothing");
    }

    @Test
    void theNameThatAKilledProcessGaveAFileIsDurableBeforeTheFileIsUsed() throws IOException {
        try (EventLog log = Logs.open(files)) {
            log.append(Logs.record("first"));
        }
        files.rename("errlog", "errlog-00000001");
        try (LogFile fresh = files.open("errlog+", LogFiles.Mode.CREATE)) {
            fresh.write(ByteBuffer.wrap(Logs.logOf()), 0);
            fresh.force();
        }
        files.rename("errlog+", "errlog");
        files.crash(FakeLogFiles.Loss.NONE, new Random(1));
        EventLog log = Logs.open(files);
        log.append(Logs.record("second"));
        log.sync();
        files.crash(FakeLogFiles.Loss.ALL, new Random(1));
        assertEquals(List.of("first", "second"), Logs.readAll(files));
    }
}

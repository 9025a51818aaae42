// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.fmd.core.intake.Journal.Step;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.FakeLogFiles;
import org.fmd.core.log.FakeLogFiles.Fault;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogReader;
import org.fmd.core.manager.Input.EreportAccepted;
import org.fmd.core.time.ClockStep;
import org.fmd.core.time.SteadyClock;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.EventCodec;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.fmd.model.registry.Conformance;
import org.fmd.model.registry.EventRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JournalTest {
    private static final Instant TIME = Instant.parse("2026-03-04T11:30:00Z");

    @TempDir
    private Path folder;

    private static final InstantSource CLOCK = InstantSource.fixed(TIME);

    private final Intake intake = new Intake(new IntakePolicy(16, 100, 1000, Duration.ofSeconds(1)), CLOCK);
    private final List<EreportAccepted> accepted = Collections.synchronizedList(new ArrayList<>());

    private static Ereport transport(int number) {
        return new Ereport(
                new EventClass("ereport.io.scsi.cmd.disk.tran"),
                TIME,
                Ena.UNKNOWN,
                DevFmri.ofPath("/devices/a"),
                NvList.builder()
                        .string("driver-assessment", "fatal")
                        .uint32("n", number)
                        .build());
    }

    private static Ereport fatal(int number) {
        return new Ereport(
                new EventClass("ereport.io.scsi.cmd.disk.dev.rqs.derr"),
                TIME,
                Ena.UNKNOWN,
                new DevFmri("/devices/a", "id1,sd@n1", null),
                NvList.builder()
                        .string("driver-assessment", "fatal")
                        .uint32("n", number)
                        .build());
    }

    private void runJournal() throws IOException {
        LogOptions options = new LogOptions(0, InstantSource.fixed(TIME), UUID::randomUUID);
        try (EventLog log = EventLog.open(LogFiles.in(folder), LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options)) {
            new Journal(intake, log, CLOCK, new SteadyClock(CLOCK, () -> 0), accepted::add).run();
        }
    }

    private List<LogEntry> logged() throws IOException {
        List<LogEntry> all = new ArrayList<>();
        try (LogReader reader = LogReader.history(LogFiles.in(folder), LogLabel.ERROR, damage -> {})) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                all.add(entry);
            }
        }
        return all;
    }

    @Test
    void whatIsHandedOnStandsInTheLogAtItsPlace() throws IOException {
        for (int i = 0; i < 10; i++) {
            intake.post(i % 2 == 0 ? fatal(i) : transport(i));
        }
        intake.close();
        runJournal();
        List<LogEntry> logged = logged();
        assertEquals(10, accepted.size());
        assertEquals(10, logged.size());
        for (int i = 0; i < 10; i++) {
            assertEquals(logged.get(i).ref(), accepted.get(i).ref());
            assertEquals(
                    TypedJson.readEvent(logged.get(i).record().body()),
                    accepted.get(i).ereport());
        }
    }

    @Test
    void fatalReportsOfDevicesComeFirstAndAreNeverDropped() throws Exception {
        for (int i = 0; i < 100; i++) {
            intake.post(transport(i));
        }
        Thread source = new Thread(() -> {
            for (int i = 0; i < 50; i++) {
                intake.post(fatal(i)); // the lane holds 16: this waits until the journal runs
            }
            intake.close();
        });
        source.start();
        runJournal();
        source.join();
        long fatal = accepted.stream()
                .filter(a -> a.ereport().eventClass().name().endsWith("derr"))
                .count();
        assertEquals(50, fatal);
        assertEquals(84, intake.counts().overflowed(), "transport reports beyond their lane");
        List<Ereport> reports = accepted.stream()
                .map(EreportAccepted::ereport)
                .filter(e -> e.eventClass().name().equals("ereport.fm.fmd.intake_dropped"))
                .toList();
        assertEquals(1, reports.size(), "the loss is itself an ereport");
        assertEquals(List.of(), Conformance.problems(EventRegistry.shipped(), EventCodec.toNvList(reports.get(0))));
        assertEquals(84, reports.get(0).payload().number("count").orElseThrow());
        assertTrue(reports.get(0).payload().nvlist("classes").orElseThrow().contains("ereport.io.scsi.cmd.disk.tran"));
    }

    @Test
    void aStepThatCannotWriteKeepsWhatItTookForTheNext() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        LogOptions options = new LogOptions(0, InstantSource.fixed(TIME), UUID::randomUUID);
        try (EventLog log = EventLog.open(files, LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options)) {
            Journal journal = new Journal(intake, log, CLOCK, new SteadyClock(CLOCK, () -> 0), accepted::add);
            assertEquals(Step.IDLE, journal.step());
            for (int i = 0; i < 5; i++) {
                intake.post(fatal(i));
            }
            files.arm(Fault.FORCE_FAILS, 1);
            assertEquals(Step.RETRY, journal.step());
            assertEquals(List.of(), accepted);
            assertEquals(0, intake.waiting(), "the journal has taken them");
            intake.post(fatal(5));
            assertEquals(Step.MORE, journal.step());
            assertEquals(
                    List.of(0L, 1L, 2L, 3L, 4L, 5L, -1L), // and at last an ereport of what happened
                    accepted.stream()
                            .map(a -> a.ereport().payload().number("n").orElse(-1))
                            .toList());
            assertEquals(Step.IDLE, journal.step());
            intake.close();
            assertEquals(Step.ENDED, journal.step());
        }
    }

    @Test
    void anOfferIsRefusedOnlyByAFullHighLane() {
        for (int i = 0; i < 16; i++) {
            assertTrue(intake.offer(fatal(i)));
        }
        assertFalse(intake.offer(fatal(16)));
        for (int i = 0; i < 20; i++) {
            assertTrue(intake.offer(transport(i)));
        }
        assertEquals(32, intake.waiting());
        assertEquals(4, intake.counts().dropped());
    }

    @Test
    void aStepOfTheClockIsLoggedBeforeWhatWasObservedAfterIt() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        LogOptions options = new LogOptions(0, CLOCK, UUID::randomUUID);
        Instant[] wall = {TIME};
        long[] nanos = {0};
        InstantSource clock = () -> wall[0];
        try (EventLog log = EventLog.open(files, LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options)) {
            Journal journal = new Journal(intake, log, clock, new SteadyClock(clock, () -> nanos[0]), accepted::add);
            intake.post(fatal(0));
            assertEquals(Step.MORE, journal.step());
            wall[0] = TIME.minusSeconds(3600);
            intake.post(transport(1));
            intake.post(fatal(2));
            files.arm(Fault.FORCE_FAILS, 1);
            assertEquals(Step.MORE, journal.step());
            assertEquals(
                    List.of("derr", "clock_step", "derr", "tran", "log_append"),
                    accepted.stream()
                            .map(a -> a.ereport().eventClass().name().replaceAll(".*\\.", ""))
                            .toList());
            Ereport step = accepted.get(1).ereport();
            assertEquals(List.of(), Conformance.problems(EventRegistry.shipped(), EventCodec.toNvList(step)));
            assertEquals(Optional.of(new ClockStep(TIME, wall[0])), ClockStep.of(step));
            assertEquals(Step.IDLE, journal.step());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.fmd.core.intake.Journal.Step;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogReader;
import org.fmd.core.log.LogReserve;
import org.fmd.core.manager.Input.EreportAccepted;
import org.fmd.core.time.SteadyClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The journal on a real file system that another program fills: {@code etc/dev/full-disk} makes one and runs this. */
@EnabledIfSystemProperty(named = "fmd.small.filesystem", matches = ".+")
class SmallFileSystemTest {
    private static final Instant TIME = Instant.parse("2026-03-04T11:30:00Z");
    private static final int RESERVE = 1 << 20;

    private final Path folder = Path.of(System.getProperty("fmd.small.filesystem", ""));
    private final InstantSource clock = InstantSource.fixed(TIME);
    private final Intake intake = new Intake(IntakePolicy.DEFAULT, clock);
    private final List<EreportAccepted> accepted = new ArrayList<>();
    private int numbers;

    private Path ballast() throws IOException {
        Path file = folder.resolve("ballast");
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 1_000_000; i++) {
                out.write(block);
            }
            throw new AssertionError("'" + folder + "' is not small");
        } catch (IOException full) {
            return file; // as it should be
        }
    }

    @Test
    void fatalEreportsGoOnAtTheCostOfTheReserveAndAllIsWellWhenThereIsRoom() throws IOException {
        LogFiles files = LogFiles.in(folder);
        LogReserve reserve = new LogReserve(files, RESERVE, problem -> {});
        LogOptions options = new LogOptions(1 << 20, clock, UUID::randomUUID).reserving(reserve);
        try (EventLog log = EventLog.open(files, LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options)) {
            Journal journal = new Journal(intake, log, clock, new SteadyClock(clock, () -> 0), accepted::add);
            assertEquals(Step.IDLE, journal.step());
            assertEquals(RESERVE, reserve.held());
            Path ballast = ballast();

            intake.post(Storms.recovered(1, TIME, numbers++));
            Step step = Step.LOW_WAITS;
            for (int round = 0; step == Step.LOW_WAITS; round++) {
                assertTrue(round < 1000, "it has no end");
                for (int i = 0; i < 100; i++) {
                    assertTrue(intake.offer(Storms.fatal(1, TIME, numbers++)));
                }
                step = journal.step();
            }
            assertEquals(Step.RETRY, step);
            assertEquals(0, reserve.held());
            assertTrue(accepted.size() >= RESERVE / 1024, accepted.size() + " from the reserve");
            assertTrue(accepted.stream()
                    .allMatch(a -> a.ereport().eventClass().name().equals(Storms.DERR)));

            Files.delete(ballast);
            assertEquals(Step.MORE, journal.step());
            assertEquals(Step.IDLE, journal.step());
            assertEquals(numbers + 1, accepted.size(), "all of them, and an ereport of what happened");
            assertEquals(RESERVE, reserve.held());
        }
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, damage -> {
            throw new AssertionError(damage.toString());
        })) {
            for (EreportAccepted each : accepted) {
                LogEntry entry = reader.next();
                assertTrue(
                        entry != null && entry.ref().equals(each.ref()),
                        each.ref().toString());
            }
            assertEquals(null, reader.next());
        }
    }
}

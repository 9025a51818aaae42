// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.fmd.core.intake.Journal.Step;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.FakeLogFiles;
import org.fmd.core.log.FakeLogFiles.Fault;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogReserve;
import org.fmd.core.manager.Input.EreportAccepted;
import org.fmd.core.time.SteadyClock;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventCodec;
import org.fmd.model.registry.Conformance;
import org.fmd.model.registry.EventRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The journal on a disk that is full, read-only or broken for a while. */
class FullDiskTest {
    private static final Instant TIME = Instant.parse("2026-03-04T11:30:00Z");
    private static final int MIN_FREE = 100_000;
    private static final int RESERVE = 200_000;

    private Instant now = TIME;
    private final InstantSource clock = () -> now;
    private final FakeLogFiles files = new FakeLogFiles();
    private final LogReserve reserve = new LogReserve(files, RESERVE, problem -> {});
    private final Intake intake = new Intake(new IntakePolicy(1000, 100, 1000, Duration.ofSeconds(1)), clock);
    private final List<EreportAccepted> accepted = new ArrayList<>();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private EventLog log;
    private Journal journal;
    private int numbers;

    @BeforeEach
    void start() throws IOException {
        LogOptions options = new LogOptions(MIN_FREE, clock, UUID::randomUUID).reserving(reserve);
        log = EventLog.open(files, LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options);
        journal = new Journal(intake, log, clock, steady(), accepted::add);
        assertEquals(Step.IDLE, journal.step());
        assertEquals(RESERVE, reserve.held(), "filled while nothing else was to be done");
        said.start();
        logger().addAppender(said);
    }

    /** A clock that goes with the other one. */
    private SteadyClock steady() {
        return new SteadyClock(clock, () -> Duration.between(TIME, now).toNanos());
    }

    @AfterEach
    void stop() {
        logger().detachAppender(said);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Journal.class);
    }

    private void postLow(int count) {
        for (int i = 0; i < count; i++) {
            intake.post(Storms.recovered(1, now, numbers++));
        }
    }

    private void postHigh(int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(intake.offer(Storms.fatal(1, now, numbers++)));
        }
    }

    private long accepted(String name) {
        return accepted.stream()
                .filter(a -> a.ereport().eventClass().name().equals(name))
                .count();
    }

    private List<String> said(Level level) {
        return said.list.stream()
                .filter(e -> e.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Ereport last() {
        return accepted.get(accepted.size() - 1).ereport();
    }

    @Test
    void belowMinfreeTheLowLaneWaitsAndTheHighOneGoesOn() {
        files.capacity(files.used() + MIN_FREE - 1);
        postLow(5);
        postHigh(5);
        assertEquals(Step.LOW_WAITS, journal.step());
        assertEquals(5, accepted(Storms.DERR));
        assertEquals(0, accepted(Storms.MERR));
        assertEquals(5, intake.waiting());
        assertEquals(RESERVE, reserve.held(), "there was room yet");
    }

    @Test
    void whatIsVitalIsWrittenAtTheCostOfTheReserve() {
        files.capacity(files.used());
        postLow(5);
        postHigh(300);
        assertEquals(Step.LOW_WAITS, journal.step());
        assertEquals(300, accepted(Storms.DERR));
        assertTrue(reserve.held() < RESERVE);
        assertEquals(0, files.usableSpace() / (64 << 10), "no more than needed was given back");
    }

    @Test
    void whenTheReserveIsUsedUpAsWellNothingIsHandedOnThatIsNotDurable() {
        files.capacity(files.used());
        int rounds = 0;
        do {
            postHigh(100);
            rounds++;
            assertTrue(rounds < 100, "the reserve does not end");
        } while (journal.step() != Step.RETRY);
        assertEquals(0, reserve.held());
        assertEquals(100L * (rounds - 1), accepted.size(), "the last hundred wait");
        assertEquals(Step.RETRY, journal.step());
        assertTrue(journal.state().text().contains("Nothing can be logged"));

        files.capacity(Long.MAX_VALUE);
        assertEquals(Step.MORE, journal.step());
        assertEquals(100L * rounds, accepted(Storms.DERR));
        assertEquals(RESERVE, reserve.held(), "it grew back");
        assertEquals("ok", journal.state().text());
    }

    @Test
    void itIsSaidOnceAndToldWhenItIsOver() {
        files.capacity(files.used());
        for (int second = 0; second < 60; second++) {
            now = TIME.plusSeconds(second);
            postLow(20);
            assertEquals(Step.LOW_WAITS, journal.step());
        }
        List<String> errors = said(Level.ERROR);
        assertEquals(1, errors.size(), errors.toString());
        assertEquals(
                "Append to 'errlog' at offset 8192 refused: 0 bytes are free, and log.minfree keeps 100000. Until that is over only"
                        + " what is vital is logged: fatal ereports and diagnoses. Make room on the file system of 'errlog', or set"
                        + " log.quota lower.",
                errors.get(0));
        assertEquals(List.of(), accepted, "neither what was left out nor the trouble itself is told from the reserve");

        files.capacity(Long.MAX_VALUE);
        now = TIME.plusSeconds(60);
        assertEquals(Step.MORE, journal.step());
        assertEquals(1, said(Level.WARN).size());
        Ereport story = last();
        assertEquals("ereport.fm.fmd.log_minfree", story.eventClass().name());
        assertEquals(List.of(), Conformance.problems(EventRegistry.shipped(), EventCodec.toNvList(story)));
        assertEquals(Tally.time(TIME), story.payload().get("first"));
        assertEquals(Tally.time(now), story.payload().get("last"));
        Ereport dropped = accepted.get(accepted.size() - 2).ereport();
        assertEquals("ereport.fm.fmd.intake_dropped", dropped.eventClass().name());
        assertEquals(200, dropped.payload().number("overflowed").orElseThrow());
        assertEquals(1000, accepted(Storms.MERR), "the newest thousand");
        assertEquals(Step.IDLE, journal.step());
    }

    @Test
    void aDiskThatFailsIsTriedAgainAndToldApart() {
        for (int second = 0; second < 10; second++) {
            now = TIME.plusSeconds(second);
            postHigh(1);
            files.arm(Fault.FORCE_FAILS, 1);
            assertEquals(Step.RETRY, journal.step());
        }
        assertEquals(List.of(), accepted);
        assertEquals(1, said(Level.ERROR).size());
        assertEquals(10, journal.state().failures());
        files.disarm();
        assertEquals(Step.MORE, journal.step());
        assertEquals(10, accepted(Storms.DERR));
        assertEquals("ereport.fm.fmd.log_append", last().eventClass().name());
        assertEquals(List.of(), Conformance.problems(EventRegistry.shipped(), EventCodec.toNvList(last())));
        assertEquals(10, last().payload().number("attempts").orElseThrow());
    }

    @Test
    void theLowLaneWaitsUntilTheReserveIsBack() {
        files.capacity(files.used());
        postHigh(300);
        journal.step();
        long lacking = RESERVE - reserve.held();
        assertTrue(lacking > 0);
        postLow(1);
        files.capacity(files.used() + MIN_FREE + lacking - 1);
        assertEquals(Step.LOW_WAITS, journal.step());
        assertEquals(0, accepted(Storms.MERR));
        files.capacity(Long.MAX_VALUE);
        assertEquals(Step.MORE, journal.step());
        assertEquals(1, accepted(Storms.MERR));
        assertEquals(RESERVE, reserve.held());
    }

    @Test
    void stopsWhileNothingCanBeWritten() {
        files.capacity(files.used());
        while (reserve.held() > 0) {
            postHigh(100);
            journal.step();
        }
        postHigh(1000);
        intake.stopWaiting();
        intake.post(Storms.fatal(1, now, numbers++)); // would wait for ever
        intake.close();
        Step step = journal.step();
        for (int i = 0; step != Step.ENDED; i++) {
            assertTrue(i < 10, "no end: " + step);
            step = journal.step();
        }
        assertTrue(said(Level.ERROR).stream().anyMatch(text -> text.contains("ereports are lost")));
    }
}

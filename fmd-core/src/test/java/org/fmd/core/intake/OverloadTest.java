// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

/** Storms on a disk that fills and fails, against a model that keeps lists. */
class OverloadTest {
    private static final Instant TIME = Instant.parse("2026-03-04T11:30:00Z");
    private static final int SEEDS = 300;

    /** One run: the intake and the journal, and beside them what should be in them. */
    private static final class Run {
        private final Random random;
        private final IntakePolicy policy;
        private Instant now = TIME;
        private final InstantSource clock = () -> now;
        private final FakeLogFiles files = new FakeLogFiles();
        private final List<EreportAccepted> accepted = new ArrayList<>();
        private final Intake intake;
        private final EventLog log;
        private final Journal journal;

        private final Deque<Ereport> high = new ArrayDeque<>();
        private final Deque<Ereport> low = new ArrayDeque<>();
        private final Map<String, Long> credit = new HashMap<>();
        private final Map<String, Instant> credited = new HashMap<>();
        private final Map<String, Long> leftOut = new TreeMap<>();
        private final Map<String, Long> told = new TreeMap<>();
        private int posted;
        private int logged;
        private int checked;

        private Run(long seed) throws IOException {
            random = new Random(seed);
            policy = new IntakePolicy(
                    1 + random.nextInt(64),
                    random.nextInt(101),
                    1 + random.nextInt(8),
                    Duration.ofMillis(1 + random.nextInt(2000)));
            intake = new Intake(policy, clock);
            LogReserve reserve = new LogReserve(files, random.nextInt(3) * 100_000L, problem -> {});
            LogOptions options = new LogOptions(10_000, clock, UUID::randomUUID).reserving(reserve);
            log = EventLog.open(files, LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options);
            journal = new Journal(intake, log, clock, steady(), accepted::add);
        }

        /** A clock that goes with the other one. */
        private SteadyClock steady() {
            return new SteadyClock(clock, () -> Duration.between(TIME, now).toNanos());
        }

        private void post() {
            int device = random.nextInt(4);
            int kind = random.nextInt(8);
            Ereport ereport = kind == 0
                    ? Storms.fatal(device, now, posted)
                    : kind < 3 ? Storms.recovered(device, now, posted) : Storms.transport(device, now, posted);
            if (kind == 0 && high.size() >= policy.capacity()) {
                return; // the source would wait
            }
            assertTrue(intake.offer(ereport));
            posted++;
            if (kind == 0) {
                high.add(ereport);
            } else if (kind < 3 || passes(device)) {
                low.add(ereport);
                if (low.size() > policy.capacity()) {
                    leaveOut(low.remove());
                }
            } else {
                leaveOut(ereport);
            }
        }

        /** A bucket which holds {@code thinKeep} times {@code thinEvery}, fills with time, and gives {@code thinEvery} to each. */
        private boolean passes(int device) {
            String key = "/devices/" + device;
            long every = policy.thinEvery().toNanos();
            long most = every * policy.thinKeep();
            long since = Duration.between(credited.getOrDefault(key, TIME), now).toNanos();
            long has = Math.min(most, credit.getOrDefault(key, most) + since);
            boolean strict = low.size() * 100 >= policy.thinFrom() * policy.capacity();
            boolean passes = has >= every || !strict;
            credited.put(key, now);
            credit.put(key, passes ? Math.max(0, has - every) : has);
            return passes;
        }

        private void leaveOut(Ereport ereport) {
            leftOut.merge(ereport.eventClass().name(), 1L, Long::sum);
            leftOut.merge(Lane.detector(ereport), 1L, Long::sum);
        }

        private Step step() {
            Step step = journal.step();
            for (; checked < accepted.size(); checked++) {
                Ereport next = accepted.get(checked).ereport();
                assertTrue(accepted.get(checked).ref().offset() < log.synced(), "handed on before it was durable");
                String name = next.eventClass().name();
                if (name.endsWith("intake_dropped")) {
                    tell(next.payload().nvlist("classes").orElseThrow());
                    tell(next.payload().nvlist("detectors").orElseThrow());
                } else if (name.equals(Storms.DERR)) {
                    logged++;
                    assertEquals(Storms.number(high.remove()), Storms.number(next), "high lane");
                } else if (!name.startsWith("ereport.fm.")) {
                    logged++;
                    assertEquals(Storms.number(low.remove()), Storms.number(next), "low lane");
                }
            }
            return step;
        }

        private void tell(NvList counts) {
            counts.asMap()
                    .keySet()
                    .forEach(name -> told.merge(name, counts.number(name).orElseThrow(), Long::sum));
        }

        private void disturb() {
            switch (random.nextInt(6)) {
                case 0 -> files.capacity(files.used() + random.nextInt(3000));
                case 1 -> files.capacity(files.used() + 20_000 + random.nextInt(3000));
                case 2 -> files.capacity(Long.MAX_VALUE);
                case 3 -> files.arm(Fault.FORCE_FAILS, 1 + random.nextInt(3));
                case 4 -> files.arm(Fault.WRITE_FAILS, 1 + random.nextInt(3));
                default -> files.arm(Fault.TRUNCATE_FAILS, 1);
            }
        }

        private void run() throws IOException {
            for (int round = 0; round < 200; round++) {
                now = now.plusMillis(random.nextInt(500));
                for (int n = random.nextInt(12); n > 0; n--) {
                    post();
                }
                if (random.nextInt(5) == 0) {
                    disturb();
                }
                if (random.nextInt(3) > 0) {
                    step();
                }
            }
            files.capacity(Long.MAX_VALUE);
            files.disarm();
            intake.close();
            for (int steps = 0; step() != Step.ENDED; steps++) {
                assertTrue(steps < 100, "no end");
            }
            assertTrue(high.isEmpty() && low.isEmpty(), "something still waits");
            assertEquals(leftOut, told, "by class and by detector");
            assertEquals(posted, logged + intake.counts().dropped());
            assertEquals(posted, intake.counts().posted());
            assertEquals("ok", journal.state().text());
            log.close();
        }
    }

    @Test
    void whatIsPostedIsLoggedOrCountedAndTold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new Run(seed).run();
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.fmd.model.event.Ereport;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant TIME = Instant.parse("2026-03-04T11:30:00Z");

    private Instant wall = TIME;
    private long nanos = Long.MAX_VALUE - 5; // it may overflow
    private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void goesOnWhenTheWallClockIsSet() {
        pass(Duration.ofSeconds(10));
        wall = wall.minus(Duration.ofHours(5));
        assertEquals(TIME.plusSeconds(10), clock.instant());
        pass(Duration.ofSeconds(1));
        wall = wall.plus(Duration.ofDays(9000));
        assertEquals(TIME.plusSeconds(11), clock.instant());
    }

    @Test
    void tellsEachStepOnce() {
        assertEquals(Optional.empty(), clock.step());
        pass(Duration.ofSeconds(10));
        wall = wall.minus(Duration.ofHours(5));
        ClockStep back = clock.step().orElseThrow();
        assertEquals(new ClockStep(TIME.plusSeconds(10), wall), back);
        assertEquals(Duration.ofHours(5), back.back());
        assertEquals(Optional.empty(), clock.step());
        pass(Duration.ofSeconds(10));
        assertEquals(Optional.empty(), clock.step());
        wall = wall.plus(Duration.ofHours(7));
        assertEquals(Duration.ofHours(-7), clock.step().orElseThrow().back());
    }

    @Test
    void whatIsLessThanASecondAddsUp() {
        wall = wall.plusMillis(600);
        assertEquals(Optional.empty(), clock.step());
        wall = wall.plusMillis(600);
        assertEquals(Duration.ofMillis(-1200), clock.step().orElseThrow().back());
    }

    @Test
    void resumesWhereAnEarlierOneStoodAndSeesThatTheClockWasSetBackMeanwhile() {
        clock.resume(Duration.ofHours(1), TIME);
        assertEquals(TIME.plus(Duration.ofHours(1)), clock.instant());
        assertEquals(Optional.empty(), clock.step());
        clock.resume(Duration.ofHours(1), TIME.plus(Duration.ofHours(3)));
        assertEquals(TIME.plus(Duration.ofHours(3)), clock.instant());
        assertEquals(Duration.ofHours(2), clock.step().orElseThrow().back());
    }

    @Test
    void neverGoesBack() {
        Random random = new Random(1);
        Instant last = clock.instant();
        for (int i = 0; i < 10_000; i++) {
            wall = wall.plusSeconds(random.nextInt(20_000) - 10_000);
            pass(Duration.ofNanos(random.nextInt(1_000_000_000)));
            clock.step();
            assertFalse(clock.instant().isBefore(last));
            last = clock.instant();
        }
    }

    @Test
    void anEreportOfAnythingElseIsNoStep() {
        Ereport step = new ClockStep(TIME, TIME.plusNanos(1)).report();
        assertEquals(Optional.of(new ClockStep(TIME, TIME.plusNanos(1))), ClockStep.of(step));
        NvList odd = step.payload().toBuilder().uint64("after", 7).build();
        assertEquals(
                Optional.empty(), ClockStep.of(new Ereport(step.eventClass(), TIME, step.ena(), step.detector(), odd)));
    }
}

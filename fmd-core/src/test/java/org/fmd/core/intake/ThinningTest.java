// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final Instant TIME = Instant.parse("2026-03-04T11:30:00Z");

    private final Thinning thinning = new Thinning(4, Duration.ofSeconds(1));

    private int passed(String detector, Instant at, int attempts) {
        int passed = 0;
        for (int i = 0; i < attempts; i++) {
            passed += thinning.pass("tran", detector, at, true) ? 1 : 0;
        }
        return passed;
    }

    @Test
    void theFirstSoManyPassAndThenOneASecond() {
        assertEquals(4, passed("a", TIME, 100));
        assertEquals(0, passed("a", TIME.plusMillis(999), 100));
        assertEquals(1, passed("a", TIME.plusMillis(1000), 100));
        assertEquals(2, passed("a", TIME.plusMillis(3000), 100));
    }

    @Test
    void afterAPauseTheFirstSoManyPassAgainAndNoMore() {
        assertEquals(4, passed("a", TIME, 100));
        assertEquals(4, passed("a", TIME.plusSeconds(3600), 100));
    }

    @Test
    void devicesAndClassesDoNotShare() {
        assertEquals(4, passed("a", TIME, 100));
        assertEquals(4, passed("b", TIME, 100));
        assertTrue(thinning.pass("other", "a", TIME, true));
    }

    @Test
    void whatPassesWhileThereIsRoomCountsForTheFirstSoMany() {
        for (int i = 0; i < 100; i++) {
            assertTrue(thinning.pass("tran", "a", TIME, false));
        }
        assertFalse(thinning.pass("tran", "a", TIME, true));
        assertEquals(1, passed("a", TIME.plusSeconds(1), 100));
    }

    @Test
    void aFloodOfDevicesTakesNoMemoryAndIsThinnedToo() {
        long passed = 0;
        for (int device = 0; device < 100_000; device++) {
            passed += passed("device" + device, TIME, 1);
        }
        assertEquals(Thinning.MOST_PAIRS + 4, passed, "those that are kept apart, and four of all others");
        assertEquals(1, passed("new", TIME.plusSeconds(60), 1));
        assertEquals(4, passed("another", TIME.plusSeconds(60), 100), "the idle ones make room");
    }
}

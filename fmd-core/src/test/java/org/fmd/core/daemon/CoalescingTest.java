// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CoalescingTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aBurstIsServedOnceAMomentAfterItsEnd() {
        Coalescing asked = new Coalescing();
        assertEquals(-1, asked.waits(0));
        for (int i = 0; i < 9; i++) {
            asked.ask(i * MILLI);
            assertFalse(asked.take(i * MILLI));
        }
        assertEquals(200 * MILLI, asked.waits(8 * MILLI));
        assertTrue(asked.take(208 * MILLI));
        assertFalse(asked.take(208 * MILLI), "once");
        assertEquals(-1, asked.waits(208 * MILLI));
    }

    @Test
    void aBurstThatDoesNotEndIsServedOnceASecond() {
        Coalescing asked = new Coalescing();
        int served = 0;
        for (int now = 0; now < 10_000; now++) {
            asked.ask(now * MILLI);
            served += asked.take(now * MILLI) ? 1 : 0;
        }
        assertEquals(9, served, "ten thousand requests in ten seconds");
    }

    @Test
    void aClockThatBeganAnywhereServesAlike() {
        long start = Long.MAX_VALUE - 100 * MILLI;
        Coalescing asked = new Coalescing();
        asked.ask(start);
        assertEquals(100 * MILLI, asked.waits(start + 100 * MILLI));
        assertTrue(asked.take(start + 200 * MILLI));
    }
}

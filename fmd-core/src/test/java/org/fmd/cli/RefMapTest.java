// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.UUID;
import org.fmd.model.event.LogRef;
import org.junit.jupiter.api.Test;

class RefMapTest {
    private static LogRef before(int file, long offset) {
        return new LogRef(new UUID(1, file), offset);
    }

    private static LogRef after(int file, long offset) {
        return new LogRef(new UUID(2, file), offset);
    }

    @Test
    void leadsFromSeveralFilesToSeveralFiles() {
        RefMap map = new RefMap();
        for (int i = 0; i < 1000; i++) {
            map.put(before(i / 300, 8192 + 10L * i), after(i / 400, 100L + i));
        }
        for (int i = 0; i < 1000; i++) {
            assertEquals(after(i / 400, 100L + i), map.get(before(i / 300, 8192 + 10L * i)), "event " + i);
            assertNull(map.get(before(i / 300, 8193 + 10L * i)));
        }
        assertNull(map.get(before(9, 8192)));
    }

    @Test
    void anEventThatComesASecondTimeKeepsItsFirstPlace() {
        RefMap map = new RefMap();
        map.put(before(0, 10), after(0, 1));
        map.put(before(0, 20), after(0, 2));
        map.put(before(0, 10), after(0, 3));
        assertEquals(after(0, 1), map.get(before(0, 10)));
        assertEquals(after(0, 2), map.get(before(0, 20)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventClassTest {

    @ParameterizedTest
    @CsvSource({
        "ereport.io.disk, ereport.io.disk, true",
        "ereport.io.disk, ereport.io, false",
        "ereport.io.disk, ereport.*, true",
        "ereport.io.disk, *, true",
        "ereport.io, ereport.io.*, false",
        "ereport.io.disk.x, ereport.*.disk.x, true",
        "ereport.io.a.disk, ereport.*.disk, false",
        "ereport.io.disk, fault.*, false",
    })
    void aPatternMatchesWholeComponents(String name, String pattern, boolean matches) {
        assertEquals(matches, new EventClass(name).matches(pattern));
    }

    @Test
    void onlyPathsOfComponentsAreClasses() {
        assertTrue(EventClass.parse("ereport.cpu.ultraSPARC-II.3v3_x").isPresent());
        for (String bad : new String[] {"", ".", "a.", ".a", "a..b", "a b", "a.é", "x".repeat(256)}) {
            assertEquals(Optional.empty(), EventClass.parse(bad), bad);
        }
        assertTrue(new EventClass("ereport.x").isA("ereport"));
        assertFalse(new EventClass("ereportx.y").isA("ereport"));
        assertFalse(new EventClass("ereport").isA("ereport"));
    }

    @Test
    void reportsOfOneErrorKeepItsIdentity() {
        Ena first = Ena.of(123_456_789_012_345L, 5);
        Ena next = first;
        for (int i = 0; i < 300; i++) {
            next = next.next();
            assertTrue(next.sameError(first), "generation " + i);
        }
        assertFalse(first.sameError(Ena.of(123_456_789_012_345L, 6)));
        assertFalse(first.sameError(Ena.of(123_456_789_012_346L, 5)));
        assertEquals(1, first.bits() & 3, "format");
        assertEquals(Optional.of(first), Ena.parse(first.toString()));
        assertEquals(Optional.empty(), Ena.parse("5d21"));
    }

    @Test
    void aNameIsOneExactlyIfItHasTheForm() {
        String letters = "aZ09_-.. é*";
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                name.append(letters.charAt(random.nextInt(letters.length())));
            }
            boolean form = name.toString().matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
            assertEquals(form, EventClass.parse(name.toString()).isPresent(), "'" + name + "'");
        }
        assertTrue(EventClass.parse("x".repeat(255)).isPresent());
        assertTrue(EventClass.parse("x".repeat(256)).isEmpty());
    }
}

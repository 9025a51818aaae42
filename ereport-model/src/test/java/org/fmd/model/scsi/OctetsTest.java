// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OctetsTest {
    @Test
    void textComesBack() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            Octets octets = Octets.of(bytes);
            assertEquals(Optional.of(octets), Octets.parse(octets.toString()).toOptional(), "seed " + seed);
        }
    }

    @Test
    void readsTheFormsOfDifferentPrinters() {
        Octets expected = Octets.of(0x28, 0x00, 0x0a, 0xff);
        assertEquals(expected, Hex.octets("28 00 0a ff"));
        assertEquals(expected, Hex.octets(" 28 0 a FF\n"));
        assertEquals(expected, Hex.octets("0x28,0x0, 0xa 0xff"));
    }

    @Test
    void readsUnsignedBigEndianNumbers() {
        Octets octets = Octets.of(0xff, 0x00, 0x12, 0x34, 0xff, 0xff, 0xff, 0xff, 0xff);
        assertEquals(255, octets.u8(0));
        assertEquals(0x1234, octets.uint(1, 3));
        assertEquals(0x001234ffffffffffL, octets.uint(1, 8));
        assertEquals(0xffffffffL, octets.uint(5, 4));
    }

    @Test
    void isNotChangedThroughItsArrays() {
        byte[] bytes = {1, 2};
        Octets octets = Octets.of(bytes);
        bytes[0] = 9;
        octets.toArray()[1] = 9;
        assertEquals("01 02", octets.toString());
    }

    @Test
    void knowsItsBounds() {
        Octets octets = Octets.of(1, 2, 3);
        assertTrue(octets.has(1, 2));
        assertFalse(octets.has(2, 2));
        assertFalse(octets.has(-1, 1));
        assertFalse(octets.has(1, Integer.MAX_VALUE));
        assertThrows(IndexOutOfBoundsException.class, () -> octets.slice(1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> octets.u8(3));
    }
}

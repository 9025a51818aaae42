// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** Numbers for places that have none: the same text gives the same number on each host and at each boot. */
final class StableNumber {
    private static final int MASK = (1 << 30) - 1;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L; // FNV-1a, 64 bits
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX = 0xff51afd7ed558ccdL; // odd, half of its bits set

    private StableNumber() {}

    /** Returns a number of 30 bits. */
    static int of(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ Byte.toUnsignedLong(b)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 33) * MIX; // texts that differ at their end only get numbers far apart
        return (int) (hash >>> 34) & MASK;
    }

    /** Returns the number of the text or, where that is taken, the next one that is not. */
    static int free(String text, IntPredicate taken) {
        int number = of(text);
        while (taken.test(number)) {
            number = number + 1 & MASK;
        }
        return number;
    }
}

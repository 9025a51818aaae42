// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

/** A source of numbers that look random and are the same for a seed wherever they are made (SplitMix64). */
final class Dice {
    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** 64 bits. */
    long next() {
        state += GAMMA;
        return mixed(state);
    }

    /** Bits that depend on all of the given ones; different ones for different ones. */
    static long mixed(long bits) {
        long z = (bits ^ bits >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /** At least 0 and less than {@code bound}. */
    int below(int bound) {
        return (int) (((next() >>> 33) * bound) >>> 31);
    }

    /** At least 0, less than 1. */
    double fraction() {
        return (next() >>> 11) * 0x1p-53;
    }

    boolean chance(double probability) {
        return fraction() < probability;
    }

    /** The time to the next of many independent events that are {@code mean} apart on average. */
    long until(double mean) {
        return (long) (-StrictMath.log(1 - fraction()) * mean);
    }
}

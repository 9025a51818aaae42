// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.util.Optional;

/**
 * Error numeric association: the 64 bits that tie together all ereports of one error (fmd reference §1.4).
 *
 * <pre>
 *   63                              20 19        10 9           2 1 0
 *  ┌─────────────────────────────────┬────────────┬──────────────┬───┐
 *  │ low 44 bits of the ns clock     │ id         │ generation   │ 1 │   format 1
 *  └─────────────────────────────────┴────────────┴──────────────┴───┘
 * </pre>
 *
 * @param bits all 64 bits; 0 means "not known"
 */
public record Ena(long bits) {
    public static final Ena UNKNOWN = new Ena(0);

    private static final long IDENTITY = 0xFFFF_FFFF_FFFF_FC00L;
    private static final long GENERATION = 1L << 2;
    private static final long GENERATION_MASK = 0xFFL << 2;

    /**
     * Returns a new association of format 1.
     *
     * @param nanos the monotonic or wall clock in nanoseconds; its low 44 bits count
     * @param id what tells two errors of the same nanosecond apart; its low 10 bits count
     */
    public static Ena of(long nanos, int id) {
        return new Ena((nanos << 20) | ((id & 0x3FFL) << 10) | 1);
    }

    /** Returns the next generation of the same error; generation 255 is followed by 0. */
    public Ena next() {
        return new Ena((bits & ~GENERATION_MASK) | ((bits + GENERATION) & GENERATION_MASK));
    }

    /** Returns whether both speak of the same error: all is equal but format and generation. */
    public boolean sameError(Ena other) {
        return (bits & IDENTITY) == (other.bits & IDENTITY);
    }

    /** Reads {@code 0x5d21c04a1f901c01}; empty if the text is no such number. */
    public static Optional<Ena> parse(String text) {
        if (!text.startsWith("0x")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Ena(Long.parseUnsignedLong(text.substring(2), 16)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        String digits = Long.toHexString(bits);
        return "0x" + "0".repeat(16 - digits.length()) + digits;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fault;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state of one suspect of a case, the bits of {@code fault-status} (fmd reference §1.3).
 *
 * <p>A suspect is never faulty together with a reason why it no longer is; one that is neither reads "removed".
 *
 * @param bits the sum of the bits of {@link Bit}
 */
public record SuspectStatus(int bits) {
    public static final SuspectStatus FAULTY = of(Bit.FAULTY);

    /** One bit of the state. */
    public enum Bit {
        FAULTY(0x01),
        UNUSABLE(0x02),
        NOT_PRESENT(0x04),
        DEGRADED(0x08),
        REPAIRED(0x10),
        REPLACED(0x20),
        ACQUITTED(0x40);

        private final int mask;

        Bit(int mask) {
            this.mask = mask;
        }
    }

    private static final int REASONS = Bit.REPAIRED.mask | Bit.REPLACED.mask | Bit.ACQUITTED.mask;

    /** Refuses with {@link IllegalArgumentException} unknown bits and a faulty suspect with a reason why it is not. */
    public SuspectStatus {
        if ((bits & ~0x7F) != 0) {
            throw new IllegalArgumentException("0x" + Integer.toHexString(bits) + " is no state of a suspect");
        }
        if ((bits & Bit.FAULTY.mask) != 0 && (bits & REASONS) != 0) {
            throw new IllegalArgumentException("a faulty suspect cannot be repaired, replaced or acquitted");
        }
    }

    public static SuspectStatus of(Bit... bits) {
        int sum = 0;
        for (Bit bit : bits) {
            sum |= bit.mask;
        }
        return new SuspectStatus(sum);
    }

    public boolean has(Bit bit) {
        return (bits & bit.mask) != 0;
    }

    public boolean isFaulty() {
        return has(Bit.FAULTY);
    }

    public boolean isUnusable() {
        return has(Bit.UNUSABLE);
    }

    public SuspectStatus with(Bit bit) {
        return new SuspectStatus(bits | bit.mask);
    }

    public SuspectStatus without(Bit bit) {
        return new SuspectStatus(bits & ~bit.mask);
    }

    /** Returns the bits that are set. */
    public Set<Bit> set() {
        Set<Bit> set = EnumSet.noneOf(Bit.class);
        for (Bit bit : Bit.values()) {
            if (has(bit)) {
                set.add(bit);
            }
        }
        return set;
    }
}

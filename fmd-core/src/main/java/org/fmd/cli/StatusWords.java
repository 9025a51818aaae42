// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;

/** The state of a suspect in words, for each of the things it names (fmd reference §5.1). An empty text prints no line. */
final class StatusWords {
    private static final String[] AFFECTS = new String[16];

    static {
        AFFECTS[0] = "ok and in service";
        AFFECTS[index(SuspectStatus.of(Bit.DEGRADED))] = "service degraded, but associated components no longer faulty";
        AFFECTS[index(SuspectStatus.of(Bit.FAULTY, Bit.DEGRADED))] = "faulted but still providing degraded service";
        AFFECTS[index(SuspectStatus.of(Bit.FAULTY))] = "faulted but still in service";
        AFFECTS[index(SuspectStatus.of(Bit.UNUSABLE))] = "out of service, but associated components no longer faulty";
        AFFECTS[index(SuspectStatus.of(Bit.FAULTY, Bit.UNUSABLE))] = "faulted and taken out of service";
    }

    private StatusWords() {}

    private static int index(SuspectStatus status) {
        return (status.isFaulty() ? 1 : 0) | (status.isUnusable() ? 2 : 0) | (status.has(Bit.DEGRADED) ? 8 : 0);
    }

    static String affects(SuspectStatus status) {
        String words = AFFECTS[index(status)];
        return words == null ? "" : words;
    }

    static String fru(SuspectStatus status) {
        if (status.has(Bit.NOT_PRESENT)) {
            return "not present";
        }
        return status.isFaulty() ? "faulty" : mended(status);
    }

    static String problemIn(SuspectStatus status) {
        if (status.has(Bit.NOT_PRESENT)) {
            return "not present";
        }
        return status.isFaulty() ? affects(status) : mended(status);
    }

    private static String mended(SuspectStatus status) {
        if (status.has(Bit.REPLACED)) {
            return "replaced";
        }
        if (status.has(Bit.REPAIRED)) {
            return "repair attempted";
        }
        return status.has(Bit.ACQUITTED) ? "acquitted" : "removed";
    }

    /** Returns the word of {@code fmadm faulty -r}. */
    static String asru(SuspectStatus status) {
        if (status.isFaulty() && status.isUnusable()) {
            return "faulted";
        }
        if (status.isUnusable()) {
            return "unknown";
        }
        return status.isFaulty() || status.has(Bit.DEGRADED) ? "degraded" : "ok";
    }
}

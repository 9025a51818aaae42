// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Locale;
import java.util.Optional;

/** The status a device ends a command with (SAM-6 5.3.1): payload member {@code stat-code}. */
public enum StatusByte {
    GOOD(0x00),
    CHECK_CONDITION(0x02),
    CONDITION_MET(0x04),
    BUSY(0x08),
    /** Obsolete since SAM-4. */
    INTERMEDIATE(0x10),
    /** Obsolete since SAM-4. */
    INTERMEDIATE_CONDITION_MET(0x14),
    RESERVATION_CONFLICT(0x18),
    /** Obsolete since SAM-2. */
    COMMAND_TERMINATED(0x22),
    /** QUEUE FULL in SCSI-2 and on Solaris. */
    TASK_SET_FULL(0x28),
    ACA_ACTIVE(0x30),
    TASK_ABORTED(0x40);

    private final int number;

    StatusByte(int number) {
        this.number = number;
    }

    /** The status with this number; empty if no standard assigns it. */
    public static Optional<StatusByte> of(int number) {
        for (StatusByte status : values()) {
            if (status.number == number) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** 0 to 255. */
    public int number() {
        return number;
    }

    /** T10's text: {@code CHECK CONDITION}. */
    public String t10Text() {
        return name().replace('_', ' ');
    }

    /** For people: {@code check condition}. */
    @Override
    public String toString() {
        return t10Text().toLowerCase(Locale.ROOT);
    }
}

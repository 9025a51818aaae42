// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.jspecify.annotations.Nullable;

/**
 * The facts about one command, as far as they were told.
 *
 * @param fate what became of it
 * @param result the transport's part of the result
 * @param statusTold what is known of the status byte
 * @param sense the sense data, null if none was told
 * @param cdb the command descriptor block, empty if it was not told
 * @param block the block layer's line about the request, null if there was none
 */
public record Command(
        Fate fate,
        Result result,
        Status statusTold,
        @Nullable Sense sense,
        Octets cdb,
        @Nullable BlockError block) {

    /** Sense as far as it was told; {@code additional} is null where it was not. */
    public record Sense(SenseKey key, @Nullable AdditionalSense additional, boolean deferred) {

        boolean hasCode(int asc) {
            return additional != null && additional.asc() == asc;
        }

        boolean is(int asc, int ascq) {
            return hasCode(asc) && additional != null && additional.ascq() == ascq;
        }
    }

    /** The host byte, as far as it was told: {@code host} is null where there was none, or one that no kernel assigns. */
    public record Result(boolean told, @Nullable HostByte host) {
        public static final Result NOT_TOLD = new Result(false, null);

        boolean transportFailed() {
            return told && host != HostByte.OK;
        }
    }

    /** What is known of the status byte, which the kernel's log never prints. */
    public enum Status {
        NOT_TOLD,
        CHECK_CONDITION,
        RESERVATION_CONFLICT
    }

    boolean hasKey(SenseKey key) {
        return sense != null && sense.key() == key;
    }

    /** Returns whether the device reported sense that means something: any key but 0. */
    boolean hasSense() {
        return sense != null && sense.key() != SenseKey.NO_SENSE;
    }
}

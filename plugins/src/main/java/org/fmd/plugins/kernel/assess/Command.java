// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.util.OptionalLong;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseData;
import org.fmd.model.scsi.SenseKey;
import org.fmd.model.scsi.StatusByte;
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

    /**
     * Sense as far as it was told.
     *
     * @param additional null where it was not told
     * @param information the first bad block, where the device said so and all of the sense was told
     */
    public record Sense(
            SenseKey key, @Nullable AdditionalSense additional, boolean deferred, OptionalLong information) {

        /** Sense of which the codes were told alone. */
        public Sense(SenseKey key, @Nullable AdditionalSense additional, boolean deferred) {
            this(key, additional, deferred, OptionalLong.empty());
        }

        /** Sense as the device sent it. */
        static Sense of(SenseData data) {
            return new Sense(data.key(), data.additional(), data.deferred(), data.information());
        }

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

    /**
     * The status byte, which the kernel's log never prints, but trace events do.
     *
     * @param number 0 to 255; -1 where it was not told
     */
    public record Status(int number) {
        public static final Status NOT_TOLD = new Status(-1);
        public static final Status CHECK_CONDITION = new Status(StatusByte.CHECK_CONDITION.number());
        public static final Status RESERVATION_CONFLICT = new Status(StatusByte.RESERVATION_CONFLICT.number());

        boolean isTold() {
            return number >= 0;
        }
    }

    boolean hasKey(SenseKey key) {
        return sense != null && sense.key() == key;
    }

    /** Returns whether the device reported sense that means something: any key but 0. */
    boolean hasSense() {
        return sense != null && sense.key() != SenseKey.NO_SENSE;
    }
}

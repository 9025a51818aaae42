// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The three sense key specific octets (SPC-6 4.4.2.4), whose meaning depends on the sense key; present only if the
 * device set their valid bit, SKSV.
 */
public sealed interface SenseKeySpecific
        permits SenseKeySpecific.FieldPointer,
                SenseKeySpecific.ActualRetryCount,
                SenseKeySpecific.Progress,
                SenseKeySpecific.SegmentPointer,
                SenseKeySpecific.UnitAttentionQueue,
                SenseKeySpecific.Uninterpreted {

    /**
     * With key 5: which field of the request was wrong.
     *
     * @param inCommand true if the field is in the CDB, false if in the parameter data
     * @param bit the left-most bit of the field, 0 to 7, if the device names it
     * @param octet index of its first octet
     */
    record FieldPointer(boolean inCommand, OptionalInt bit, int octet) implements SenseKeySpecific {}

    /**
     * With keys 1, 3 and 4: how many retries of its recovery procedure the device used.
     *
     * @param count 0 to 65535
     */
    record ActualRetryCount(int count) implements SenseKeySpecific {}

    /**
     * With keys 0 and 2: how far an operation is (format, self-test, sanitize).
     *
     * @param numerator 0 to 65535, of 65536
     */
    record Progress(int numerator) implements SenseKeySpecific {
        /** The share that is done, 0.0 to below 1.0. */
        public double fraction() {
            return numerator / 65536.0;
        }
    }

    /**
     * With key A: which field of a copy segment was wrong.
     *
     * @param inDescriptor true if {@code octet} counts from the segment descriptor, false if from the parameter list
     * @param bit the left-most bit of the field, 0 to 7, if the device names it
     * @param octet index of its first octet
     */
    record SegmentPointer(boolean inDescriptor, OptionalInt bit, int octet) implements SenseKeySpecific {}

    /**
     * With key 6: whether unit attention conditions were lost.
     *
     * @param overflow true if the device's queue of them ran over
     */
    record UnitAttentionQueue(boolean overflow) implements SenseKeySpecific {}

    /**
     * With any other key, where no standard gives a meaning.
     *
     * @param octets the three octets
     */
    record Uninterpreted(Octets octets) implements SenseKeySpecific {}

    /** Reads the three octets from {@code at} on; empty if they are not there or SKSV is not set. */
    static Optional<SenseKeySpecific> read(SenseKey key, Octets sense, int at) {
        if (!sense.has(at, 3) || !sense.bit(at, 0x80)) {
            return Optional.empty();
        }
        int number = (int) sense.uint(at + 1, 2);
        OptionalInt bit = sense.bit(at, 0x08) ? OptionalInt.of(sense.u8(at) & 7) : OptionalInt.empty();
        return Optional.of(
                switch (key) {
                    case ILLEGAL_REQUEST -> new FieldPointer(sense.bit(at, 0x40), bit, number);
                    case RECOVERED_ERROR, MEDIUM_ERROR, HARDWARE_ERROR -> new ActualRetryCount(number);
                    case NO_SENSE, NOT_READY -> new Progress(number);
                    case COPY_ABORTED -> new SegmentPointer(sense.bit(at, 0x20), bit, number);
                    case UNIT_ATTENTION -> new UnitAttentionQueue(sense.bit(at, 0x01));
                    case DATA_PROTECT,
                            BLANK_CHECK,
                            VENDOR_SPECIFIC,
                            ABORTED_COMMAND,
                            EQUAL,
                            VOLUME_OVERFLOW,
                            MISCOMPARE,
                            COMPLETED -> new Uninterpreted(sense.slice(at, at + 3));
                });
    }

    /** The three octets again, with SKSV set. */
    default Octets encode() {
        if (this instanceof FieldPointer f) {
            return pointer(f.inCommand() ? 0x40 : 0, f.bit(), f.octet());
        }
        if (this instanceof SegmentPointer s) {
            return pointer(s.inDescriptor() ? 0x20 : 0, s.bit(), s.octet());
        }
        if (this instanceof ActualRetryCount r) {
            return pointer(0, OptionalInt.empty(), r.count());
        }
        if (this instanceof Progress p) {
            return pointer(0, OptionalInt.empty(), p.numerator());
        }
        if (this instanceof UnitAttentionQueue u) {
            return Octets.of(0x80 | (u.overflow() ? 1 : 0), 0, 0);
        }
        if (this instanceof Uninterpreted raw) {
            return raw.octets();
        }
        throw new AssertionError("unhandled sense key specific: " + getClass());
    }

    private static Octets pointer(int which, OptionalInt bit, int number) {
        int first = 0x80 | which | (bit.isPresent() ? 0x08 | bit.getAsInt() : 0);
        return Octets.of(first, number >> 8, number);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Optional;

/**
 * What the ATA device behind a SCSI/ATA translation layer left in its registers: sense descriptor type 9 (SAT-4
 * 12.2.2.7, "ATA Status Return").
 *
 * @param extended whether the 48-bit registers are given; otherwise only the low octets count
 * @param error the ERROR register
 * @param count the COUNT register, 8 or 16 bits
 * @param lba the LBA registers: 48 bits if extended, else 28, of which four come from the device register
 * @param device the DEVICE register
 * @param status the STATUS register
 */
public record AtaStatusReturn(boolean extended, int error, int count, long lba, int device, int status) {
    private static final int LENGTH = 14;

    /** Reads the descriptor; empty if it is of another type or shorter than 14 octets. */
    static Optional<AtaStatusReturn> read(SenseDescriptor descriptor) {
        Octets d = descriptor.octets();
        if (descriptor.type() != SenseDescriptor.ATA_STATUS_RETURN || !d.has(0, LENGTH)) {
            return Optional.empty();
        }
        boolean extended = d.bit(2, 0x01);
        long low = d.u8(7) | ((long) d.u8(9) << 8) | ((long) d.u8(11) << 16);
        long high = extended
                ? ((long) d.u8(6) << 24) | ((long) d.u8(8) << 32) | ((long) d.u8(10) << 40)
                : (long) (d.u8(12) & 0x0f) << 24;
        int count = extended ? (d.u8(4) << 8) | d.u8(5) : d.u8(5);
        return Optional.of(new AtaStatusReturn(extended, d.u8(3), count, low | high, d.u8(12), d.u8(13)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

/**
 * One descriptor of descriptor format sense data (SPC-6 4.4.2), whole: its first octet is the type, its second the
 * number of octets that follow.
 *
 * @param octets type, length and contents; at least two octets
 */
public record SenseDescriptor(Octets octets) {
    public static final int INFORMATION = 0x00;
    public static final int COMMAND_SPECIFIC = 0x01;
    public static final int SENSE_KEY_SPECIFIC = 0x02;
    public static final int FIELD_REPLACEABLE_UNIT = 0x03;
    /** SSC: file mark, end of medium, incorrect length. */
    public static final int STREAM_COMMANDS = 0x04;
    /** SBC: incorrect length. */
    public static final int BLOCK_COMMANDS = 0x05;
    /** SAT: the task file of an ATA device. */
    public static final int ATA_STATUS_RETURN = 0x09;
    /** SBC-4: information, command specific, key specific, FRU and flags of a disk in one descriptor. */
    public static final int DIRECT_ACCESS_BLOCK_DEVICE = 0x0d;

    public SenseDescriptor {
        if (octets.length() < 2) {
            throw new IllegalArgumentException("a sense descriptor has type and length: " + octets);
        }
    }

    /** The descriptor type, 0 to 255; from 80h on the vendor's own. */
    public int type() {
        return octets.u8(0);
    }
}

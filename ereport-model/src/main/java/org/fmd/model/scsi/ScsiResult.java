// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Optional;

/**
 * The 32-bit result the Linux SCSI layer ends a command with: status byte in bits 0 to 7, message byte in 8 to 15, host
 * byte in 16 to 23, driver byte in 24 to 31. Message and driver byte are always zero since kernel 5.14 (kernel channel
 * reference §2.3).
 *
 * @param value as in field {@code result} of the trace events
 */
public record ScsiResult(int value) {
    private static final int DRIVER_SENSE = 0x08;

    /** A result of its parts, as a kernel message spells them out. */
    public static ScsiResult of(HostByte host, StatusByte status) {
        return new ScsiResult((host.number() << 16) | status.number());
    }

    /** The status byte as a number, 0 to 255. */
    public int statusByte() {
        return value & 0xff;
    }

    /** The message byte as a number, 0 to 255. */
    public int messageByte() {
        return (value >> 8) & 0xff;
    }

    /** The host byte as a number, 0 to 255. */
    public int hostByte() {
        return (value >> 16) & 0xff;
    }

    /** The driver byte as a number, 0 to 255; 8 meant "sense is valid". */
    public int driverByte() {
        return value >>> 24;
    }

    /** The status; empty if unassigned. */
    public Optional<StatusByte> status() {
        return StatusByte.of(statusByte());
    }

    /** The host byte; empty if unassigned. */
    public Optional<HostByte> host() {
        return HostByte.of(hostByte());
    }

    /** Whether the device ended the command with CHECK CONDITION, so that sense may be there. */
    public boolean isCheckCondition() {
        return statusByte() == StatusByte.CHECK_CONDITION.number() || (driverByte() & 0x0f) == DRIVER_SENSE;
    }

    /** Whether nothing at all went wrong. */
    public boolean isGood() {
        return value == 0;
    }

    /** What it becomes in payload member {@code pkt-reason}; an unassigned host byte is a transport error. */
    public PktReason pktReason() {
        return host().map(HostByte::pktReason).orElse(PktReason.TRAN_ERR);
    }

    /** Host byte and status in words: {@code DID_OK, check condition}. */
    @Override
    public String toString() {
        String host = host().map(HostByte::kernelName).orElse(String.format("hostbyte=0x%02x", hostByte()));
        String status = status().map(StatusByte::toString).orElse(String.format("status 0x%02x", statusByte()));
        return host + ", " + status;
    }
}

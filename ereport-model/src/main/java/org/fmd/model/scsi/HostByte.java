// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host byte of a Linux command result: what adapter driver and transport class have to say. Numbers and names are
 * those of the kernel's {@code scsi_status.h}; what the kernel does with each is in the kernel channel reference §2.3.
 *
 * <p>Each has the {@link PktReason} it becomes in an ereport. That mapping is ours: the driver interfaces differ, so it
 * goes by what drivers of the same adapters report on either system (a device not there: {@code DID_NO_CONNECT} on
 * Linux, {@code CMD_DEV_GONE} on Solaris).
 */
public enum HostByte {
    OK(0x00, PktReason.CMPLT, 0),
    NO_CONNECT(0x01, PktReason.DEV_GONE, 0),
    /** The bus was never free for the command: it did not get as far as the target. */
    BUS_BUSY(0x02, PktReason.INCOMPLETE, 0),
    TIME_OUT(0x03, PktReason.TIMEOUT, PktStatistics.TIMEOUT),
    BAD_TARGET(0x04, PktReason.DEV_GONE, 0),
    ABORT(0x05, PktReason.ABORTED, PktStatistics.ABORTED),
    PARITY(0x06, PktReason.TRAN_ERR, PktStatistics.PARITY),
    ERROR(0x07, PktReason.TRAN_ERR, 0),
    RESET(0x08, PktReason.RESET, PktStatistics.BUS_RESET),
    BAD_INTR(0x09, PktReason.TRAN_ERR, 0),
    PASSTHROUGH(0x0a, PktReason.CMPLT, 0),
    SOFT_ERROR(0x0b, PktReason.TRAN_ERR, 0),
    IMM_RETRY(0x0c, PktReason.TRAN_ERR, 0),
    REQUEUE(0x0d, PktReason.TRAN_ERR, 0),
    TRANSPORT_DISRUPTED(0x0e, PktReason.TRAN_ERR, 0),
    TRANSPORT_FAILFAST(0x0f, PktReason.TRAN_ERR, 0),
    /** 10h to 13h: the kernel's own summary of sense or status of a command that did complete; unused since 6.0. */
    TARGET_FAILURE(0x10, PktReason.CMPLT, 0),
    NEXUS_FAILURE(0x11, PktReason.CMPLT, 0),
    ALLOC_FAILURE(0x12, PktReason.CMPLT, 0),
    MEDIUM_ERROR(0x13, PktReason.CMPLT, 0),
    TRANSPORT_MARGINAL(0x14, PktReason.TRAN_ERR, 0);

    /** Bits of payload member {@code pkt-stats} (illumos {@code scsi_pkt.h}; fmd reference §2.5). */
    public static final class PktStatistics {
        public static final int PARITY = 0x04;
        public static final int BUS_RESET = 0x08;
        public static final int DEVICE_RESET = 0x10;
        public static final int ABORTED = 0x20;
        public static final int TIMEOUT = 0x40;
        public static final int TERMINATED = 0x80;

        private PktStatistics() {}
    }

    private static final HostByte[] ALL = values();
    private static final Pattern NUMBER = Pattern.compile("0x([0-9a-f]{1,2})");

    private final int number;
    private final PktReason pktReason;
    private final int pktStatistics;

    HostByte(int number, PktReason pktReason, int pktStatistics) {
        this.number = number;
        this.pktReason = pktReason;
        this.pktStatistics = pktStatistics;
    }

    /** The host byte with this number; empty for one that no kernel assigns. */
    public static Optional<HostByte> of(int number) {
        for (HostByte host : ALL) {
            if (host.number == number) {
                return Optional.of(host);
            }
        }
        return Optional.empty();
    }

    /**
     * What a kernel message says after {@code hostbyte=}: a name, or a number where the kernel was built without names
     * or has none ({@code 0x14} up to 6.12).
     */
    public static Optional<HostByte> parse(String text) {
        String word = text.strip();
        Matcher number = NUMBER.matcher(word.toLowerCase(Locale.ROOT));
        if (number.matches()) {
            return of(Integer.parseInt(number.group(1), 16));
        }
        for (HostByte host : ALL) {
            if (host.kernelName().equals(word)) {
                return Optional.of(host);
            }
        }
        return Optional.empty();
    }

    /** 0 to 20. */
    public int number() {
        return number;
    }

    /** The kernel's name: {@code DID_NO_CONNECT}. */
    public String kernelName() {
        return "DID_" + name();
    }

    /** What it becomes in payload member {@code pkt-reason}. */
    public PktReason pktReason() {
        return pktReason;
    }

    /** What it adds to payload member {@code pkt-stats}. */
    public int pktStatistics() {
        return pktStatistics;
    }

    @Override
    public String toString() {
        return kernelName();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Optional;

/**
 * Why a transport ended a command: payload member {@code pkt-reason}. Numbers and names are Solaris's, where ereports of
 * disks come from (illumos {@code scsi_pkt.h}; fmd reference §2.5).
 */
public enum PktReason {
    CMPLT(0, "cmplt"),
    INCOMPLETE(1, "incomplete"),
    DMA_DERR(2, "dma_derr"),
    TRAN_ERR(3, "tran_err"),
    RESET(4, "reset"),
    ABORTED(5, "aborted"),
    TIMEOUT(6, "timeout"),
    DATA_OVR(7, "data_ovr"),
    CMD_OVR(8, "cmd_ovr"),
    STS_OVR(9, "sts_ovr"),
    BADMSG(10, "badmsg"),
    NOMSGOUT(11, "nomsgout"),
    XID_FAIL(12, "xid_fail"),
    IDE_FAIL(13, "ide_fail"),
    ABORT_FAIL(14, "abort_fail"),
    REJECT_FAIL(15, "reject_fail"),
    NOP_FAIL(16, "nop_fail"),
    PER_FAIL(17, "per_fail"),
    BDR_FAIL(18, "bdr_fail"),
    ID_FAIL(19, "id_fail"),
    UNX_BUS_FREE(20, "unexpected_bus_free"),
    TAG_REJECT(21, "tag reject"),
    TERMINATED(22, "terminated"),
    /** Without a display name on Solaris. */
    TLR_OFF(23, "tlr_off"),
    DEV_GONE(24, "gone");

    private final int number;
    private final String display;

    PktReason(int number, String display) {
        this.number = number;
        this.display = display;
    }

    /** The reason with this number; empty if there is none. */
    public static Optional<PktReason> of(int number) {
        for (PktReason reason : values()) {
            if (reason.number == number) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    /** The number in the payload. */
    public int number() {
        return number;
    }

    /** The name Solaris shows: {@code tran_err}, {@code gone}. */
    @Override
    public String toString() {
        return display;
    }
}

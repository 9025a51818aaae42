// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

import org.fmd.model.event.EventClass;

/** What can go wrong with a command to a disk, and how an ereport says it (fmd reference §2.3). */
enum Trouble {
    UNREADABLE_BLOCK("dev.rqs.merr", "fatal", 0, 0x3, 0x11, 0x00, true),
    HARDWARE_ERROR("dev.rqs.derr", "fatal", 0, 0x4, 0x44, 0x00, true),
    BLOCK_TRIED_AGAIN("dev.rqs.merr", "retry", 0, 0x3, 0x11, 0x00, true),
    HARDWARE_TRIED_AGAIN("dev.rqs.derr", "retry", 0, 0x4, 0x15, 0x01, true),
    RECOVERED_BY_DISK("dev.rqs.derr", "recovered", 0, 0x1, 0x17, 0x01, true),
    RECOVERED("recovered", "recovered", 0, Trouble.NONE, 0, 0, true),
    PREDICTED_FAILURE("dev.rqs.derr", "info", 0, 0x1, 0x5d, 0x10, false),
    NOT_READY("dev.rqs.derr", "retry", 0, 0x2, 0x04, 0x01, true),
    ILLEGAL_REQUEST("dev.rqs.derr", "fail", 0, 0x5, 0x24, 0x00, false),
    POWER_ON("dev.rqs.derr", "retry", 0, 0x6, 0x29, 0x02, true),
    PARAMETERS_CHANGED("dev.rqs.derr", "retry", 0, 0x6, 0x2a, 0x01, true),
    LUNS_CHANGED("dev.rqs.derr", "info", 0, 0x6, 0x3f, 0x0e, false),
    BUSY("dev.serr", "retry", 0, Trouble.NONE, 0, 0, true),
    UNDECODED("dev.uderr", "retry", 0, Trouble.NONE, 0, 0, true),
    TRANSPORT("tran", "retry", 3, Trouble.NONE, 0, 0, true),
    RESET("tran", "retry", 4, Trouble.NONE, 0, 0, true),
    TIMEOUT("tran", "retry", 6, Trouble.NONE, 0, 0, true);

    /** No sense key. */
    static final int NONE = -1;

    private final EventClass eventClass;
    private final String assessment;
    private final int reason;
    private final int key;
    private final int asc;
    private final int ascq;
    private final boolean block;

    Trouble(String tail, String assessment, int reason, int key, int asc, int ascq, boolean block) {
        this.eventClass = new EventClass("ereport.io.scsi.cmd.disk." + tail);
        this.assessment = assessment;
        this.reason = reason;
        this.key = key;
        this.asc = asc;
        this.ascq = ascq;
        this.block = block;
    }

    EventClass eventClass() {
        return eventClass;
    }

    String assessment() {
        return assessment;
    }

    /** Why the transport ended the command, 0 if it was carried through. */
    int reason() {
        return reason;
    }

    /** The sense key, {@link #NONE} if there is no sense. */
    int key() {
        return key;
    }

    int asc() {
        return asc;
    }

    int ascq() {
        return ascq;
    }

    /** Whether it is about a command that reads or writes blocks. */
    boolean block() {
        return block;
    }

    /** Whether it is the way to the disk that failed. */
    boolean transport() {
        return reason != 0;
    }
}

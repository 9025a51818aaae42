// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.assess.Command;
import org.fmd.plugins.kernel.assess.Fate;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * A command that libata's error handler found failed, as far as its lines told. Belongs to {@link AtaStories}.
 *
 * <p>What it means is what libata would tell the SCSI layer: bits of the error mask say whether the way failed or the device,
 * the error register says how (ATA8-ACS 6.2; libata's error masks).
 */
final class AtaCommand {
    private static final int DEVICE_ERROR = 0x1;
    private static final int PROTOCOL = 0x2;
    private static final int TIMEOUT = 0x4;
    private static final int MEDIA = 0x8;
    private static final int ATA_BUS = 0x10;
    private static final int HOST_BUS = 0x20;
    private static final int SYSTEM = 0x40;

    private static final int STATUS_FAULT = 0x20;
    private static final int ERROR_ABORTED = 0x04;
    private static final int ERROR_NOT_FOUND = 0x10;
    private static final int ERROR_UNCORRECTABLE = 0x40;
    private static final int ERROR_CRC = 0x80;

    final String part;
    final Stamp at;
    private int command = -1;
    private long lba = -1;
    private long badLba = -1;
    private int mask = -1;
    private int status = -1;
    private int error = -1;
    /** Whether the SCSI layer told of the same attempt. */
    boolean toldByScsi;

    boolean taken;

    AtaCommand(String part, Stamp at) {
        this.part = part;
        this.at = at;
    }

    boolean hasTaskfile() {
        return command >= 0;
    }

    boolean hasResult() {
        return mask >= 0;
    }

    int code() {
        return command;
    }

    long lba() {
        return lba;
    }

    void issued(Taskfile taskfile) {
        command = taskfile.first();
        lba = taskfile.lba();
    }

    void issued(int code) {
        command = code;
    }

    void ended(Taskfile taskfile, int errorMask) {
        ended(taskfile.first(), taskfile.second(), errorMask);
        badLba = taskfile.lba();
    }

    void ended(int statusRegister, int errorRegister, int errorMask) {
        status = statusRegister;
        error = errorRegister;
        mask = errorMask;
    }

    /** Notes the word of a line about the error register, where the registers themselves were not told. */
    void named(String words) {
        if (error < 0) {
            error = (words.contains("ICRC") ? ERROR_CRC : 0)
                    | (words.contains("UNC") ? ERROR_UNCORRECTABLE : 0)
                    | (words.contains("IDNF") ? ERROR_NOT_FOUND : 0)
                    | (words.contains("ABRT") ? ERROR_ABORTED : 0);
        }
    }

    /** @param roundMask what the line about the whole exception said, for a command of which nothing is told */
    boolean isTransport(int roundMask) {
        return host(roundMask) != HostByte.OK;
    }

    private HostByte host(int roundMask) {
        int all = mask >= 0 ? mask : roundMask;
        if ((all & TIMEOUT) != 0) {
            return HostByte.TIME_OUT;
        }
        if ((all & ATA_BUS) != 0 || (error > 0 && (error & ERROR_CRC) != 0)) {
            return HostByte.PARITY;
        }
        boolean device =
                error > 0 || (status > 0 && (status & STATUS_FAULT) != 0) || (all & (MEDIA | DEVICE_ERROR)) != 0;
        if ((all & (HOST_BUS | SYSTEM | PROTOCOL)) != 0 || !device) {
            return HostByte.ERROR;
        }
        return HostByte.OK;
    }

    private boolean isMedia() {
        return (mask > 0 && (mask & MEDIA) != 0) || (error > 0 && (error & ERROR_UNCORRECTABLE) != 0);
    }

    private Command.Sense sense() {
        if (isMedia()) {
            return new Command.Sense(SenseKey.MEDIUM_ERROR, new AdditionalSense(0x11, 0x04), false);
        }
        if (status > 0 && (status & STATUS_FAULT) != 0) {
            return new Command.Sense(SenseKey.HARDWARE_ERROR, new AdditionalSense(0x44, 0x00), false);
        }
        if (error > 0 && (error & ERROR_NOT_FOUND) != 0) {
            return new Command.Sense(SenseKey.ABORTED_COMMAND, new AdditionalSense(0x14, 0x00), false);
        }
        return new Command.Sense(SenseKey.ABORTED_COMMAND, AdditionalSense.NONE, false);
    }

    /** Returns the attempt: libata lets the SCSI layer try again what it can. */
    Command facts(int roundMask) {
        HostByte host = host(roundMask);
        Command.@Nullable Sense sense = host == HostByte.OK ? sense() : null;
        return new Command(
                Fate.RETRIED, new Command.Result(true, host), Command.Status.NOT_TOLD, sense, Octets.EMPTY, null);
    }

    /** @param serror the error register of the link, 0 where nothing is told */
    NvList payload(int roundMask, long serror) {
        NvList.Builder facts = NvList.builder();
        long block = isMedia() && badLba >= 0 ? badLba : lba;
        if (block >= 0 && !isTransport(roundMask)) {
            facts.uint64("lba", block).bool("lba-exact", isMedia() && badLba >= 0);
        } else if (lba >= 0) {
            facts.uint64("lba", lba).bool("lba-exact", false);
        }
        if (command >= 0) {
            facts.uint8("ata-command", command);
        }
        if (status >= 0) {
            facts.uint8("ata-status", status).uint8("ata-error", error);
        }
        facts.uint32("ata-error-mask", mask >= 0 ? mask : roundMask);
        facts.uint32("ata-link-error", serror);
        return facts.build();
    }
}

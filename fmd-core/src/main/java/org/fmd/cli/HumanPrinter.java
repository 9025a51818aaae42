// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.PktReason;
import org.fmd.model.scsi.SenseText;
import org.fmd.model.scsi.StatusByte;
import org.jspecify.annotations.Nullable;

/**
 * {@code -e -h}: an ereport in words, on one line: when, which device, what it was asked, what it answered, how that ended.
 *
 * <pre>
 * Mar 04 11:32:06.9914 id1,sd@n5000c500a1b2c3d7 (ZC1A2B3C): READ(10) lba 3809152 len 128: Medium Error, Unrecovered read error (3/11/00), at lba 3809154, fatal
 * </pre>
 */
final class HumanPrinter implements RecordPrinter {
    private final Instant now;
    private final ZoneId zone;

    HumanPrinter(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    @Override
    public String heading() {
        return "";
    }

    @Override
    public void print(LoggedEvent event, PrintWriter out) throws JsonProblem {
        NvList members = event.members();
        out.print(Columns.left(Times.ofEvent(event.tod(), now, zone), 20) + " " + device(members) + ": "
                + text(event.eventClass(), members) + "\n");
    }

    private static String device(NvList members) {
        Optional<NvList> named = members.nvlist("detector");
        Fmri detector = named.isPresent() ? Fmri.of(named.get()) : null;
        String devid = known(members, "devid");
        if (devid == null && detector instanceof DevFmri dev) {
            devid = dev.devid();
        }
        String name = devid;
        if (name == null) {
            name = detector instanceof DevFmri dev ? dev.devicePath() : detector == null ? "-" : detector.toString();
        }
        String serial = known(members, "serial");
        return serial == null ? name : name + " (" + serial + ")";
    }

    private static String text(String eventClass, NvList members) {
        StringBuilder text = new StringBuilder();
        Cdb command = command(members);
        if (command != null) {
            text.append(command.name());
            append(text, " lba ", command.lba());
            append(text, " len ", command.blocks());
            text.append(": ");
        }
        String answer = answer(members);
        text.append(answer == null ? withoutRoot(eventClass) : answer);
        OptionalLong lba = members.number("lba");
        if (lba.isPresent()) {
            boolean exact = members.bool("lba-exact").orElse(true);
            append(text, exact ? ", at lba " : ", at or behind lba ", lba);
        }
        String assessment = known(members, "driver-assessment");
        if (assessment != null) {
            text.append(", ").append(assessment);
        }
        String remark = known(members, "msg");
        if (remark != null) {
            text.append(": ").append(remark);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String label, OptionalLong number) {
        if (number.isPresent()) {
            text.append(label).append(Long.toUnsignedString(number.getAsLong()));
        }
    }

    private static @Nullable Cdb command(NvList members) {
        return members.get("cdb") instanceof NvValue.Ints octets
                ? Cdb.parse(octets.toBytes()).toOptional().orElse(null)
                : null;
    }

    /** What came back: sense, else a status, else how the transport ended the command; null if nothing of the kind is known. */
    private static @Nullable String answer(NvList members) {
        OptionalLong key = members.number("key");
        if (key.isPresent()) {
            return SenseText.describe(
                    (int) key.getAsLong() & 0xf,
                    (int) members.number("asc").orElse(0) & 0xff,
                    (int) members.number("ascq").orElse(0) & 0xff);
        }
        String undecoded = known(members, "un-decode-info");
        if (undecoded != null) {
            return "undecodable " + undecoded;
        }
        OptionalLong reason = members.number("pkt-reason");
        if (reason.isPresent() && reason.getAsLong() != 0) {
            int number = (int) reason.getAsLong();
            Optional<PktReason> known = PktReason.of(number);
            return "transport: " + (known.isPresent() ? known.get().toString() : "reason " + number);
        }
        OptionalLong status = members.number("stat-code");
        if (status.isPresent() && status.getAsLong() != 0) {
            int number = (int) status.getAsLong();
            Optional<StatusByte> known = StatusByte.of(number);
            return "status: " + (known.isPresent() ? known.get().toString() : "0x" + Integer.toHexString(number));
        }
        return null;
    }

    private static String withoutRoot(String eventClass) {
        return eventClass.startsWith("ereport.") ? eventClass.substring("ereport.".length()) : eventClass;
    }

    private static @Nullable String known(NvList members, String name) {
        Optional<String> text = members.string(name);
        return text.isEmpty() || text.get().isEmpty() || text.get().equals("unknown") ? null : text.get();
    }
}

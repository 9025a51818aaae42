// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.PktReason;
import org.fmd.model.scsi.SenseText;
import org.fmd.model.scsi.StatusByte;
import org.jspecify.annotations.Nullable;

/** What the members of an ereport say, in words: the device, the command, the answer. */
final class ErrorWords {
    private static final String ZFS = "fs.zfs.";

    /** What names a detector of a scheme, dev or fmd. */
    private static final String[] DETECTORS = {"device-path", "mod-name"};

    private ErrorWords() {}

    /** Returns the name of the device, and in parentheses where it is and its serial number, as far as they are known. */
    static String device(NvList members, Locations locations) throws IOException {
        return device(members, locations.of(devid(members), known(members, "serial")), known(members, "serial"));
    }

    /** The same with a place that is known already, or not at all. */
    static String device(NvList members, @Nullable String place, @Nullable String serial) {
        String name = name(members);
        if (name == null) {
            return (serial == null ? "-" : serial) + (place == null ? "" : " (" + place + ")");
        }
        if (place == null && serial == null) {
            return name;
        }
        return name + " (" + (place == null ? "" : place) + (place == null || serial == null ? "" : ", ")
                + (serial == null ? "" : serial) + ")";
    }

    private static NvList detector(NvList members) {
        return members.nvlist("detector").orElse(NvList.EMPTY);
    }

    private static @Nullable String devid(NvList members) {
        String devid = known(members, "devid");
        return devid == null ? known(detector(members), "devid") : devid;
    }

    private static @Nullable String name(NvList members) {
        String path = known(members, "vdev_path");
        String pool = known(members, "pool");
        if (path != null || pool != null) {
            String disk = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
            return pool == null ? disk : "pool " + pool + (disk.isEmpty() ? "" : " " + disk);
        }
        String devid = devid(members);
        if (devid != null) {
            return devid;
        }
        NvList detector = detector(members);
        // Most detectors need no FMRI made of them, which takes its time.
        for (String member : DETECTORS) {
            String known = known(detector, member);
            if (known != null) {
                return known;
            }
        }
        return detector.contains("scheme") ? Fmri.of(detector).toString() : null;
    }

    /** Appends what was asked and answered; {@code classes} stands for an answer that has no words. */
    static void append(StringBuilder text, NvList members, String classes) {
        Cdb command = command(members);
        if (command != null) {
            text.append(command.name());
            append(text, " lba ", command.lba());
            append(text, " len ", command.blocks());
            text.append(": ");
        }
        String answer = answer(members);
        text.append(answer == null ? classes : answer);
        if (classes.startsWith(ZFS)) {
            appendZfs(text, members);
        }
        OptionalLong lba = members.number("lba");
        if (lba.isPresent()) {
            boolean exact = members.bool("lba-exact").orElse(true);
            append(text, exact ? ", at lba " : ", at or behind lba ", lba);
        }
    }

    static void appendRemark(StringBuilder text, NvList members) {
        String remark = known(members, "msg");
        if (remark != null) {
            text.append(": ").append(remark);
        }
    }

    private static void append(StringBuilder text, String label, OptionalLong number) {
        if (number.isPresent()) {
            text.append(label).append(Long.toUnsignedString(number.getAsLong()));
        }
    }

    private static void appendZfs(StringBuilder text, NvList members) {
        OptionalLong error = members.number("zio_err");
        if (error.isPresent() && error.getAsLong() != 0) {
            text.append(", ").append(errno((int) error.getAsLong()));
        }
        append(text, ", offset ", members.number("zio_offset"));
        append(text, " len ", members.number("zio_size"));
        append(text, ", object ", members.number("zio_object"));
    }

    /** What an I/O ended with in ZFS on Linux. */
    private static String errno(int number) {
        return switch (number) {
            case 5 -> "I/O error";
            case 6 -> "device gone";
            case 28 -> "not possible now";
            case 52 -> "checksum error";
            case 61 -> "medium error";
            case 110 -> "timed out";
            case 121 -> "device error";
            default -> "errno " + number;
        };
    }

    private static @Nullable Cdb command(NvList members) {
        return members.get("cdb") instanceof NvValue.Ints octets
                ? Cdb.parse(octets.toBytes()).toOptional().orElse(null)
                : null;
    }

    /** What came back: sense, else a status, else how the transport ended the command; null if nothing of the kind is known. */
    static @Nullable String answer(NvList members) {
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

    static String withoutRoot(String eventClass) {
        return eventClass.startsWith("ereport.") ? eventClass.substring("ereport.".length()) : eventClass;
    }

    /** Returns the text of that name; null if there is none, or one that says that nobody knows. */
    static @Nullable String known(NvList members, String name) {
        Optional<String> text = members.string(name);
        return text.isEmpty() || text.get().isEmpty() || text.get().equals("unknown") ? null : text.get();
    }
}

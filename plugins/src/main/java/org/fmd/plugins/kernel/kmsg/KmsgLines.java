// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.plugins.kernel.message.MessageTable;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.jspecify.annotations.Nullable;

/**
 * Recognises lines of the kernel's log. Pure, and linear in the length of the line.
 *
 * <p>Lines of a SCSI device begin with its driver and address: {@code sd 0:0:0:0: [sda] tag#12 FAILED Result: …}; name and
 * tag may be missing. What follows is looked up in {@link DeviceLines}, a line without such a beginning in {@link
 * PlainLines}. Only {@code sd} is a driver of disks; {@code scsi} stands where no driver holds the device.
 */
public final class KmsgLines {
    /** Longer ones are no lines of ours; the longest that is, a CDB, has about 120 characters. */
    private static final int MAX_LINE = 512;

    private KmsgLines() {}

    /**
     * Returns what a line says, empty if it is none of those that are known.
     *
     * @param text the message, without time stamps and prefixes of a syslog
     * @param scsiAddress the address that the driver core put beside the message, null where none is
     */
    public static Optional<Observation> recognise(String text, @Nullable String scsiAddress) {
        if (text.isEmpty() || text.length() > MAX_LINE) {
            return Optional.empty();
        }
        char first = text.charAt(0);
        if (first == 's' && (text.startsWith("sd ") || text.startsWith("scsi "))) {
            DeviceHead head = DeviceHead.of(text);
            if (head != null) {
                return ofDevice(firstLine(text), head, scsiAddress);
            }
        }
        if (scsiAddress != null) {
            // Only plain printk lines have no address in front, and none beside them; an enclosure's driver is no
            // disk's.
            return first == 's' && text.startsWith("ses " + scsiAddress + ": ")
                    ? Optional.ofNullable(MessageTable.read(text))
                    : Optional.empty();
        }
        if (first == 'a' && text.startsWith("ata")) {
            Observation ata = AtaLine.read(text);
            return ata != null ? Optional.of(ata) : Optional.empty();
        }
        Observation message = MessageTable.read(text);
        if (message != null) {
            return Optional.of(message);
        }
        return PlainLines.isWorthALook(text) ? firstMatch(PlainLines.TABLE, firstLine(text), text) : Optional.empty();
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static Optional<Observation> ofDevice(String line, DeviceHead head, @Nullable String scsiAddress) {
        if (scsiAddress != null && !scsiAddress.equals(head.device().hctl())) {
            return Optional.empty();
        }
        DeviceLine device = new DeviceLine(head.heldByDiskDriver(), head.device(), head.tag());
        String rest = line.substring(head.end());
        Optional<Observation> said = firstMatch(DeviceLines.TABLE, rest, device);
        return said.isPresent() ? said : Optional.ofNullable(MessageTable.readOfDevice(head.device(), rest));
    }

    /** A line's beginning: whether the disk driver holds the device, the device, the tag. */
    record DeviceLine(boolean heldByDiskDriver, ScsiDevice device, int tag) {}

    /** One form of a line: the pattern must match all of it; the reading may still find it meaningless and return null. */
    record Form<L>(Pattern pattern, Reading<L> reading) {
        static <L> Form<L> of(String pattern, Reading<L> reading) {
            return new Form<>(Pattern.compile(pattern), reading);
        }
    }

    /** Makes the observation of a line whose pattern matched. */
    @FunctionalInterface
    interface Reading<L> {
        @Nullable
        Observation read(Matcher match, L line);
    }

    private static <L> Optional<Observation> firstMatch(List<Form<L>> table, String text, L line) {
        for (Form<L> form : table) {
            Matcher match = form.pattern().matcher(text);
            if (match.matches()) {
                return Optional.ofNullable(form.reading().read(match, line));
            }
        }
        return Optional.empty();
    }
}

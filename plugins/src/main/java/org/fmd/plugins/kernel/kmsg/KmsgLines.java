// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern DEVICE_LINE = Pattern.compile(
            "(sd|scsi) (\\d{1,10}:\\d{1,10}:\\d{1,10}:\\d{1,20}): {1,2}(?:\\[(\\w{1,32})\\] ?)?(?:tag#(-?\\d{1,10}) ?)?(.*)");

    private KmsgLines() {}

    /**
     * Returns what a line says, empty if it is none of those that are known.
     *
     * @param text the message, without time stamps and prefixes of a syslog
     * @param scsiAddress the address that the driver core put beside the message, null where none is
     */
    public static Optional<Observation> recognise(String text, @Nullable String scsiAddress) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        if (line.length() > MAX_LINE) {
            return Optional.empty();
        }
        Matcher head = DEVICE_LINE.matcher(line);
        if (!head.matches()) {
            // Only plain printk lines have no address in front, and none beside them.
            return scsiAddress == null ? firstMatch(PlainLines.TABLE, line, line) : Optional.empty();
        }
        if (scsiAddress != null && !scsiAddress.equals(head.group(2))) {
            return Optional.empty();
        }
        DeviceLine device = new DeviceLine(
                head.group(1).equals("sd"), new ScsiDevice(head.group(2), head.group(3)), tag(head.group(4)));
        return firstMatch(DeviceLines.TABLE, head.group(5), device);
    }

    private static int tag(@Nullable String digits) {
        if (digits == null) {
            return Observation.OfCommand.NO_TAG;
        }
        // The kernel prints an int; a request without a tag has -1.
        long tag = Long.parseLong(digits);
        return tag < 0 || tag > Integer.MAX_VALUE ? Observation.OfCommand.NO_TAG : (int) tag;
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

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import org.fmd.plugins.kernel.observation.Observation.OfCommand;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a line about a SCSI device: {@code sd 0:0:1:0: [sdb] tag#12 }.
 *
 * @param heldByDiskDriver whether the disk driver speaks; {@code scsi} stands where no driver holds the device
 * @param tag the command's tag, {@link OfCommand#NO_TAG} where none is told
 * @param end where what is said begins
 */
record DeviceHead(boolean heldByDiskDriver, ScsiDevice device, int tag, int end) {
    private static final int[] MAX_DIGITS = {10, 10, 10, 20};
    private static final int MAX_NAME = 32;

    /** Returns the beginning of the line, null if it is none of a SCSI device. */
    static @Nullable DeviceHead of(String line) {
        boolean disk = line.startsWith("sd ");
        int from = disk ? 3 : 5;
        int at = from;
        for (int i = 0; i < 4; i++) {
            int end = digits(line, at);
            if (end == at || end - at > MAX_DIGITS[i] || end >= line.length() || line.charAt(end) != ':') {
                return null;
            }
            at = end + 1;
        }
        String hctl = line.substring(from, at - 1);
        if (at >= line.length() || line.charAt(at) != ' ') {
            return null;
        }
        at = skip(line, at + 1, ' ');
        String name = null;
        if (at < line.length() && line.charAt(at) == '[') {
            int end = word(line, at + 1);
            if (end > at + 1 && end - at - 1 <= MAX_NAME && end < line.length() && line.charAt(end) == ']') {
                name = line.substring(at + 1, end);
                at = skip(line, end + 1, ' ');
            }
        }
        int tag = OfCommand.NO_TAG;
        if (line.startsWith("tag#", at)) {
            int begin = at + 4;
            int end = digits(line, begin < line.length() && line.charAt(begin) == '-' ? begin + 1 : begin);
            if (end > begin && end - begin <= 10) {
                tag = tag(line.substring(begin, end));
                at = skip(line, end, ' ');
            }
        }
        return new DeviceHead(disk, new ScsiDevice(hctl, name), tag, at);
    }

    /** The kernel prints an int; a request without a tag has -1. */
    private static int tag(String digits) {
        if (digits.charAt(0) == '-') {
            return OfCommand.NO_TAG;
        }
        long tag = Long.parseLong(digits);
        return tag > Integer.MAX_VALUE ? OfCommand.NO_TAG : (int) tag;
    }

    private static int skip(String line, int at, char blank) {
        return at < line.length() && line.charAt(at) == blank ? at + 1 : at;
    }

    private static int digits(String line, int at) {
        int end = at;
        while (end < line.length() && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int word(String line, int at) {
        int end = at;
        while (end < line.length()
                && (Character.isLetterOrDigit(line.charAt(end)) || line.charAt(end) == '_')
                && line.charAt(end) < 0x80) {
            end++;
        }
        return end;
    }
}

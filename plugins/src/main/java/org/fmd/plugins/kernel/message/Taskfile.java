// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import org.jspecify.annotations.Nullable;

/**
 * The registers of an ATA device as libata prints them: {@code 60/08:00:00:e1:59/00:00:a2:00:00/40}, that is command (or
 * status), feature (or error), count, three octets of the address; the five that 48-bit commands add; device.
 *
 * @param first command or status
 * @param second feature or error
 * @param lba the logical block that the address stands for
 */
record Taskfile(int first, int second, long lba) {
    private static final String SEPARATORS = "/::::/::::/";

    /** The text's length. */
    static final int LENGTH = 12 * 2 + SEPARATORS.length();

    /** Commands with an address of 28 bits, whose upper four stand in the device register. */
    private static boolean hasShortAddress(int command) {
        return switch (command) {
            case 0x20, 0x21, 0x30, 0x31, 0x40, 0x41, 0xc4, 0xc5, 0xc6, 0xc8, 0xc9, 0xca, 0xcb, 0x70 -> true;
            default -> false;
        };
    }

    /**
     * Reads the registers, null if they are none.
     *
     * @param command the command that they belong to, -1 if they are the command's own
     */
    static @Nullable Taskfile read(String text, int from, int command) {
        if (from < 0 || from + LENGTH > text.length()) {
            return null;
        }
        int[] octets = new int[12];
        int at = from;
        for (int i = 0; i < octets.length; i++) {
            int high = Character.digit(text.charAt(at), 16);
            int low = Character.digit(text.charAt(at + 1), 16);
            if (high < 0 || low < 0 || (i < 11 && text.charAt(at + 2) != SEPARATORS.charAt(i))) {
                return null;
            }
            octets[i] = high << 4 | low;
            at += 3;
        }
        long lba = octets[3] | octets[4] << 8 | (long) octets[5] << 16;
        if (hasShortAddress(command < 0 ? octets[0] : command)) {
            lba |= (long) (octets[11] & 0x0f) << 24;
        } else {
            lba |= (long) octets[8] << 24 | (long) octets[9] << 32 | (long) octets[10] << 40;
        }
        return new Taskfile(octets[0], octets[1], lba);
    }
}

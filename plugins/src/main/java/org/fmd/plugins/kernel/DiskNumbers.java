// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import org.jspecify.annotations.Nullable;

/** The device numbers of SCSI disks (Linux Documentation/admin-guide/devices.txt): 16 for each disk, of 16 majors. */
final class DiskNumbers {
    private static final int PER_DISK = 16;

    private DiskNumbers() {}

    /** Returns the name that the number is assigned to, {@code 8:17} to {@code sdb1}; null for what is no SCSI disk's. */
    static @Nullable String nameOf(String number) {
        int colon = number.indexOf(':');
        if (colon <= 0 || colon > 4 || number.length() - colon - 1 < 1 || number.length() - colon - 1 > 4) {
            return null;
        }
        int major;
        int minor;
        try {
            major = Integer.parseInt(number.substring(0, colon));
            minor = Integer.parseInt(number.substring(colon + 1));
        } catch (NumberFormatException e) {
            return null;
        }
        int block = major == 8
                ? 0
                : major >= 65 && major <= 71 ? major - 64 : major >= 128 && major <= 135 ? major - 120 : -1;
        if (block < 0 || minor < 0 || minor > 255) {
            return null;
        }
        StringBuilder letters = new StringBuilder();
        for (int disk = block * PER_DISK + minor / PER_DISK; disk >= 0; disk = disk / 26 - 1) {
            letters.insert(0, (char) ('a' + disk % 26));
        }
        int partition = minor % PER_DISK;
        return "sd" + letters + (partition == 0 ? "" : partition);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import org.jspecify.annotations.Nullable;

/**
 * A disk that is in the machine now and is certainly the one that a devid names.
 *
 * @param devid its identity
 * @param name its kernel name now, {@code sda}
 * @param serial its serial number, null if it tells none
 * @param label what is printed at its bay, null if not known
 */
record Disk(
        String devid,
        String name,
        @Nullable String serial,
        @Nullable String label) {

    /** Returns {@code sda (serial ZC1A2B3C, Slot 07, id1,sd@n5000c500a1b2c3d7)}. */
    @Override
    public String toString() {
        return name + " (" + (serial == null ? "" : "serial " + serial + ", ") + (label == null ? "" : label + ", ")
                + devid + ")";
    }

    /** Returns the device's switch below {@code sys}. */
    String stateFile() {
        return "block/" + name + "/device/state";
    }
}

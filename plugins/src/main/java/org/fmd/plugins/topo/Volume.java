// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.List;
import org.fmd.model.nv.NvList;

/**
 * What stands on other block devices: an array, a map, a logical volume, a file system of several devices.
 *
 * @param name the kernel's name, {@code md0}
 * @param kind {@code md}, {@code multipath}, {@code lvm}, {@code crypt}, {@code btrfs} or {@code other}
 * @param lastingName what it is called at each boot: its own identifier where it has one
 * @param device its device, empty if it has none
 * @param properties what is known of it
 */
record Volume(String name, String kind, String lastingName, List<DevicePath> device, NvList properties) {

    /** Returns what its node is called. */
    String nodeName() {
        return switch (kind) {
            case "md" -> "md-array";
            case "multipath" -> "multipath-map";
            default -> "volume";
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.List;
import java.util.SortedMap;

/**
 * A box with bays that speaks SCSI enclosure services.
 *
 * @param id its logical identifier in hexadecimal, empty if it tells none
 * @param devices its enclosure services devices, one for each path to it
 * @param identity of the first of them
 * @param bays by number
 */
record Enclosure(String id, List<DevicePath> devices, Identity identity, SortedMap<Integer, Bay> bays) {

    /**
     * A place for a disk.
     *
     * @param name what the enclosure calls it, {@code Slot 07}
     * @param components the folders in sysfs where its lights are switched, one for each path to the enclosure
     */
    record Bay(String name, List<String> components) {}
}

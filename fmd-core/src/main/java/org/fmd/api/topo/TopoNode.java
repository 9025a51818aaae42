// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * A piece of hardware.
 *
 * <p>Properties of a disk (texts unless it says otherwise; one that is not known is absent):
 *
 * <ul>
 *   <li>identity: {@code devid}, {@code devid-source} (the rule that made it; {@code none} if the disk tells no identity, {@code
 *       ambiguous} if another disk tells the same), {@code manufacturer}, {@code model}, {@code serial-number}, {@code
 *       firmware-revision}, {@code capacity-in-bytes}, {@code block-size} (uint64);
 *   <li>place: {@code dev} (its device path), {@code target-port-l0ids} (texts), {@code hba} and {@code target-port} (paths of
 *       nodes), {@code expanders} (texts: SAS names of the expanders before it), {@code transport} ({@code sas sata iscsi fc
 *       virtio virtual nvme usb raid spi mmc pseudo});
 *   <li>names of the moment: {@code logical-disk} (the kernel's, {@code sda}), {@code hctl}, {@code devt} ({@code 8:0});
 *   <li>what stands on it: {@code holders} (texts: {@code md0}, {@code dm-3}), {@code multipath-map}.
 * </ul>
 *
 * <p>A disk with several paths has the values of the first one there, and those of all in the properties "paths" (device
 * paths), {@code logical-disks}, {@code hctls}, {@code devts}, {@code hbas}, {@code target-ports} (texts, in the same order,
 * each value once). Adapters, target ports and enclosures have {@code dev} and "paths" too, so that a detector which names
 * one of them is found. A bay that an enclosure tells of has {@code slot} (uint32) and {@code components} (texts: the folders
 * below {@code /sys} where its lights are switched).
 *
 * @param path its place
 * @param resource its own name
 * @param asru what software takes out of service when it is broken; null if nothing can be
 * @param fru what a person replaces; null if nothing can be
 * @param label what is printed on it or beside it, for instance {@code Slot 07}; null if not known
 * @param properties what is known of it
 */
public record TopoNode(
        TopoPath path,
        Fmri resource,
        @Nullable Fmri asru,
        @Nullable Fmri fru,
        @Nullable String label,
        NvList properties) {}

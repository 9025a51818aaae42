// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import java.util.Objects;
import java.util.Set;
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
 *   <li>names of the moment: {@code logical-disk} (the kernel's, {@code sda}), {@code hctl}, {@code devt} ({@code 8:0}), {@code
 *       partitions} and {@code partition-devts} (texts, in the same order);
 *   <li>what stands on it: {@code holders} (texts: {@code md0}, {@code dm-3}), {@code multipath-map}, {@code zfs-members} (texts:
 *       the partitions that are called like those of ZFS), {@code uses} (texts, as {@link StorageStack#uses} says them);
 *   <li>how it is: {@code states} (texts, one for each path: {@code running}, {@code offline}, {@code live}).
 * </ul>
 *
 * <p>A disk with several paths has the values of the first one there, and those of all in the properties "paths" (device
 * paths), {@code logical-disks}, {@code hctls}, {@code devts}, {@code hbas}, {@code target-ports} (texts, in the same order,
 * each value once). Adapters, target ports and enclosures have {@code dev} and "paths" too, so that a detector which names
 * one of them is found. A bay that an enclosure tells of has {@code slot} (uint32) and {@code components} (texts: the folders
 * below {@code /sys} where its lights are switched).
 *
 * <p>Every node that the kernel has names for has {@code kernel-names} (texts): what its messages call it, {@code host0}, {@code
 * ata3}, {@code mpt3sas_cm0}, {@code 0000:3b:00.0}, {@code session1}, {@code connection1:0}, {@code expander-0:1}, {@code md0}, {@code
 * eth0}. They hold for this boot only.
 *
 * <p>Disks and what stands on them ({@code md-array}, {@code multipath-map}, {@code volume}) have {@code mount-devices}, {@code
 * mount-points} and {@code file-systems} (texts, in the same order; a swap area has the mount point {@code [swap]}). The nodes that
 * stand on others have {@code block-device}, {@code kind}, {@code title} and {@code below} (texts: the kernel's names of what they
 * stand directly on); arrays have {@code level}, {@code raid-disks}, {@code members}, {@code member-slots} and {@code member-states}
 * (texts, in the same order), {@code degraded}, {@code array-state}. {@link StorageStack} reads all that.
 *
 * <p>A {@code nic} is a network interface that storage goes through, or that is hardware: {@code interface}, {@code mac-address},
 * {@code driver}, {@code link-state}, {@code addresses} (texts). What is reached through it has {@code nic} and {@code nics} (paths).
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
        NvList properties) {

    /** Properties that change while the hardware stays what it is; they do not make a new generation. */
    private static final Set<String> PASSING = Set.of(
            "states",
            "state",
            "link-state",
            "link-rates",
            "degraded",
            "array-state",
            "sync-action",
            "member-states",
            "mount-devices",
            "mount-points",
            "file-systems",
            "uses");

    /** Returns whether a property changes while the hardware stays what it is: states, link rates, mounts. */
    public static boolean isPassing(String property) {
        return PASSING.contains(property);
    }

    /** Returns whether the node comes and goes while the hardware stays what it is: a logical volume, a decrypted device. */
    public boolean isPassing() {
        return path.last().name().equals("volume");
    }

    /** Returns whether both say the same, but for what passes. */
    boolean isSameHardware(TopoNode that) {
        return path.equals(that.path)
                && resource.equals(that.resource)
                && Objects.equals(asru, that.asru)
                && Objects.equals(fru, that.fru)
                && Objects.equals(label, that.label)
                && (properties.equals(that.properties)
                        || withoutPassing(properties).equals(withoutPassing(that.properties)));
    }

    static NvList withoutPassing(NvList properties) {
        NvList.Builder lasting = properties.toBuilder();
        PASSING.forEach(lasting::remove);
        return lasting.build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** The block devices that have a device below them: disks and namespaces, not md, dm, loop or zram. */
final class BlockDevices {
    private static final int SECTOR = 512; // bytes; the unit of size, whatever the disk's own is

    private static final String LABEL = "PARTNAME=";

    private final Sysfs sysfs;
    private final Map<String, DevicePath> devices = new HashMap<>();
    private final Map<DevicePath, String> names = new HashMap<>();

    BlockDevices(Sysfs sysfs) {
        this.sysfs = sysfs;
        for (String name : new TreeSet<>(sysfs.children("block"))) {
            sysfs.link("block/" + name + "/device").map(DevicePath::ofLink).ifPresent(device -> {
                devices.put(name, device);
                names.putIfAbsent(device, name);
            });
        }
    }

    /** Returns kernel names and the devices below them. */
    Map<String, DevicePath> devices() {
        return devices;
    }

    /** Returns the kernel's name of the block device on a device. */
    Optional<String> nameOn(DevicePath device) {
        return Optional.ofNullable(names.get(device));
    }

    Optional<Long> capacity(String name) {
        return sysfs.number("block/" + name + "/size").map(sectors -> sectors * SECTOR);
    }

    Optional<Long> blockSize(String name) {
        return sysfs.number("block/" + name + "/queue/logical_block_size");
    }

    Optional<String> devt(String name) {
        return sysfs.text("block/" + name + "/dev");
    }

    /**
     * A part of a disk.
     *
     * @param name {@code sda1}
     * @param devt {@code 8:1}, empty if not known
     * @param label the name in the partition table, empty if it has none
     */
    record Partition(String name, String devt, String label) {}

    /**
     * What is on a disk.
     *
     * @param holders what stands directly on the device or on a partition of it: md0, dm-3
     * @param partitions in order
     */
    record Layout(List<String> holders, List<Partition> partitions) {}

    Layout layout(String name) {
        TreeSet<String> holders = new TreeSet<>(DevicePath::compareNatural);
        List<Partition> partitions = new ArrayList<>();
        holders.addAll(sysfs.children("block/" + name + "/holders"));
        List<String> children = new ArrayList<>(sysfs.children("block/" + name));
        children.sort(DevicePath::compareNatural);
        for (String child : children) {
            if (child.startsWith(name)) {
                String folder = "block/" + name + "/" + child;
                holders.addAll(sysfs.children(folder + "/holders"));
                partitions.add(new Partition(child, sysfs.text(folder + "/dev").orElse(""), label(folder)));
            }
        }
        return new Layout(List.copyOf(holders), partitions);
    }

    private String label(String folder) {
        return sysfs.text(folder + "/uevent")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith(LABEL))
                .map(line -> line.substring(LABEL.length()))
                .findFirst()
                .orElse("");
    }

    /** Returns the names of all block devices, in order. */
    List<String> names() {
        List<String> all = new ArrayList<>(sysfs.children("block"));
        all.sort(DevicePath::compareNatural);
        return all;
    }

    /** Returns the name of the multipath map if the holder is one. */
    Optional<String> multipathMap(String holder) {
        return sysfs.text("block/" + holder + "/dm/uuid")
                        .filter(uuid -> uuid.startsWith("mpath-"))
                        .isPresent()
                ? sysfs.text("block/" + holder + "/dm/name")
                : Optional.empty();
    }
}

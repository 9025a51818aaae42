// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.fmd.plugins.topo.AdapterScan.put;
import static org.fmd.plugins.topo.DiskNodes.strings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** Finds what stands on disks: md arrays, dm maps, and whatever else has other block devices below it. */
final class VolumeScan {
    /** A host full of containers has a map for each; so many are told and no more. */
    private static final int MOST = 4096;

    private static final String MEMBER = "dev-";

    private final Sysfs sysfs;
    private final BlockDevices blocks;
    private final MountTable mounts;

    VolumeScan(Sysfs sysfs, BlockDevices blocks, MountTable mounts) {
        this.sysfs = sysfs;
        this.blocks = blocks;
        this.mounts = mounts;
    }

    List<Volume> scan() {
        List<Volume> found = new ArrayList<>();
        for (String name : blocks.names()) {
            if (!blocks.devices().containsKey(name)) {
                read(name).ifPresent(found::add);
            }
        }
        for (String uuid : new TreeSet<>(sysfs.children("fs/btrfs"))) {
            btrfs(uuid).ifPresent(found::add);
        }
        return found.size() > MOST ? found.subList(0, MOST) : found;
    }

    private Optional<Volume> read(String name) {
        String folder = "block/" + name;
        TreeSet<String> below = new TreeSet<>(DevicePath::compareNatural);
        below.addAll(sysfs.children(folder + "/slaves"));
        String mapName = sysfs.text(folder + "/dm/name").orElse("");
        NvList.Builder properties = NvList.builder();
        if (!mapName.isEmpty()) {
            String uuid = sysfs.text(folder + "/dm/uuid").orElse("");
            String kind = kindOfMap(uuid);
            put(properties, "uuid", Optional.of(uuid));
            if (kind.equals("multipath")) {
                strings(properties, "members", new ArrayList<>(below));
                strings(
                        properties,
                        "member-states",
                        below.stream().map(this::stateOf).toList());
            }
            return Optional.of(volume(name, kind, mapName, uuid.isEmpty() ? "dm " + mapName : uuid, below, properties));
        }
        String level = sysfs.text(folder + "/md/level").orElse("");
        if (!level.isEmpty() || sysfs.text(folder + "/md/array_state").isPresent()) {
            String uuid = sysfs.text(folder + "/md/uuid").orElse("");
            put(properties, "uuid", Optional.of(uuid));
            array(folder, properties, below);
            return Optional.of(volume(name, "md", level, uuid.isEmpty() ? name : "md " + uuid, below, properties));
        }
        return below.isEmpty() ? Optional.empty() : Optional.of(volume(name, "other", "", name, below, properties));
    }

    /** What the SCSI layer thinks of a path; what the map thinks of it is not in sysfs. */
    private String stateOf(String path) {
        return Optional.ofNullable(blocks.devices().get(path))
                .flatMap(device -> sysfs.text("class/scsi_device/" + device.last() + "/device/state"))
                .orElse("-");
    }

    private static String kindOfMap(String uuid) {
        if (uuid.startsWith("mpath-")) {
            return "multipath";
        }
        if (uuid.startsWith("LVM-")) {
            return "lvm";
        }
        return uuid.startsWith("CRYPT-") ? "crypt" : "other";
    }

    private Volume volume(
            String name, String kind, String title, String lasting, Set<String> below, NvList.Builder about) {
        String number = blocks.devt(name).orElse("");
        NvList.Builder properties = NvList.builder();
        List<DevicePath> device =
                sysfs.link("block/" + name).map(DevicePath::ofLink).stream().toList();
        DevicePath path = device.isEmpty() ? new DevicePath("/devices/virtual/block/" + name) : device.get(0);
        properties.string("dev", path.text()).string("block-device", name).string("kind", kind);
        put(properties, "title", Optional.of(title));
        properties.putAll(about.build());
        put(properties, "devt", Optional.of(number));
        strings(properties, "below", new ArrayList<>(below));
        strings(properties, "kernel-names", List.of(name));
        blocks.capacity(name).ifPresent(bytes -> properties.uint64("capacity-in-bytes", bytes));
        String mapped = kind.equals("md") || title.isEmpty() ? "" : "mapper/" + title;
        mounts.put(properties, List.<String[]>of(new String[] {name, number, mapped}));
        return new Volume(name, kind, lasting, List.of(path), properties.build());
    }

    private void array(String folder, NvList.Builder properties, Set<String> below) {
        put(properties, "level", sysfs.text(folder + "/md/level"));
        sysfs.number(folder + "/md/raid_disks").ifPresent(disks -> properties.uint32("raid-disks", disks));
        sysfs.number(folder + "/md/degraded").ifPresent(missing -> properties.uint32("degraded", missing));
        put(properties, "array-state", sysfs.text(folder + "/md/array_state"));
        put(properties, "sync-action", sysfs.text(folder + "/md/sync_action"));
        TreeSet<String> members = new TreeSet<>(DevicePath::compareNatural);
        for (String child : sysfs.children(folder + "/md")) {
            if (child.startsWith(MEMBER) && child.length() > MEMBER.length()) {
                members.add(child.substring(MEMBER.length()));
            }
        }
        List<String> slots = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (String member : members) {
            String at = folder + "/md/" + MEMBER + member;
            slots.add(sysfs.text(at + "/slot").orElse("-"));
            states.add(sysfs.text(at + "/state").orElse("-"));
        }
        strings(properties, "members", new ArrayList<>(members));
        strings(properties, "member-slots", slots);
        strings(properties, "member-states", states);
        below.addAll(members);
    }

    private Optional<Volume> btrfs(String uuid) {
        TreeSet<String> below = new TreeSet<>(DevicePath::compareNatural);
        below.addAll(sysfs.children("fs/btrfs/" + uuid + "/devices"));
        if (below.isEmpty()) {
            return Optional.empty(); // fs/btrfs/features
        }
        String name = "btrfs:" + uuid;
        NvList.Builder properties =
                NvList.builder().string("block-device", name).string("kind", "btrfs");
        String label = sysfs.text("fs/btrfs/" + uuid + "/label").orElse("");
        properties.string("title", label.isEmpty() ? uuid : label).string("uuid", uuid);
        strings(properties, "below", new ArrayList<>(below));
        List<String> keys = new ArrayList<>(List.of(name));
        for (String device : below) {
            keys.add("btrfs:" + device);
            sysfs.text("block/" + device + "/dm/name").ifPresent(map -> keys.add("btrfs:mapper/" + map));
        }
        mounts.put(properties, List.<String[]>of(keys.toArray(new String[0])));
        return Optional.of(new Volume(name, "btrfs", name, List.of(), properties.build()));
    }
}

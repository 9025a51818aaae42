// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.plugins.topo.DiskPath.Block;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** Finds every kernel device that is a disk. */
final class DiskScan {
    /** Direct access, reduced block commands, host-managed zones (SPC-6, peripheral device types). */
    private static final Set<Long> DISK_TYPES = Set.of(0x00L, 0x0eL, 0x14L);

    private static final Pattern NAMESPACE = Pattern.compile("(nvme[0-9]+)(c[0-9]+)?(n[0-9]+)");
    private static final Pattern CONTROLLER = Pattern.compile("nvme[0-9]+");

    private final Sysfs sysfs;
    private final BlockDevices blocks;
    private final TreeMap<DevicePath, String> units = new TreeMap<>();

    /** Hidden block devices, one for each path of a namespace, by the name of the namespace they stand for. */
    private final Map<String, List<String>> hidden = new HashMap<>();

    DiskScan(Sysfs sysfs) {
        this.sysfs = sysfs;
        this.blocks = new BlockDevices(sysfs);
        for (String hctl : sysfs.children("class/scsi_device")) {
            sysfs.link("class/scsi_device/" + hctl)
                    .map(DevicePath::ofLink)
                    .filter(path -> path.parent().last().equals("scsi_device"))
                    .ifPresent(path -> units.put(path.parent().parent(), hctl));
        }
        for (String name : blocks.devices().keySet()) {
            Matcher namespace = NAMESPACE.matcher(name);
            if (namespace.matches() && namespace.group(2) != null) {
                hidden.computeIfAbsent(namespace.group(1) + namespace.group(3), head -> new ArrayList<>())
                        .add(name);
            }
        }
    }

    BlockDevices blocks() {
        return blocks;
    }

    /** Returns the paths of all SCSI logical units, disks and others, in order. */
    Set<DevicePath> scsiDevices() {
        return units.navigableKeySet();
    }

    /** Returns all paths to disks, in order of the devices' paths. */
    List<DiskPath> scan() {
        List<DiskPath> found = new ArrayList<>();
        units.forEach((device, hctl) -> {
            if (sysfs.number("class/scsi_device/" + hctl + "/device/type")
                    .filter(DISK_TYPES::contains)
                    .isPresent()) {
                found.add(scsi(device, hctl));
            }
        });
        blocks.devices().forEach((name, device) -> {
            Matcher namespace = NAMESPACE.matcher(name);
            if (namespace.matches()) {
                if (namespace.group(2) == null) {
                    found.add(nvme(name, device));
                }
            } else if (!units.containsKey(device) && isDisk(name, device)) {
                found.add(other(name, device));
            }
        });
        found.sort(Comparator.comparing(DiskPath::device));
        return found;
    }

    private DiskPath scsi(DevicePath device, String hctl) {
        String folder = "class/scsi_device/" + hctl + "/device";
        Identity identity = Identity.ofScsi(sysfs, folder);
        String host = device.host().map(DevicePath::last).orElse("");
        String driver = sysfs.text("class/scsi_host/" + host + "/proc_name").orElse("");
        Optional<Transport> transport = Transport.ofScsi(device, driver)
                .map(way -> way == Transport.SAS && isAta(folder) ? Transport.SATA : way);
        Block block = blocks.nameOn(device).map(name -> Block.of(blocks, name)).orElse(Block.NONE);
        return new DiskPath(
                device,
                List.of(),
                hctl,
                block,
                identity,
                transport,
                device.host().stream().toList(),
                sysfs.text(folder + "/state").orElse(""));
    }

    private boolean isAta(String folder) {
        return sysfs.text(folder + "/vendor").filter("ATA"::equals).isPresent();
    }

    private DiskPath nvme(String name, DevicePath below) {
        List<DevicePath> others = new ArrayList<>();
        TreeMap<DevicePath, String> controllers = new TreeMap<>();
        addController(controllers, below);
        for (String path : hidden.getOrDefault(name, List.of())) {
            DevicePath controller = Objects.requireNonNull(blocks.devices().get(path));
            others.add(controller.child(path));
            addController(controllers, controller);
        }
        others.sort(Comparator.naturalOrder());
        Identity controller = controllers.isEmpty()
                ? Identity.ofNvme(sysfs, "")
                : Identity.ofNvme(sysfs, controllers.firstEntry().getValue());
        return new DiskPath(
                below.child(name),
                others,
                "",
                Block.of(blocks, name),
                controller.withDevid(nvmeDevid(name, controller)),
                Optional.of(Transport.NVME),
                List.copyOf(controllers.keySet()),
                String.join(
                        " ",
                        controllers.values().stream()
                                .flatMap(c -> sysfs.text("class/nvme/" + c + "/state").stream())
                                .toList()));
    }

    private static void addController(Map<DevicePath, String> controllers, DevicePath device) {
        if (CONTROLLER.matcher(device.last()).matches()) {
            controllers.put(device, device.last());
        }
    }

    private Optional<DevId> nvmeDevid(String name, Identity controller) {
        String folder = "block/" + name;
        return DevId.ofNvme(
                sysfs.text(folder + "/nguid").orElse(""),
                sysfs.text(folder + "/eui").orElse(""),
                sysfs.text(folder + "/uuid").orElse(""),
                controller.model(),
                controller.serial(),
                sysfs.text(folder + "/nsid").orElse(""));
    }

    /** Floppies and flash without a translation layer are none; the boot areas of an MMC disk are parts of it. */
    private boolean isDisk(String name, DevicePath device) {
        return !name.startsWith("fd")
                && !name.startsWith("mtd")
                && blocks.nameOn(device).filter(name::equals).isPresent();
    }

    /** A virtio-blk, MMC or other disk. The serial number of a virtio disk is a command to the device and stays unread. */
    private DiskPath other(String name, DevicePath device) {
        Identity nameless = new Identity("", "", "", "", Optional.empty());
        return new DiskPath(
                device, List.of(), "", Block.of(blocks, name), nameless, Transport.ofBlock(name), List.of(device), "");
    }
}

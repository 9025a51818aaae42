// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.fmd.plugins.topo.AdapterScan.put;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.fmri.Authority;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.topo.BlockDevices.Partition;

/** Names and properties of disks, for a walk that has met the adapters and target ports before. */
final class DiskNodes {
    /** What zpool calls the partition that it makes on a whole disk. */
    private static final Pattern ZFS_LABEL = Pattern.compile("zfs-[0-9a-f]{12,16}");

    private final Map<DevicePath, TopoPath> adapters = new HashMap<>();
    private final Map<DevicePath, TopoPath> ports = new HashMap<>();
    private final Map<DevicePath, TargetPort> targets = new HashMap<>();
    private final Map<String, TopoPath> nics = new HashMap<>();
    private final Map<DevicePath, List<String>> adapterNics = new HashMap<>();
    private final MountTable mounts;

    DiskNodes(MountTable mounts) {
        this.mounts = mounts;
    }

    void nic(String name, TopoPath path) {
        nics.put(name, path);
    }

    void adapter(Adapter adapter, TopoPath path) {
        adapters.put(adapter.device(), path);
        adapter.others().forEach(other -> adapters.putIfAbsent(other, path));
        List<String> names = adapter.properties().strings("network-interfaces");
        if (!names.isEmpty()) {
            adapterNics.put(adapter.device(), names);
        }
    }

    void targetPort(TargetPort port, TopoPath path) {
        ports.put(port.device(), path);
        targets.put(port.device(), port);
    }

    TopoNode node(Disk disk, TopoPath path, Authority authority, String label) {
        Identity identity = disk.first().identity();
        HcFmri name =
                path.toHc().withAuthority(authority).withPart(identity.serial(), identity.part(), identity.revision());
        DevFmri device = new DevFmri(
                disk.first().device().text(),
                disk.devid().map(DevId::text).orElse(null),
                portOf(disk.first()).flatMap(TargetPort::l0id).orElse(null));
        return new TopoNode(path, name, device, name, label, properties(disk));
    }

    private NvList properties(Disk disk) {
        DiskPath first = disk.first();
        Identity identity = first.identity();
        NvList.Builder properties = NvList.builder();
        put(properties, "devid", disk.devid().map(DevId::text));
        properties.string("devid-source", disk.devidSource());
        properties.string("dev", first.device().text()).strings("paths", disk.devicePaths());
        strings(
                properties,
                "target-port-l0ids",
                each(
                        disk,
                        path -> portOf(path).flatMap(TargetPort::l0id).stream().toList()));
        singleAndAll(
                properties,
                "logical-disk",
                each(disk, path -> List.of(path.block().name())));
        singleAndAll(properties, "hctl", each(disk, path -> List.of(path.hctl())));
        singleAndAll(properties, "devt", each(disk, path -> List.of(path.block().devt())));
        strings(
                properties,
                "kernel-names",
                each(disk, path -> List.of(path.block().name(), path.hctl(), ataDevice(path))));
        strings(
                properties,
                "states",
                disk.paths().stream()
                        .map(DiskPath::state)
                        .filter(s -> !s.isEmpty())
                        .toList());
        partitions(properties, disk);
        put(properties, "manufacturer", Optional.of(identity.manufacturer()));
        put(properties, "model", Optional.of(identity.model()));
        put(properties, "serial-number", Optional.of(identity.serial()));
        put(properties, "firmware-revision", Optional.of(identity.revision()));
        first.block().capacity().ifPresent(bytes -> properties.uint64("capacity-in-bytes", bytes));
        first.block().blockSize().ifPresent(bytes -> properties.uint64("block-size", bytes));
        put(properties, "transport", first.transport().map(Transport::word));
        singleAndAll(
                properties,
                "hba",
                each(
                        disk,
                        path -> path.adapters().stream()
                                .flatMap(adapter -> Optional.ofNullable(adapters.get(adapter)).stream())
                                .map(TopoPath::toString)
                                .toList()));
        singleAndAll(
                properties,
                "target-port",
                each(
                        disk,
                        path -> path
                                .device()
                                .target()
                                .flatMap(target -> Optional.ofNullable(ports.get(target)))
                                .map(TopoPath::toString)
                                .stream()
                                .toList()));
        singleAndAll(properties, "nic", each(disk, this::nicsOf));
        strings(
                properties,
                "expanders",
                each(
                        disk,
                        path -> portOf(path)
                                .map(port -> port.properties().strings("expanders"))
                                .orElse(List.of())));
        strings(properties, "holders", each(disk, path -> path.block().holders()));
        put(
                properties,
                "multipath-map",
                disk.paths().stream()
                        .flatMap(path -> path.block().multipathMap().stream())
                        .findFirst());
        return properties.build();
    }

    /** The kernel calls the disk on an ATA port by its link and device; behind a port multiplier there are more links. */
    private static String ataDevice(DiskPath path) {
        return path.device()
                .ata()
                .map(ata -> ata.last() + ".00")
                .filter(name -> path.hctl().endsWith(":0:0:0"))
                .orElse("");
    }

    private void partitions(NvList.Builder properties, Disk disk) {
        List<Partition> all = disk.paths().stream()
                .flatMap(path -> path.block().partitions().stream())
                .toList();
        strings(properties, "partitions", all.stream().map(Partition::name).toList());
        strings(properties, "partition-devts", all.stream().map(Partition::devt).toList());
        strings(
                properties,
                "zfs-members",
                all.stream()
                        .filter(partition ->
                                ZFS_LABEL.matcher(partition.label()).matches())
                        .map(Partition::name)
                        .toList());
        List<String[]> devices = new ArrayList<>();
        disk.paths()
                .forEach(path -> devices.add(
                        new String[] {path.block().name(), path.block().devt()}));
        all.forEach(partition -> devices.add(new String[] {partition.name(), partition.devt()}));
        mounts.put(properties, devices);
    }

    /** Adds the places of the network interfaces that a part is reached through. */
    void nics(NvList.Builder properties, List<String> names) {
        singleAndAll(properties, "nic", places(names));
    }

    private List<String> places(List<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(nics.get(name)).stream())
                .map(TopoPath::toString)
                .toList();
    }

    private List<String> nicsOf(DiskPath path) {
        List<String> names = new ArrayList<>(portOf(path)
                .map(port -> port.properties().strings("network-interfaces"))
                .orElse(List.of()));
        path.adapters().forEach(adapter -> names.addAll(adapterNics.getOrDefault(adapter, List.of())));
        return places(names);
    }

    private Optional<TargetPort> portOf(DiskPath path) {
        return path.device().target().flatMap(target -> Optional.ofNullable(targets.get(target)));
    }

    private static List<String> each(Disk disk, Function<DiskPath, List<String>> ask) {
        return Disk.known(
                disk.paths().stream().flatMap(path -> ask.apply(path).stream()).toList());
    }

    static void singleAndAll(NvList.Builder properties, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            properties.string(name, texts.get(0)).strings(name + "s", texts);
        }
    }

    static void strings(NvList.Builder properties, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            properties.strings(name, texts);
        }
    }
}

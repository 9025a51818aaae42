// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.fmd.plugins.topo.AdapterScan.put;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.fmri.Authority;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;

/** Names and properties of disks, for a walk that has met the adapters and target ports before. */
final class DiskNodes {
    private final Map<DevicePath, TopoPath> adapters = new HashMap<>();
    private final Map<DevicePath, TopoPath> ports = new HashMap<>();
    private final Map<DevicePath, TargetPort> targets = new HashMap<>();

    void adapter(Adapter adapter, TopoPath path) {
        adapters.put(adapter.device(), path);
        adapter.others().forEach(other -> adapters.putIfAbsent(other, path));
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

    private Optional<TargetPort> portOf(DiskPath path) {
        return path.device().target().flatMap(target -> Optional.ofNullable(targets.get(target)));
    }

    private static List<String> each(Disk disk, Function<DiskPath, List<String>> ask) {
        return Disk.known(
                disk.paths().stream().flatMap(path -> ask.apply(path).stream()).toList());
    }

    private static void singleAndAll(NvList.Builder properties, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            properties.string(name, texts.get(0)).strings(name + "s", texts);
        }
    }

    private static void strings(NvList.Builder properties, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            properties.strings(name, texts);
        }
    }
}

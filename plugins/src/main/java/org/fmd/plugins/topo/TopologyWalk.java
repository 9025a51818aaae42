// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.fmd.plugins.topo.AdapterScan.put;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fmd.api.topo.StorageStack;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.Authority;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.topo.EnclosureScan.Place;
import org.fmd.plugins.topo.InterfaceScan.Interface;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** One walk from the host down to its disks. Not safe for several threads; each walk has its own. */
final class TopologyWalk {
    static final String UNKNOWN_SLOT = "unknown slot";
    private static final TopoPath CHASSIS = TopoPath.of("chassis", 0);
    private static final TopoPath UNKNOWN = CHASSIS.child("unknown-enclosure", 0);

    private final Host host;
    private final List<Adapter> adapters;
    private final EnclosureScan enclosures;
    private final List<Disk> disks;
    private final List<TopoNode> nodes = new ArrayList<>();
    private final DiskNodes diskNodes;
    private final AdapterScan adapterScan;
    private final ExpanderScan expanders;
    private final List<Interface> interfaces;
    private final List<Volume> volumes;

    private TopologyWalk(Sysfs sysfs, HostFacts facts, String hostName) {
        DiskScan scan = new DiskScan(sysfs);
        List<DiskPath> paths = scan.scan();
        host = Host.read(sysfs, hostName);
        InterfaceScan interfaceScan = new InterfaceScan(sysfs, facts);
        adapterScan = new AdapterScan(sysfs, interfaceScan);
        adapters = adapterScan.scan(scan.scsiDevices(), paths);
        interfaces = interfaceScan.scan();
        enclosures = new EnclosureScan(sysfs);
        expanders = new ExpanderScan(sysfs);
        disks = Disk.group(paths);
        MountTable mounts = new MountTable(facts);
        volumes = new VolumeScan(sysfs, scan.blocks(), mounts).scan();
        diskNodes = new DiskNodes(mounts);
    }

    /**
     * Enumerates the hardware.
     *
     * @param hostName the name of the host, empty if not known
     */
    static Topology of(Sysfs sysfs, HostFacts facts, String hostName) {
        TopologyWalk walk = new TopologyWalk(sysfs, facts, hostName);
        walk.chassis();
        walk.interfaces();
        walk.adapters();
        walk.bays();
        walk.volumes();
        return new Topology(walk.withUses());
    }

    private List<TopoNode> withUses() {
        if (volumes.isEmpty() && nodes.stream().noneMatch(TopologyWalk::isUsed)) {
            return nodes;
        }
        StorageStack stack = StorageStack.of(new Topology(nodes));
        List<TopoNode> told = new ArrayList<>(nodes.size());
        for (TopoNode node : nodes) {
            List<String> uses = node.properties().contains("logical-disk") ? stack.uses(node) : List.of();
            told.add(
                    uses.isEmpty()
                            ? node
                            : new TopoNode(
                                    node.path(),
                                    node.resource(),
                                    node.asru(),
                                    node.fru(),
                                    node.label(),
                                    node.properties().toBuilder()
                                            .strings("uses", uses)
                                            .build()));
        }
        return told;
    }

    private static boolean isUsed(TopoNode node) {
        return node.properties().contains("mount-points") || node.properties().contains("zfs-members");
    }

    private void interfaces() {
        TreeMap<Integer, Interface> numbered = new TreeMap<>();
        for (Interface each : interfaces) {
            if (each.device().isPresent()) {
                numbered.put(numbered.size(), each);
            }
        }
        for (Interface each : interfaces) {
            if (each.device().isEmpty()) {
                numbered.put(StableNumber.free(each.lastingName(), numbered::containsKey), each);
            }
        }
        numbered.forEach((number, each) -> {
            TopoPath path = CHASSIS.child("nic", number);
            diskNodes.nic(each.name(), path);
            HcFmri name = path.toHc().withAuthority(host.authority());
            String slot = each.device().map(adapterScan::slotOf).orElse(each.label());
            nodes.add(new TopoNode(
                    path,
                    name,
                    each.device().map(device -> DevFmri.ofPath(device.text())).orElse(null),
                    each.device().isPresent() ? name : null,
                    slot.isEmpty() ? null : slot,
                    each.properties()));
        });
    }

    private void volumes() {
        TreeMap<String, TreeMap<Integer, Volume>> byName = new TreeMap<>();
        volumes.stream().sorted(Comparator.comparing(Volume::lastingName)).forEach(volume -> {
            TreeMap<Integer, Volume> numbered = byName.computeIfAbsent(volume.nodeName(), n -> new TreeMap<>());
            numbered.put(StableNumber.free(volume.lastingName(), numbered::containsKey), volume);
        });
        byName.forEach((name, numbered) -> numbered.forEach((number, volume) -> {
            TopoPath path = CHASSIS.child(name, number);
            DevFmri device = volume.device().stream()
                    .map(place -> DevFmri.ofPath(place.text()))
                    .findFirst()
                    .orElse(null);
            nodes.add(new TopoNode(
                    path, path.toHc().withAuthority(host.authority()), device, null, null, volume.properties()));
        }));
    }

    private void chassis() {
        HcFmri name = CHASSIS.toHc().withAuthority(host.authority()).withPart(host.serial(), host.product(), null);
        nodes.add(new TopoNode(CHASSIS, name, null, name, null, host.properties()));
    }

    private void adapters() {
        for (int number = 0; number < adapters.size(); number++) {
            Adapter adapter = adapters.get(number);
            TopoPath path = CHASSIS.child("hba", number);
            diskNodes.adapter(adapter, path);
            HcFmri name = path.toHc()
                    .withAuthority(host.authority())
                    .withPart(
                            adapter.identity().serial(),
                            adapter.identity().part(),
                            adapter.identity().revision());
            NvList.Builder properties =
                    places(adapter.device(), adapter.others()).putAll(adapter.properties());
            diskNodes.nics(properties, adapter.properties().strings("network-interfaces"));
            DevFmri device = DevFmri.ofPath(adapter.device().text());
            String label = adapter.label().isEmpty() ? null : adapter.label();
            nodes.add(new TopoNode(path, name, device, adapter.physical() ? name : null, label, properties.build()));
            expanders(adapter, path);
            for (TargetPort port : adapter.ports()) {
                targetPort(port, path.child("target-port", port.number()));
            }
        }
    }

    private void expanders(Adapter adapter, TopoPath hba) {
        List<DevicePath> hosts = new ArrayList<>(adapter.others());
        hosts.add(adapter.device());
        List<ExpanderScan.Expander> behind = expanders.behind(hosts);
        for (int i = 0; i < behind.size(); i++) {
            ExpanderScan.Expander expander = behind.get(i);
            TopoPath path = hba.child("expander", i);
            HcFmri name = path.toHc()
                    .withAuthority(host.authority())
                    .withPart(
                            "", expander.identity().part(), expander.identity().revision());
            DevFmri device =
                    new DevFmri(expander.device().text(), null, expander.l0id().orElse(null));
            nodes.add(new TopoNode(path, name, device, name, null, expander.properties()));
        }
    }

    private void targetPort(TargetPort port, TopoPath path) {
        diskNodes.targetPort(port, path);
        NvList.Builder properties = places(port.device(), port.others());
        port.l0id().ifPresent(id -> properties.strings("target-port-l0ids", List.of(id)));
        properties.putAll(port.properties());
        diskNodes.nics(properties, port.properties().strings("network-interfaces"));
        nodes.add(new TopoNode(
                path,
                path.toHc().withAuthority(host.authority()),
                new DevFmri(port.device().text(), null, port.l0id().orElse(null)),
                null,
                null,
                properties.build()));
    }

    private static NvList.Builder places(DevicePath device, List<DevicePath> others) {
        List<String> paths = new ArrayList<>(List.of(device.text()));
        others.forEach(other -> paths.add(other.text()));
        return NvList.builder().string("dev", device.text()).strings("paths", paths);
    }

    private void bays() {
        Map<Place, List<Disk>> placed = new HashMap<>();
        List<Disk> lost = new ArrayList<>();
        for (Disk disk : disks) {
            Optional<Place> place = disk.paths().stream()
                    .flatMap(path -> enclosures.placeOf(path).stream())
                    .findFirst();
            place.ifPresentOrElse(
                    p -> placed.computeIfAbsent(p, k -> new ArrayList<>()).add(disk), () -> lost.add(disk));
        }
        for (int number = 0; number < enclosures.enclosures().size(); number++) {
            enclosure(enclosures.enclosures().get(number), number, placed);
        }
        if (!lost.isEmpty()) {
            unknownEnclosure(lost);
        }
    }

    private void enclosure(Enclosure enclosure, int number, Map<Place, List<Disk>> placed) {
        TopoPath path = CHASSIS.child("ses-enclosure", number);
        Authority authority = host.authority().with("chassis-id", enclosure.id());
        Identity identity = enclosure.identity();
        HcFmri name =
                path.toHc().withAuthority(authority).withPart(identity.serial(), identity.part(), identity.revision());
        NvList.Builder properties = places(
                enclosure.devices().get(0),
                enclosure.devices().subList(1, enclosure.devices().size()));
        put(properties, "enclosure-id", Optional.of(enclosure.id()));
        put(properties, "manufacturer", Optional.of(identity.manufacturer()));
        put(properties, "model", Optional.of(identity.model()));
        put(properties, "serial-number", Optional.of(identity.serial()));
        put(properties, "firmware-revision", Optional.of(identity.revision()));
        nodes.add(new TopoNode(path, name, null, name, null, properties.build()));
        enclosure.bays().forEach((slot, bay) -> {
            NvList known = NvList.builder()
                    .uint32("slot", slot)
                    .strings("components", bay.components())
                    .build();
            bay(
                    path.child("bay", slot),
                    authority,
                    bay.name(),
                    known,
                    placed.getOrDefault(new Place(number, slot), List.of()));
        });
    }

    private void unknownEnclosure(List<Disk> lost) {
        nodes.add(
                new TopoNode(UNKNOWN, UNKNOWN.toHc().withAuthority(host.authority()), null, null, null, NvList.EMPTY));
        TreeMap<Integer, Disk> numbered = new TreeMap<>();
        List<Disk> ordered = new ArrayList<>(lost);
        // The first in this order keeps its number when two meet: so a disk that joins moves as few as possible.
        ordered.sort(Comparator.comparing(Disk::lastingName));
        for (Disk disk : ordered) {
            numbered.put(StableNumber.free(disk.lastingName(), numbered::containsKey), disk);
        }
        numbered.forEach((number, disk) ->
                bay(UNKNOWN.child("bay", number), host.authority(), labelOf(disk), NvList.EMPTY, List.of(disk)));
    }

    /** An NVMe disk is its own adapter, so the slot of that is the place of the disk. */
    private String labelOf(Disk disk) {
        List<DevicePath> own = disk.first().adapters();
        return adapters.stream()
                .filter(adapter -> disk.paths().size() == 1 && own.equals(List.of(adapter.device())))
                .filter(adapter -> disk.first().transport().equals(Optional.of(Transport.NVME)))
                .map(Adapter::label)
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElse(UNKNOWN_SLOT);
    }

    private void bay(TopoPath path, Authority authority, String label, NvList properties, List<Disk> inside) {
        nodes.add(new TopoNode(path, path.toHc().withAuthority(authority), null, null, label, properties));
        for (int i = 0; i < inside.size(); i++) {
            nodes.add(diskNodes.node(inside.get(i), path.child("disk", i), authority, label));
        }
    }
}

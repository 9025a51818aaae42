// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** Finds the adapters: SCSI hosts, NVMe controllers, and what stands for one elsewhere. */
final class AdapterScan {
    /** Attributes of SCSI hosts that drivers answer from memory, by driver family. */
    private static final List<String> MODEL = List.of("board_name", "model_name", "modelname", "model");

    private static final List<String> FIRMWARE =
            List.of("version_fw", "firmware_version", "firmware_revision", "fw_version", "fwrev");
    private static final List<String> SERIAL = List.of("board_tracer", "serial_num", "serial_number", "serialnum");

    /** Further versions, by the name of the property and that of the attribute. */
    private static final List<List<String>> VERSIONS = List.of(
            List.of("bios-version", "version_bios"),
            List.of("bios-version", "optrom_bios_version"),
            List.of("driver-version", "driver_version"),
            List.of("nvdata-version", "version_nvdata_persistent"),
            List.of("board-assembly", "board_assembly"));

    private static final Comparator<Adapter> ORDER = Comparator.comparing(
                    (Adapter adapter) ->
                            adapter.device().pci().map(DevicePath::last).orElse("~"),
                    DevicePath::comparePci)
            .thenComparing(Adapter::device);

    private final Sysfs sysfs;
    private final TargetPortScan ports;
    private final InterfaceScan interfaces;
    private final TreeSet<String> allPhys = new TreeSet<>(DevicePath::compareNatural);

    /** Names of slots by the PCI address without the function, {@code 0000:3b:00}. */
    private final Map<String, String> slots = new TreeMap<>();

    AdapterScan(Sysfs sysfs, InterfaceScan interfaces) {
        this.sysfs = sysfs;
        this.interfaces = interfaces;
        this.ports = new TargetPortScan(sysfs, interfaces);
        for (String phy : sysfs.children("class/sas_phy")) {
            if (phy.startsWith("phy-")) {
                allPhys.add(phy);
            }
        }
        for (String slot : new TreeSet<>(sysfs.children("bus/pci/slots"))) {
            sysfs.text("bus/pci/slots/" + slot + "/address").ifPresent(address -> slots.putIfAbsent(address, slot));
        }
    }

    /**
     * Returns the adapters by PCI address, those without one last.
     *
     * @param scsiDevices all logical units
     * @param disks all paths to disks: each has its adapter in the result
     */
    List<Adapter> scan(Collection<DevicePath> scsiDevices, List<DiskPath> disks) {
        TreeSet<DevicePath> targets = new TreeSet<>();
        scsiDevices.forEach(unit -> unit.target().ifPresent(targets::add));
        NavigableMap<DevicePath, List<DevicePath>> hosts = hosts(targets);
        TreeMap<DevicePath, List<DevicePath>> groups = new TreeMap<>();
        hosts.keySet()
                .forEach(host -> groups.computeIfAbsent(keyOf(host), key -> new ArrayList<>())
                        .add(host));
        TreeMap<DevicePath, String> controllers = new TreeMap<>();
        for (String name : sysfs.children("class/nvme")) {
            controller(name).ifPresent(path -> controllers.put(path, name));
        }
        List<Adapter> adapters = new ArrayList<>();
        groups.forEach((key, members) -> adapters.add(ofHosts(key, members, hosts)));
        controllers.forEach((path, name) -> adapters.add(ofNvme(path, name)));
        TreeMap<DevicePath, DiskPath> rest = new TreeMap<>();
        for (DiskPath disk : disks) {
            disk.adapters().stream()
                    .filter(path -> path.host().isEmpty() && !controllers.containsKey(path))
                    .forEach(path -> rest.put(path, disk));
        }
        rest.forEach((path, disk) -> adapters.add(ofDevice(path, disk)));
        adapters.sort(ORDER);
        return adapters;
    }

    /** One ATA controller has a SCSI host for each port; all others are what they are. */
    private static DevicePath keyOf(DevicePath host) {
        return host.ata().map(DevicePath::parent).orElse(host);
    }

    /** Returns the SCSI hosts with the targets and the bare SAS end devices below each. */
    private NavigableMap<DevicePath, List<DevicePath>> hosts(Collection<DevicePath> targets) {
        TreeMap<DevicePath, List<DevicePath>> hosts = new TreeMap<>();
        for (String name : sysfs.children("class/scsi_host")) {
            sysfs.link("class/scsi_host/" + name + "/device")
                    .or(() -> sysfs.link("class/scsi_host/" + name))
                    .flatMap(target -> DevicePath.ofLink(target).host())
                    .ifPresent(host -> hosts.put(host, new ArrayList<>()));
        }
        TreeSet<DevicePath> all = new TreeSet<>(targets);
        all.addAll(ports.endDevices());
        targets.forEach(target -> target.port().ifPresent(all::remove));
        for (DevicePath target : all) {
            target.host()
                    .ifPresent(host ->
                            hosts.computeIfAbsent(host, h -> new ArrayList<>()).add(target));
        }
        return hosts;
    }

    private Optional<DevicePath> controller(String name) {
        return sysfs.link("class/nvme/" + name)
                .map(DevicePath::ofLink)
                .or(() -> sysfs.link("class/nvme/" + name + "/device")
                        .map(device -> DevicePath.ofLink(device).child("nvme").child(name)));
    }

    private Adapter ofHosts(DevicePath key, List<DevicePath> hosts, Map<DevicePath, List<DevicePath>> targets) {
        List<String> names = hosts.stream().map(DevicePath::last).toList();
        String folder = "class/scsi_host/" + names.get(0);
        Identity identity = new Identity(
                "", first(folder, MODEL), first(folder, SERIAL), first(folder, FIRMWARE), Optional.empty());
        NvList.Builder properties = NvList.builder();
        String driver = sysfs.text(folder + "/proc_name").orElse("");
        put(properties, "driver", Optional.of(driver));
        properties.strings("scsi-hosts", names);
        List<String> called = new ArrayList<>(names);
        hosts.forEach(host -> host.ata().ifPresent(ata -> called.add(ata.last())));
        called.addAll(nameOfDriver(driver, sysfs.text(folder + "/unique_id").orElse("")));
        key.pci().ifPresent(function -> called.add(function.last()));
        properties.strings("kernel-names", called);
        DiskNodes.strings(
                properties,
                "states",
                names.stream()
                        .flatMap(name -> sysfs.text("class/scsi_host/" + name + "/state").stream())
                        .toList());
        for (List<String> pair : VERSIONS) {
            put(properties, pair.get(0), sysfs.text(folder + "/" + pair.get(1)));
        }
        phys(names).ifPresent(rates -> properties.strings("link-rates", rates));
        put(properties, "sas-address", sysfs.text(folder + "/host_sas_address"));
        put(properties, "port-name", sysfs.text("class/fc_host/" + names.get(0) + "/port_name"));
        put(
                properties,
                "interface-address",
                sysfs.text("class/iscsi_host/" + names.get(0) + "/ipaddress")
                        .filter(address -> !address.equals("(null)")));
        List<TargetPort> seen = new ArrayList<>();
        TreeSet<Integer> taken = new TreeSet<>();
        for (int host = 0; host < hosts.size(); host++) {
            for (DevicePath target : targets.getOrDefault(hosts.get(host), List.of())) {
                TargetPort port = ports.read(target, host, taken);
                taken.add(port.number());
                seen.add(port);
            }
        }
        seen.sort(Comparator.comparing(TargetPort::number));
        return adapter(key, hosts, identity, properties, seen);
    }

    private Adapter ofNvme(DevicePath path, String name) {
        String folder = "class/nvme/" + name;
        NvList.Builder properties = NvList.builder().string("driver", "nvme");
        properties.string("nvme-controller", name);
        List<String> called = new ArrayList<>(List.of(name));
        path.pci().ifPresent(function -> called.add(function.last()));
        properties.strings("kernel-names", called);
        DiskNodes.strings(
                properties, "states", sysfs.text(folder + "/state").stream().toList());
        put(properties, "nvme-transport", sysfs.text(folder + "/transport"));
        interfaces.localOf(sysfs.text(folder + "/address").orElse("")).ifPresent(local -> {
            properties.string("local-address", local);
            DiskNodes.strings(properties, "network-interfaces", interfaces.through(local));
        });
        put(properties, "nvme-address", sysfs.text(folder + "/address"));
        put(properties, "subsystem", sysfs.text(folder + "/subsysnqn"));
        return adapter(path, List.of(), Identity.ofNvme(sysfs, name), properties, List.of());
    }

    private Adapter ofDevice(DevicePath path, DiskPath disk) {
        NvList.Builder properties = NvList.builder();
        List<String> called = new ArrayList<>(List.of(path.last()));
        path.pci().ifPresent(function -> called.add(function.last()));
        properties.strings("kernel-names", called);
        String block = "block/" + disk.block().name() + "/device/driver";
        put(
                properties,
                "driver",
                sysfs.link(block).map(driver -> DevicePath.ofLink(driver).last()));
        return adapter(path, List.of(), disk.identity(), properties, List.of());
    }

    private Adapter adapter(
            DevicePath device,
            List<DevicePath> hosts,
            Identity identity,
            NvList.Builder properties,
            List<TargetPort> seen) {
        List<DevicePath> others = new ArrayList<>(hosts);
        Optional<DevicePath> pci = device.pci();
        pci.ifPresent(function -> {
            others.add(function);
            String folder = function.text().substring(1);
            properties.string("pci-address", function.last());
            put(properties, "pci-vendor", sysfs.text(folder + "/vendor"));
            put(properties, "pci-device", sysfs.text(folder + "/device"));
            put(properties, "pci-subsystem-vendor", sysfs.text(folder + "/subsystem_vendor"));
            put(properties, "pci-subsystem-device", sysfs.text(folder + "/subsystem_device"));
            put(
                    properties,
                    "pci-driver",
                    sysfs.link(folder + "/driver")
                            .map(driver -> DevicePath.ofLink(driver).last()));
        });
        put(properties, "model", Optional.of(identity.model()));
        put(properties, "serial-number", Optional.of(identity.serial()));
        put(properties, "firmware-revision", Optional.of(identity.revision()));
        others.remove(device);
        return new Adapter(device, others, identity, slotOf(device), pci.isPresent(), properties.build(), seen);
    }

    /** A card may have a bridge of its own, so the slot is that of the nearest function above that is in one. */
    String slotOf(DevicePath device) {
        return device.pciFunctions().stream()
                .map(DevicePath::last)
                .flatMap(address -> Optional.ofNullable(slots.get(address.substring(0, address.indexOf('.')))).stream())
                .map(slot -> "PCI slot " + slot)
                .findFirst()
                .orElse("");
    }

    /**
     * Returns what a driver calls its adapter in the kernel's log, where that is neither the host nor the PCI address: the number is
     * the {@code unique_id} of the host (mpt3sas, mptbase and aacraid set it to that of the controller).
     */
    private static List<String> nameOfDriver(String driver, String id) {
        return switch (id.isEmpty() ? "" : driver) {
            case "mpt3sas", "mpt2sas" -> List.of(driver + "_cm" + id, driver + id);
            case "mptsas", "mptspi", "mptfc" -> List.of("ioc" + id);
            case "aacraid" -> List.of("AAC" + id);
            default -> List.of();
        };
    }

    /** The phys of the hosts themselves, with the rate that each has agreed on; the rate is known without asking the adapter. */
    private Optional<List<String>> phys(List<String> names) {
        List<String> rates = new ArrayList<>();
        for (String phy : allPhys) {
            String number = phy.substring("phy-".length());
            if (number.indexOf(':') == number.lastIndexOf(':')
                    && names.contains("host" + number.substring(0, Math.max(0, number.indexOf(':'))))) {
                rates.add(phy + " "
                        + sysfs.text("class/sas_phy/" + phy + "/negotiated_linkrate")
                                .orElse("unknown"));
            }
        }
        return rates.isEmpty() ? Optional.empty() : Optional.of(rates);
    }

    private String first(String folder, List<String> names) {
        return names.stream()
                .flatMap(name -> sysfs.text(folder + "/" + name).stream())
                .findFirst()
                .orElse("");
    }

    static void put(NvList.Builder properties, String name, Optional<String> text) {
        text.filter(t -> !t.isEmpty()).ifPresent(t -> properties.string(name, t));
    }
}

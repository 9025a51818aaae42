// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.fmd.plugins.topo.AdapterScan.put;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** Reads what is known of a target from the transport classes: SAS, iSCSI, Fibre Channel. */
final class TargetPortScan {
    private static final Pattern TARGET = Pattern.compile("target[0-9]+:([0-9]{1,4}):([0-9]{1,5})");
    private static final Pattern CONNECTION = Pattern.compile("connection([0-9]+):[0-9]+");
    private static final int PER_CHANNEL = 100_000;

    private final Sysfs sysfs;
    private final InterfaceScan interfaces;
    private final Map<String, TreeSet<String>> connections = new HashMap<>();

    TargetPortScan(Sysfs sysfs, InterfaceScan interfaces) {
        this.sysfs = sysfs;
        this.interfaces = interfaces;
        for (String name : sysfs.children("class/iscsi_connection")) {
            Matcher connection = CONNECTION.matcher(name);
            if (connection.matches()) {
                connections
                        .computeIfAbsent(
                                "session" + connection.group(1), s -> new TreeSet<>(DevicePath::compareNatural))
                        .add(name);
            }
        }
    }

    /** Returns the SAS end devices. */
    Set<DevicePath> endDevices() {
        TreeSet<DevicePath> found = new TreeSet<>();
        for (String name : sysfs.children("class/sas_device")) {
            if (name.startsWith("end_device")) {
                sysfs.link("class/sas_device/" + name)
                        .flatMap(link -> DevicePath.ofLink(link).port())
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /**
     * Reads a target.
     *
     * @param target a SCSI target or a SAS end device without one
     * @param host the place of its host among those of the adapter
     * @param taken the numbers that other targets of the adapter have
     */
    TargetPort read(DevicePath target, int host, Set<Integer> taken) {
        List<DevicePath> others = new ArrayList<>();
        Optional<DevicePath> port = target.port();
        port.filter(path -> !path.equals(target)).ifPresent(others::add);
        String name = port.map(DevicePath::last).orElse("");
        NvList.Builder properties = NvList.builder();
        Optional<String> l0id = Optional.empty();
        if (name.startsWith("end_device")) {
            l0id = sas(properties, "class/sas_device/" + name, target);
        } else if (name.startsWith("rport")) {
            l0id = fibre(properties, "class/fc_remote_ports/" + name);
        } else if (name.startsWith("session")) {
            iscsi(properties, name, target.host().map(DevicePath::last).orElse(""));
        }
        target.ata().ifPresent(ata -> properties.string("ata-port", ata.last()));
        Set<String> called = new LinkedHashSet<>(List.of(target.last()));
        port.ifPresent(path -> called.add(path.last()));
        target.ata().ifPresent(ata -> called.add(ata.last()));
        called.addAll(connections.getOrDefault(name, new TreeSet<>()));
        properties.strings("kernel-names", List.copyOf(called));
        return new TargetPort(target, others, number(target, host, taken), l0id, properties.build());
    }

    /** Channel and id of the target; for an ATA controller the place of its port, so that pulled disks move nobody. */
    private static int number(DevicePath target, int host, Set<Integer> taken) {
        Matcher address = TARGET.matcher(target.last());
        int number = 0;
        if (address.matches()) {
            int id = Integer.parseInt(address.group(2));
            number = Integer.parseInt(address.group(1)) * PER_CHANNEL + id;
            number = target.ata().isPresent() && id == 0 ? host : number;
        }
        while (taken.contains(number)) {
            number++;
        }
        return number;
    }

    private Optional<String> sas(NvList.Builder properties, String folder, DevicePath target) {
        Optional<String> address = worldwide(sysfs.text(folder + "/sas_address"));
        put(properties, "sas-address", address);
        put(properties, "phy", sysfs.text(folder + "/phy_identifier"));
        put(properties, "protocols", sysfs.text(folder + "/target_port_protocols"));
        Optional<String> enclosure = worldwide(sysfs.text(folder + "/enclosure_identifier"));
        put(properties, "enclosure-id", enclosure);
        if (enclosure.isPresent()) {
            put(properties, "enclosure-slot", sysfs.text(folder + "/bay_identifier"));
        }
        List<String> expanders = target.expanders().stream()
                .flatMap(name -> worldwide(sysfs.text("class/sas_device/" + name + "/sas_address")).stream())
                .map(hex -> "w" + hex)
                .toList();
        if (!expanders.isEmpty()) {
            properties.strings("expanders", expanders);
        }
        return address.map(hex -> "w" + hex);
    }

    private Optional<String> fibre(NvList.Builder properties, String folder) {
        Optional<String> name = worldwide(sysfs.text(folder + "/port_name"));
        put(properties, "port-name", name);
        put(properties, "node-name", worldwide(sysfs.text(folder + "/node_name")));
        put(properties, "roles", sysfs.text(folder + "/roles"));
        DiskNodes.strings(
                properties,
                "states",
                sysfs.text(folder + "/port_state").stream().toList());
        return name.map(hex -> "w" + hex);
    }

    private void iscsi(NvList.Builder properties, String session, String host) {
        String folder = "class/iscsi_session/" + session;
        put(properties, "target-name", sysfs.text(folder + "/targetname"));
        put(properties, "target-portal-group", sysfs.text(folder + "/tpgt"));
        put(properties, "interface", sysfs.text(folder + "/ifacename"));
        properties.string("session", session);
        List<String> portals = new ArrayList<>();
        for (String name : connections.getOrDefault(session, new TreeSet<>())) {
            String at = "class/iscsi_connection/" + name;
            sysfs.text(at + "/persistent_address")
                    .map(address -> address.contains(":") ? "[" + address + "]" : address)
                    .ifPresent(address -> portals.add(
                            address + ":" + sysfs.text(at + "/persistent_port").orElse("3260")));
        }
        DiskNodes.strings(properties, "portals", portals);
        DiskNodes.strings(
                properties, "states", sysfs.text(folder + "/state").stream().toList());
        interfaces
                .localOfSession(host, connections.getOrDefault(session, new TreeSet<>()))
                .ifPresent(local -> {
                    properties.string("local-address", local);
                    DiskNodes.strings(properties, "network-interfaces", interfaces.through(local));
                });
    }

    /** Returns the 16 digits of a name, empty if it is none or zero. */
    static Optional<String> worldwide(Optional<String> text) {
        return text.map(t -> t.startsWith("0x") ? t.substring(2) : t)
                .filter(hex -> hex.matches("[0-9a-f]{16}") && !hex.matches("0+"));
    }
}

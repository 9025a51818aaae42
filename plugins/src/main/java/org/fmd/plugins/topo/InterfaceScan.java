// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.fmd.plugins.topo.AdapterScan.put;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.topo.sysfs.Sysfs;

/**
 * The network interfaces that are hardware, and those that storage goes through: the interface which owns the local address of a
 * session, and what that one is made of (a bond, a VLAN).
 *
 * <p>sysfs does not tell the addresses of an interface. Where the host does not either and there is one interface alone, that is the
 * one; where there are several, the address stands for the interface, so that its sessions still have one part in common.
 */
final class InterfaceScan {
    private static final String UNKNOWN = "owner of ";
    private static final String LOWER = "lower_";
    private static final String VIRTUAL = "/devices/virtual/";
    private static final Pattern SOURCE = Pattern.compile("(?:^|,)(?:src_addr|host_traddr)=([^,]+)");

    /**
     * An interface.
     *
     * @param name {@code eth0}; for one that is known by its address alone a text that says so
     * @param lastingName what its number is made from if it has no place among the hardware
     * @param device its device, empty if it is no hardware
     * @param properties what is known of it
     */
    record Interface(String name, String lastingName, Optional<DevicePath> device, NvList properties) {
        /** Returns what a person calls an interface that is known by an address alone; empty for others. */
        String label() {
            return name.startsWith(UNKNOWN) ? "interface with " + name.substring(UNKNOWN.length()) : "";
        }
    }

    private final Sysfs sysfs;
    private final HostFacts facts;
    private final TreeMap<String, Optional<DevicePath>> all = new TreeMap<>(DevicePath::compareNatural);

    /** Addresses by the interface that owns them. */
    private final TreeMap<String, TreeSet<String>> used = new TreeMap<>();

    InterfaceScan(Sysfs sysfs, HostFacts facts) {
        this.sysfs = sysfs;
        this.facts = facts;
        for (String name : sysfs.children("class/net")) {
            Optional<DevicePath> place = sysfs.link("class/net/" + name).map(DevicePath::ofLink);
            boolean told = place.isPresent()
                    || sysfs.text("class/net/" + name + "/operstate").isPresent();
            if (told && !name.equals("lo")) {
                all.put(name, place);
            }
        }
    }

    /** Returns the local address of an iSCSI session; initiators in hardware tell none here. */
    Optional<String> localOfSession(String host, Collection<String> connections) {
        return connections.stream()
                .flatMap(name -> sysfs.text("class/iscsi_connection/" + name + "/local_ipaddr").stream())
                .findFirst()
                .or(() -> sysfs.text("class/iscsi_host/" + host + "/ipaddress"))
                .filter(address -> !address.equals("(null)"));
    }

    /** Returns the local address in what an NVMe controller over a network says of its way. */
    Optional<String> localOf(String address) {
        Matcher source = SOURCE.matcher(address);
        return source.find() ? Optional.of(source.group(1)) : Optional.empty();
    }

    /** Returns the names of the interfaces that everything from that address goes through, the owner of the address first. */
    List<String> through(String address) {
        String owner = facts.interfaceOf(address).filter(all::containsKey).orElseGet(() -> onlyOne(address));
        used.computeIfAbsent(owner, o -> new TreeSet<>()).add(address);
        Set<String> ways = new LinkedHashSet<>();
        descend(owner, ways);
        return List.copyOf(ways);
    }

    private String onlyOne(String address) {
        List<String> hardware = all.keySet().stream().filter(this::isHardware).toList();
        return hardware.size() == 1 && all.size() == 1 ? hardware.get(0) : UNKNOWN + address;
    }

    private void descend(String name, Set<String> ways) {
        if (ways.add(name)) {
            sysfs.children("class/net/" + name).stream()
                    .filter(child -> child.startsWith(LOWER))
                    .map(child -> child.substring(LOWER.length()))
                    .sorted()
                    .forEach(lower -> descend(lower, ways));
        }
    }

    private boolean isHardware(String name) {
        return all.getOrDefault(name, Optional.empty())
                .map(path -> !path.text().startsWith(VIRTUAL))
                .orElse(all.containsKey(name));
    }

    /** Returns the interfaces in order: hardware by PCI address, all others by name. Call it when all ways were asked for. */
    List<Interface> scan() {
        Set<String> names = new LinkedHashSet<>();
        used.keySet().forEach(owner -> descend(owner, names));
        all.keySet().stream().filter(this::isHardware).forEach(names::add);
        List<Interface> found = new ArrayList<>();
        for (String name : names) {
            found.add(read(name));
        }
        found.sort((a, b) -> {
            int order = Boolean.compare(a.device().isEmpty(), b.device().isEmpty());
            if (order == 0 && a.device().isPresent() && b.device().isPresent()) {
                order = a.device().get().compareTo(b.device().get());
            }
            return order != 0 ? order : DevicePath.compareNatural(a.name(), b.name());
        });
        return found;
    }

    private Interface read(String name) {
        String folder = "class/net/" + name;
        Optional<DevicePath> device = all.getOrDefault(name, Optional.empty()).filter(path -> isHardware(name));
        NvList.Builder properties = NvList.builder();
        device.ifPresent(path -> properties.string("dev", path.text()));
        List<String> called = new ArrayList<>();
        if (all.containsKey(name)) {
            properties.string("interface", name);
            called.add(name);
        }
        Optional<DevicePath> pci = device.flatMap(DevicePath::pci);
        pci.ifPresent(function -> called.add(function.last()));
        DiskNodes.strings(properties, "kernel-names", called);
        put(properties, "mac-address", sysfs.text(folder + "/address").filter(mac -> !mac.matches("[0:]*")));
        put(properties, "link-state", sysfs.text(folder + "/operstate"));
        put(
                properties,
                "driver",
                sysfs.link(folder + "/device/driver")
                        .map(driver -> DevicePath.ofLink(driver).last()));
        pci.ifPresent(function -> {
            properties.string("pci-address", function.last());
            put(properties, "pci-vendor", sysfs.text(function.text().substring(1) + "/vendor"));
            put(properties, "pci-device", sysfs.text(function.text().substring(1) + "/device"));
        });
        Set<String> lower = new LinkedHashSet<>();
        descend(name, lower);
        lower.remove(name);
        DiskNodes.strings(properties, "lower-interfaces", List.copyOf(lower));
        DiskNodes.strings(properties, "addresses", List.copyOf(used.getOrDefault(name, new TreeSet<>())));
        return new Interface(name, name, device, properties.build());
    }
}

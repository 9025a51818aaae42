// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.fmd.plugins.topo.AdapterScan.put;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** Finds the SAS expanders behind each host. What they are was asked when they were found, so reading it asks nobody. */
final class ExpanderScan {

    /**
     * An expander as one host sees it.
     *
     * @param device its device
     * @param identity what it says of itself
     * @param l0id its name in the world, {@code w500a0b80000000e0}; empty if it tells none
     * @param properties what is known of it
     */
    record Expander(DevicePath device, Identity identity, Optional<String> l0id, NvList properties) {}

    private final Map<DevicePath, List<Expander>> byHost = new HashMap<>();

    ExpanderScan(Sysfs sysfs) {
        for (String name : sysfs.children("class/sas_expander")) {
            sysfs.link("class/sas_expander/" + name)
                    .or(() -> sysfs.link("class/sas_device/" + name))
                    .map(link -> deviceOf(DevicePath.ofLink(link), name))
                    .ifPresent(device -> device.host()
                            .ifPresent(host -> byHost.computeIfAbsent(host, h -> new ArrayList<>())
                                    .add(read(sysfs, name, device))));
        }
        Comparator<Expander> order =
                Comparator.comparing((Expander e) -> e.l0id().orElse("~")).thenComparing(Expander::device);
        byHost.values().forEach(list -> list.sort(order));
    }

    /** A class entry leads to {@code …/expander-0:0/sas_expander/expander-0:0}. */
    private static DevicePath deviceOf(DevicePath entry, String name) {
        DevicePath above = entry.parent().parent();
        return above.last().equals(name) ? above : entry;
    }

    private static Expander read(Sysfs sysfs, String name, DevicePath device) {
        String folder = "class/sas_expander/" + name;
        Identity identity = new Identity(
                sysfs.text(folder + "/vendor_id").orElse(""),
                sysfs.text(folder + "/product_id").orElse(""),
                "",
                sysfs.text(folder + "/product_rev").orElse(""),
                Optional.empty());
        Optional<String> address = TargetPortScan.worldwide(sysfs.text("class/sas_device/" + name + "/sas_address"));
        NvList.Builder properties = NvList.builder()
                .string("dev", device.text())
                .strings("paths", List.of(device.text()))
                .strings("kernel-names", List.of(name));
        address.ifPresent(hex ->
                properties.strings("target-port-l0ids", List.of("w" + hex)).string("sas-address", hex));
        put(properties, "manufacturer", Optional.of(identity.manufacturer()));
        put(properties, "model", Optional.of(identity.model()));
        put(properties, "firmware-revision", Optional.of(identity.revision()));
        put(properties, "level", sysfs.text(folder + "/level"));
        return new Expander(device, identity, address.map(hex -> "w" + hex), properties.build());
    }

    /** Returns the expanders behind the hosts, by their SAS addresses for each host. */
    List<Expander> behind(List<DevicePath> hosts) {
        List<Expander> found = new ArrayList<>();
        hosts.forEach(host -> found.addAll(byHost.getOrDefault(host, List.of())));
        return found;
    }
}

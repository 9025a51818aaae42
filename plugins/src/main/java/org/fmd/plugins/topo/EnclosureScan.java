// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.fmd.plugins.topo.Enclosure.Bay;
import org.fmd.plugins.topo.sysfs.Sysfs;

/**
 * Finds enclosures, their bays and what is in them.
 *
 * <p>The state of a bay and its lights are not read: each read asks the enclosure. The {@code slot} of a component is what the
 * enclosure has printed beside it, where it says so.
 */
final class EnclosureScan {
    private static final Set<String> BAY_TYPES = Set.of("array device", "device");
    private static final String LINK = "enclosure_device:";

    private final Sysfs sysfs;

    /** Which component holds which logical unit: {@code class/enclosure/0:0:2:0/Slot 01}. */
    private final Map<DevicePath, String> holders = new HashMap<>();

    private final List<Enclosure> enclosures = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

    /** A bay by the numbers of enclosure and slot. */
    record Place(int enclosure, int bay) {}

    EnclosureScan(Sysfs sysfs) {
        this.sysfs = sysfs;
        TreeMap<String, TreeMap<DevicePath, String>> byId = new TreeMap<>();
        for (String name : sysfs.children("class/enclosure")) {
            DevicePath device = sysfs.link("class/enclosure/" + name)
                    .map(link -> DevicePath.ofLink(link).parent().parent())
                    .orElse(new DevicePath("/" + name));
            String id = id(name);
            byId.computeIfAbsent(id.isEmpty() ? device.lasting() : id, key -> new TreeMap<>())
                    .put(device, name);
        }
        byId.values().forEach(this::add);
    }

    /** Returns the enclosures in order of their identifiers, those without one by their paths. */
    List<Enclosure> enclosures() {
        return enclosures;
    }

    /** Returns the bay that a logical unit is in. */
    Optional<Place> placeOf(DiskPath disk) {
        Optional<String> component = Optional.ofNullable(holders.get(disk.device()));
        if (component.isEmpty() && !enclosures.isEmpty() && !disk.hctl().isEmpty()) {
            component = linkOf(disk.hctl());
        }
        return component.flatMap(name -> Optional.ofNullable(places.get(name)));
    }

    private Optional<String> linkOf(String hctl) {
        String folder = "class/scsi_device/" + hctl + "/device";
        return sysfs.children(folder).stream()
                .filter(name -> name.startsWith(LINK))
                .sorted()
                .flatMap(name -> sysfs.link(folder + "/" + name).stream())
                .map(DevicePath::ofLink)
                .map(component -> "class/enclosure/" + component.parent().last() + "/" + component.last())
                .findFirst();
    }

    private String id(String name) {
        String id = sysfs.text("class/enclosure/" + name + "/id").orElse("");
        String hex = id.startsWith("0x") ? id.substring(2) : id;
        return hex.matches("[0-9a-f]{1,32}") && !hex.matches("0+") ? hex : "";
    }

    private void add(NavigableMap<DevicePath, String> sameId) {
        TreeMap<Integer, Bay> bays = new TreeMap<>();
        for (String name : sameId.values()) {
            for (Map.Entry<Integer, String> bay : bays(name).entrySet()) {
                String component = "class/enclosure/" + name + "/" + bay.getValue();
                List<String> components = new ArrayList<>(Optional.ofNullable(bays.get(bay.getKey()))
                        .map(Bay::components)
                        .orElse(List.of()));
                components.add(component);
                String label = Optional.ofNullable(bays.get(bay.getKey()))
                        .map(Bay::name)
                        .orElse(bay.getValue());
                bays.put(bay.getKey(), new Bay(label.strip(), List.copyOf(components)));
                places.put(component, new Place(enclosures.size(), bay.getKey()));
                sysfs.link(component + "/device").ifPresent(unit -> holders.put(DevicePath.ofLink(unit), component));
            }
        }
        String first = sameId.firstEntry().getValue();
        Identity identity = Identity.ofScsi(sysfs, "class/scsi_device/" + first + "/device");
        enclosures.add(new Enclosure(id(first), List.copyOf(sameId.keySet()), identity, bays));
    }

    /** Returns the bays of one enclosure device by number: the slot, else a number in the name, else one made from it. */
    private Map<Integer, String> bays(String enclosure) {
        List<String> names = sysfs.children("class/enclosure/" + enclosure).stream()
                .filter(name -> sysfs.text("class/enclosure/" + enclosure + "/" + name + "/type")
                        .filter(BAY_TYPES::contains)
                        .isPresent())
                .sorted(Comparator.comparing((String name) -> name, DevicePath::compareNatural)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        TreeMap<Integer, String> bays = new TreeMap<>();
        for (String name : names) {
            int number = number(enclosure, name);
            bays.put(
                    number >= 0 && !bays.containsKey(number) ? number : StableNumber.free(name, bays::containsKey),
                    name);
        }
        return bays;
    }

    private int number(String enclosure, String name) {
        Optional<Long> slot = sysfs.number("class/enclosure/" + enclosure + "/" + name + "/slot");
        if (slot.isPresent()) {
            return slot.get() <= 0xffff ? slot.get().intValue() : -1;
        }
        String digits = name.strip().replaceFirst("^.*?([0-9]{1,5})$", "$1");
        return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
    }
}

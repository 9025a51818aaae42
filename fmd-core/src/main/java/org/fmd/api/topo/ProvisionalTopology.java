// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * The hardware that ereports tell of, where nobody knows the machine: each device that is a detector is a part of an unknown
 * enclosure, in the order in which they are first named; a detector that is a place is there.
 *
 * <pre>
 *   detector                                   becomes
 *   devid, path, …                             chassis0/unknown-enclosure0/bay0/disk0, found by devid and by each of its paths
 *   a path alone, which is nobody's path       chassis0/unknown-enclosure0/bay1/disk0, found by that path
 *   an adapter, as the class of its errors says  chassis0/hba0
 *   hc://…/chassis=0/bay=3                     chassis0, chassis0/bay3
 * </pre>
 *
 * <p>A disk of which only the name is known ({@code /devices/unknown/sdb}) is the one that elsewhere has that name. Belongs to
 * one thread.
 */
public final class ProvisionalTopology {
    private static final TopoPath CHASSIS = TopoPath.of("chassis", 0);
    private static final TopoPath UNKNOWN = CHASSIS.child("unknown-enclosure", 0);
    private static final String NAMELESS = "/devices/unknown/";

    /** What is known of a device: the first that was told counts. */
    private static final class Part {
        private final @Nullable String devid;
        private final Set<String> paths = new LinkedHashSet<>(2);
        private final Set<String> names = new LinkedHashSet<>(2);
        private @Nullable String vendor;
        private @Nullable String product;
        private @Nullable String revision;
        private @Nullable String serial;

        Part(@Nullable String devid) {
            this.devid = devid;
        }

        void learn(NvList payload) {
            payload.string("logical-disk").ifPresent(names::add);
            vendor = vendor == null ? known(payload, "vendor") : vendor;
            product = product == null ? known(payload, "product") : product;
            revision = revision == null ? known(payload, "revision") : revision;
            serial = serial == null ? known(payload, "serial") : serial;
        }

        private static @Nullable String known(NvList payload, String name) {
            String text = payload.string(name).orElse("unknown");
            return text.isBlank() || text.equals("unknown") ? null : text;
        }
    }

    private final Map<String, Part> byDevid = new LinkedHashMap<>();
    private final Map<String, Part> byPath = new LinkedHashMap<>();
    private final Map<String, Part> adapters = new LinkedHashMap<>();
    private final Set<TopoPath> places = new LinkedHashSet<>();

    /** Takes note of who reports that, and of what it says about itself. */
    public void see(Ereport ereport) {
        if (ereport.detector() instanceof DevFmri dev) {
            part(ereport, dev).learn(ereport.payload());
        } else if (ereport.detector() instanceof HcFmri hc) {
            TopoPath.of(hc).ifPresent(this::place);
        }
    }

    private Part part(Ereport ereport, DevFmri dev) {
        Map<String, Part> parts = dev.devid() != null ? byDevid : isOfAdapter(ereport) ? adapters : byPath;
        String key = dev.devid() != null ? dev.devid() : dev.devicePath();
        Part part = parts.computeIfAbsent(key, k -> new Part(dev.devid()));
        part.paths.add(dev.devicePath());
        return part;
    }

    private static boolean isOfAdapter(Ereport ereport) {
        return List.of(ereport.eventClass().name().split("\\.")).contains("hba");
    }

    private void place(TopoPath place) {
        TopoPath above = place.parent();
        if (above != null) {
            place(above);
        }
        places.add(place);
    }

    /**
     * Returns that hardware.
     *
     * @param known what is known anyway: its nodes come first, and a detector that is found there is not added
     */
    public Topology topology(Topology known) {
        List<TopoNode> nodes = new ArrayList<>(known.nodes());
        Set<TopoPath> taken = new LinkedHashSet<>();
        nodes.forEach(node -> taken.add(node.path()));
        List<Part> disks = disks(known);
        List<Part> hbas =
                adapters.values().stream().filter(part -> isNew(part, known)).toList();
        if (!disks.isEmpty() || !hbas.isEmpty()) {
            add(CHASSIS, nodes, taken);
        }
        places.forEach(place -> add(place, nodes, taken));
        for (Part hba : hbas) {
            nodes.add(node(free(CHASSIS, "hba", taken), hba));
        }
        if (!disks.isEmpty()) {
            add(UNKNOWN, nodes, taken);
        }
        for (Part disk : disks) {
            TopoPath bay = free(UNKNOWN, "bay", taken);
            nodes.add(node(bay));
            nodes.add(node(bay.child("disk", 0), disk));
        }
        return new Topology(nodes);
    }

    private static boolean isNew(Part part, Topology known) {
        return part.devid != null
                ? known.byDevid(part.devid) == null
                : part.paths.stream().noneMatch(path -> known.byDevicePath(path) != null);
    }

    /** Those with an identity first; a path that is one of theirs is no device of its own. */
    private List<Part> disks(Topology known) {
        List<Part> disks = new ArrayList<>();
        for (Part part : byDevid.values()) {
            if (isNew(part, known)) {
                disks.add(part);
            }
        }
        for (Part part : byPath.values()) {
            String path = part.paths.iterator().next();
            if (isNew(part, known)
                    && disks.stream().noneMatch(other -> other.paths.contains(path))
                    && byDevid.values().stream().noneMatch(other -> other.paths.contains(path))) {
                disks.add(part);
            }
        }
        // What is known by name alone is the disk that has the name, if there is just one.
        for (Part part : List.copyOf(disks)) {
            String path = part.paths.iterator().next();
            String name = path.startsWith(NAMELESS) ? path.substring(NAMELESS.length()) : "";
            List<Part> called = disks.stream()
                    .filter(other -> other != part && other.names.contains(name))
                    .toList();
            if (part.devid == null && called.size() == 1) {
                called.get(0).paths.add(path);
                disks.remove(part);
            }
        }
        return disks;
    }

    private static void add(TopoPath path, List<TopoNode> nodes, Set<TopoPath> taken) {
        if (taken.add(path)) {
            nodes.add(node(path));
        }
    }

    private static TopoPath free(TopoPath above, String name, Set<TopoPath> taken) {
        int number = 0;
        while (!taken.add(above.child(name, number))) {
            number++;
        }
        return above.child(name, number);
    }

    private static TopoNode node(TopoPath path) {
        return new TopoNode(path, path.toHc(), null, null, null, NvList.EMPTY);
    }

    private static TopoNode node(TopoPath path, Part part) {
        HcFmri name = path.toHc().withPart(part.serial, part.product, part.revision);
        String first = part.paths.iterator().next();
        NvList.Builder properties = NvList.builder();
        put(properties, "devid", part.devid);
        properties.string("dev", first).strings("paths", List.copyOf(part.paths));
        if (!part.names.isEmpty()) {
            properties
                    .string("logical-disk", part.names.iterator().next())
                    .strings("logical-disks", List.copyOf(part.names));
        }
        put(properties, "manufacturer", part.vendor);
        put(properties, "model", part.product);
        put(properties, "serial-number", part.serial);
        put(properties, "firmware-revision", part.revision);
        return new TopoNode(path, name, new DevFmri(first, part.devid, null), name, null, properties.build());
    }

    private static void put(NvList.Builder properties, String name, @Nullable String value) {
        if (value != null) {
            properties.string(name, value);
        }
    }
}

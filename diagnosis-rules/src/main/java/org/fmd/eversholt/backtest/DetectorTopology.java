// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;

/**
 * The machine that a log tells of, for want of a better one: each device that is a detector is a disk in a bay of one chassis,
 * {@code chassis0/bay7/disk0}, in the order in which they are first named; a detector that is a place is there.
 */
public final class DetectorTopology {
    /** Device paths by identity. */
    private final Map<String, Set<String>> devices = new LinkedHashMap<>();
    /** Paths of which no identity is known. */
    private final Set<String> bare = new LinkedHashSet<>();

    private final Set<TopoPath> places = new LinkedHashSet<>();

    private DetectorTopology() {}

    /** Reads a log to its end. */
    public static Topology of(ErrorLog log) throws IOException {
        DetectorTopology seen = new DetectorTopology();
        for (ErrorLog.Kind kind = log.next(); kind != ErrorLog.Kind.END; kind = log.next()) {
            if (kind == ErrorLog.Kind.EREPORT) {
                if (log.ereport().detector() instanceof DevFmri dev) {
                    seen.add(dev);
                } else if (log.ereport().detector() instanceof HcFmri hc) {
                    TopoPath.of(hc).ifPresent(seen::add);
                }
            }
        }
        return seen.topology();
    }

    private void add(DevFmri dev) {
        if (dev.devid() == null) {
            bare.add(dev.devicePath());
        } else {
            devices.computeIfAbsent(dev.devid(), id -> new LinkedHashSet<>(2)).add(dev.devicePath());
        }
    }

    private void add(TopoPath place) {
        TopoPath above = place.parent();
        if (above != null) {
            add(above);
        }
        places.add(place);
    }

    private Topology topology() {
        List<TopoNode> nodes = new ArrayList<>();
        TopoPath chassis = TopoPath.of("chassis", 0);
        add(chassis);
        Set<String> known = new LinkedHashSet<>();
        int bay = 0;
        for (Map.Entry<String, Set<String>> device : devices.entrySet()) {
            known.addAll(device.getValue());
            bay = disk(
                    chassis,
                    bay,
                    nodes,
                    NvList.builder()
                            .string("devid", device.getKey())
                            .strings("paths", List.copyOf(device.getValue()))
                            .build());
        }
        for (String path : bare) {
            if (!known.contains(path)) {
                bay = disk(
                        chassis,
                        bay,
                        nodes,
                        NvList.builder().string("dev", path).build());
            }
        }
        List<TopoNode> all = new ArrayList<>();
        places.forEach(place -> all.add(node(place, NvList.EMPTY)));
        all.addAll(nodes);
        return new Topology(all);
    }

    /** Puts a disk into the next free bay; returns the number of the one after it. */
    private int disk(TopoPath chassis, int bay, List<TopoNode> nodes, NvList properties) {
        int free = bay;
        while (places.contains(chassis.child("bay", free))) {
            free++;
        }
        TopoPath place = chassis.child("bay", free);
        nodes.add(node(place, NvList.EMPTY));
        nodes.add(node(place.child("disk", 0), properties));
        return free + 1;
    }

    private static TopoNode node(TopoPath path, NvList properties) {
        return new TopoNode(path, path.toHc(), null, null, null, properties);
    }
}

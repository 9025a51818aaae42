// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.topo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;

/** An enclosure with disks in its bays, made by hand. */
public final class Shelf {
    private static final TopoPath CHASSIS = TopoPath.of("chassis", 0);

    private final Map<Integer, String[]> disks = new TreeMap<>();

    /** Puts a disk into a bay; what was there is gone. */
    public Shelf put(int bay, String serial, String name) {
        disks.put(bay, new String[] {serial, name});
        return this;
    }

    public Shelf pull(int bay) {
        disks.remove(bay);
        return this;
    }

    public Map<Integer, String[]> disks() {
        return disks;
    }

    public Topology topology() {
        List<TopoNode> nodes = new ArrayList<>();
        TopoPath shelf = CHASSIS.child("ses-enclosure", 0);
        nodes.add(new TopoNode(CHASSIS, CHASSIS.toHc(), null, null, null, NvList.EMPTY));
        NvList about =
                NvList.builder().string("enclosure-id", "50050cc10a000001").build();
        nodes.add(new TopoNode(shelf, shelf.toHc().withPart("SHELF1", "A-SHELF", "1"), null, null, null, about));
        disks.forEach((number, disk) -> {
            TopoPath bay = shelf.child("bay", number);
            TopoPath path = bay.child("disk", 0);
            String label = "Slot %02d".formatted(number);
            nodes.add(new TopoNode(bay, bay.toHc(), null, null, label, NvList.EMPTY));
            NvList properties = NvList.builder()
                    .string("devid", "id1,sd@S" + disk[0])
                    .string("serial-number", disk[0])
                    .string("logical-disk", disk[1])
                    .strings("logical-disks", List.of(disk[1]))
                    .strings("kernel-names", List.of(disk[1]))
                    .build();
            nodes.add(new TopoNode(
                    path, path.toHc().withPart(disk[0], "SEAGATE-ST8000", "E004"), null, null, label, properties));
        });
        return new Topology(nodes);
    }
}

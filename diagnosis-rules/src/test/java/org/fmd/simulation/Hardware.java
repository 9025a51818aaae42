// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;

/**
 * A chassis with three bays, and the disk in each of them.
 *
 * @param serials the serial number of the disk in each bay; empty where there is none
 */
record Hardware(List<String> serials) {
    static final int BAYS = 3;
    static final Hardware FIRST = new Hardware(List.of("A0", "B0", "C0"));

    Hardware {
        serials = List.copyOf(serials);
    }

    /** Somebody replaces a disk, takes one out, or puts one in. */
    Hardware changed(Random random) {
        List<String> changed = new ArrayList<>(serials);
        int bay = random.nextInt(BAYS);
        String letter = "ABC".substring(bay, bay + 1);
        changed.set(bay, random.nextInt(4) == 0 ? "" : letter + random.nextInt(3));
        return new Hardware(changed);
    }

    Topology topology() {
        List<TopoNode> nodes = new ArrayList<>();
        TopoPath chassis = TopoPath.of("chassis", 0);
        nodes.add(new TopoNode(chassis, chassis.toHc(), null, null, null, NvList.EMPTY));
        for (int i = 0; i < BAYS; i++) {
            TopoPath bay = chassis.child("bay", i);
            nodes.add(new TopoNode(bay, bay.toHc(), null, bay.toHc(), "Slot " + i, NvList.EMPTY));
            String serial = serials.get(i);
            if (!serial.isEmpty()) {
                TopoPath disk = bay.child("disk", 0);
                HcFmri name = disk.toHc().withPart(serial, "MODEL", "FW1");
                NvList properties =
                        NvList.builder().string("devid", "id1," + serial).build();
                nodes.add(new TopoNode(disk, name, name, name, "Slot " + i, properties));
            }
        }
        return new Topology(nodes);
    }

    /** Who reports an error of a disk: the disk itself. */
    static DevFmri detector(String serial) {
        return new DevFmri("/dev/" + serial, "id1," + serial, null);
    }
}

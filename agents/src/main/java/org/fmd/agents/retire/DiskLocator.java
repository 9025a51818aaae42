// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Finds the disk that a devid names. The snapshot says where it should be; the disks themselves are asked who they are, all
 * of them, since kernel names are given to another disk as soon as they are free. Where the two disagree nothing is found.
 */
final class DiskLocator {
    private DiskLocator() {}

    /**
     * What was found.
     *
     * @param disk the disk, null if it is not here or not certain
     * @param absent whether it is certain that the disk is not in the machine
     * @param reason why there is none, empty if there is one
     */
    record Found(@Nullable Disk disk, boolean absent, String reason) {}

    static Found locate(String devid, Topology topology, KernelTree tree) throws IOException {
        TopoNode node = topology.byDevid(devid);
        List<String> names = new ArrayList<>();
        for (String name : tree.names("block")) {
            if (DiskIdentity.read(tree, name).isCalled(devid)) {
                names.add(name);
            }
        }
        Optional<String> known =
                node == null ? Optional.empty() : node.properties().string("logical-disk");
        if (names.isEmpty()) {
            return missing(devid, known, tree);
        }
        if (names.size() > 1) {
            return refused(devid + " is reached over " + names.size() + " paths (" + String.join(", ", names)
                    + "); paths are multipath's to fail, this version does not");
        }
        String name = names.get(0);
        if (node == null) {
            return refused(name + " is " + devid + ", but the topology does not know it yet");
        }
        if (known.isPresent() && !known.get().equals(name)) {
            return refused("the topology has " + devid + " as " + known.get() + ", the kernel as " + name
                    + "; it is certain when both agree");
        }
        String serial = node.properties()
                .string("serial-number")
                .filter(s -> !s.isBlank())
                .or(() -> DiskIdentity.serial(tree, "block/" + name))
                .orElse(null);
        return new Found(new Disk(devid, name, serial, node.label()), false, "");
    }

    private static Found missing(String devid, Optional<String> known, KernelTree tree) {
        if (known.isEmpty()) {
            return new Found(null, true, devid + " is not in this machine now");
        }
        String name = known.get();
        if (!tree.exists("block/" + name)) {
            return new Found(null, true, name + " (" + devid + ") is not in this machine any more");
        }
        return DiskIdentity.read(tree, name).names().isEmpty()
                ? refused(name + " does not tell who it is, so it cannot be confirmed to be " + devid)
                : refused(name + " is another disk now, not " + devid);
    }

    private static Found refused(String reason) {
        return new Found(null, false, reason);
    }
}

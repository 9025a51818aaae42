// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fmd.api.topo.StorageStack.Layer;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

class StorageStackTest {

    /** Disks below, volumes on anything that is there: circles too. */
    private static final class Machine {
        final Map<String, TopoNode> nodes = new TreeMap<>();
        final Map<String, Set<String>> edges = new HashMap<>();

        Machine(Random random) {
            int disks = 1 + random.nextInt(4);
            int volumes = random.nextInt(8);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < disks; i++) {
                String disk = "sd" + (char) ('a' + i);
                NvList.Builder about = NvList.builder().strings("logical-disks", List.of(disk));
                names.add(disk);
                List<String> partitions = new ArrayList<>();
                for (int p = random.nextInt(3); p > 0; p--) {
                    partitions.add(disk + p);
                    edge(disk, disk + p);
                    names.add(disk + p);
                }
                add(disk, mounts(about.strings("partitions", partitions), random, disk), "disk", i);
            }
            for (int i = 0; i < volumes; i++) {
                names.add("md" + i);
            }
            for (int i = 0; i < volumes; i++) {
                List<String> below = new ArrayList<>();
                for (int k = random.nextInt(3); k >= 0; k--) {
                    String lower = names.get(random.nextInt(names.size()));
                    below.add(lower);
                    edge(lower, "md" + i);
                }
                NvList.Builder about = NvList.builder()
                        .string("block-device", "md" + i)
                        .string("kind", "md")
                        .strings("below", below);
                add("md" + i, mounts(about, random, "md" + i), "md-array", i);
            }
        }

        private NvList.Builder mounts(NvList.Builder about, Random random, String name) {
            if (random.nextInt(3) == 0) {
                edge(name, "/" + name);
                about.strings("mount-devices", List.of(name))
                        .strings("mount-points", List.of("/" + name))
                        .strings("file-systems", List.of("ext4"));
            }
            return about;
        }

        private void edge(String lower, String upper) {
            edges.computeIfAbsent(lower, l -> new TreeSet<>()).add(upper);
        }

        private void add(String name, NvList.Builder about, String kind, int number) {
            TopoPath path = TopoPath.of(kind, number);
            nodes.put(name, new TopoNode(path, path.toHc(), null, null, null, about.build()));
        }

        /** Everything that can be reached from a name. */
        Set<String> above(String... names) {
            Set<String> reached = new TreeSet<>();
            boolean more = true;
            List<String> from = List.of(names);
            while (more) {
                more = false;
                for (Map.Entry<String, Set<String>> edge : edges.entrySet()) {
                    if (from.contains(edge.getKey()) || reached.contains(edge.getKey())) {
                        more |= reached.addAll(edge.getValue());
                    }
                }
            }
            reached.removeAll(from);
            return reached;
        }
    }

    @Test
    void agreesWithANaiveModel() {
        for (long seed = 0; seed < 1_000; seed++) {
            Machine machine = new Machine(new Random(seed));
            Topology topology = new Topology(List.copyOf(machine.nodes.values()));
            StorageStack stack = StorageStack.of(topology);
            for (Map.Entry<String, TopoNode> each : machine.nodes.entrySet()) {
                TopoNode node = each.getValue();
                List<String> own = new ArrayList<>(List.of(each.getKey()));
                own.addAll(node.properties().strings("partitions"));
                Set<String> told = new TreeSet<>();
                stack.above(node).forEach(layer -> told.add(layer.name()));
                assertEquals(
                        machine.above(own.toArray(new String[0])), told, "above " + each.getKey() + ", seed " + seed);
                stack.uses(node);
                for (Layer layer : stack.above(node)) {
                    if (layer.node() != null && !layer.node().equals(node)) {
                        boolean disk = each.getKey().startsWith("sd");
                        assertEquals(
                                disk,
                                stack.disksUnder(layer).contains(node),
                                "under " + layer.name() + ", seed " + seed);
                    }
                }
                for (TopoNode other : machine.nodes.values()) {
                    Set<String> shared = new TreeSet<>();
                    stack.shared(node, other).forEach(layer -> shared.add(layer.name()));
                    Set<String> expected = new TreeSet<>(told);
                    Set<String> others = new TreeSet<>();
                    stack.above(other).forEach(layer -> others.add(layer.name()));
                    expected.retainAll(others);
                    assertEquals(expected, shared, "seed " + seed);
                }
            }
        }
    }

    @Test
    void aMountPointIsFoundThroughTheWholeStack() {
        NvList disk = NvList.builder()
                .strings("logical-disks", List.of("nvme0n1"))
                .strings("partitions", List.of("nvme0n1p1"))
                .build();
        NvList array = NvList.builder()
                .string("block-device", "dm-0")
                .string("kind", "crypt")
                .string("title", "luks-1")
                .strings("below", List.of("nvme0n1p1"))
                .strings("mount-devices", List.of("dm-0"))
                .strings("mount-points", List.of("/srv"))
                .strings("file-systems", List.of("xfs"))
                .build();
        TopoPath place = TopoPath.of("disk", 0);
        TopoPath above = TopoPath.of("volume", 1);
        Topology topology = new Topology(List.of(
                new TopoNode(place, place.toHc(), null, null, null, disk),
                new TopoNode(above, above.toHc(), null, null, null, array)));
        StorageStack stack = StorageStack.of(topology);
        TopoNode node = Objects.requireNonNull(topology.at(place));
        assertEquals(List.of("nvme0n1p1 > dm-0 (crypt luks-1) > /srv"), stack.uses(node));
        assertEquals(List.of("/srv"), stack.mountPoints(node));
    }
}

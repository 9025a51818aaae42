// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * What stands on what, from disks up to mount points: who is affected by a disk, and which disks share an array.
 *
 * <pre>
 *   sda ── sda1 ──┐
 *                 ├── md0 ── dm-3 ── /home
 *   sdb ── sdb1 ──┘            └──── /srv
 * </pre>
 *
 * <p>Made from the properties of a {@link Topology} alone, so it is as old as that. A name that occurs twice is the first one's.
 * Names that lead in a circle, as a damaged tree may have them, end where they would repeat. Immutable.
 */
public final class StorageStack {
    /** How many ways from one disk upward are told; a volume group may have hundreds. */
    private static final int MOST_USES = 16;

    /** What a layer is. */
    public enum Kind {
        DISK,
        PARTITION,
        MD,
        MULTIPATH,
        LVM,
        CRYPT,
        BTRFS,
        /** Told by the name of the partition alone: ZFS says nothing in sysfs. */
        ZFS,
        /** Any other device that stands on devices. */
        OTHER,
        FILE_SYSTEM,
        SWAP
    }

    /**
     * One layer.
     *
     * @param name the kernel's name ({@code md0}), or the mount point of a file system
     * @param kind what it is
     * @param title a name that people gave, the level of an array, or the type of a file system; may be empty
     * @param node of the topology that is this layer or, for a partition, holds it; null for a mount point
     */
    public record Layer(
            String name, Kind kind, String title, @Nullable TopoNode node) {}

    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Map<String, Set<String>> above = new LinkedHashMap<>();
    private final Map<String, Set<String>> below = new LinkedHashMap<>();
    private final Map<TopoPath, List<String>> ofNode = new LinkedHashMap<>();

    private StorageStack() {}

    /** Reads the stack of a snapshot. */
    public static StorageStack of(Topology topology) {
        StorageStack stack = new StorageStack();
        topology.nodes().forEach(stack::enter);
        for (TopoNode node : topology.nodes()) {
            NvList about = node.properties();
            about.string("block-device")
                    .ifPresent(name -> about.strings("below").forEach(lower -> stack.link(lower, name)));
            stack.mounts(about);
        }
        return stack;
    }

    private void enter(TopoNode node) {
        NvList about = node.properties();
        List<String> disks = about.strings("logical-disks");
        for (String disk : disks) {
            add(node, new Layer(disk, Kind.DISK, about.string("model").orElse(""), node));
        }
        for (String partition : about.strings("partitions")) {
            add(node, new Layer(partition, Kind.PARTITION, "", node));
            // The longest: a disk may be called like the beginning of another.
            disks.stream()
                    .filter(partition::startsWith)
                    .max((a, b) -> Integer.compare(a.length(), b.length()))
                    .ifPresent(disk -> link(disk, partition));
        }
        for (String member : about.strings("zfs-members")) {
            String name = "zfs " + member;
            add(node, new Layer(name, Kind.ZFS, member, node));
            link(member, name);
        }
        about.string("block-device")
                .ifPresent(name -> add(
                        node,
                        new Layer(
                                name,
                                kind(about.string("kind").orElse("")),
                                about.string("title").orElse(""),
                                node)));
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "md" -> Kind.MD;
            case "multipath" -> Kind.MULTIPATH;
            case "lvm" -> Kind.LVM;
            case "crypt" -> Kind.CRYPT;
            case "btrfs" -> Kind.BTRFS;
            default -> Kind.OTHER;
        };
    }

    private void mounts(NvList about) {
        List<String> devices = about.strings("mount-devices");
        List<String> points = about.strings("mount-points");
        List<String> types = about.strings("file-systems");
        for (int i = 0; i < Math.min(devices.size(), points.size()); i++) {
            String type = i < types.size() ? types.get(i) : "";
            boolean swap = type.equals("swap");
            // A mount point is called like nothing else; a swap area is one for each device.
            String key = swap ? "swap " + devices.get(i) : "mount " + points.get(i);
            layers.putIfAbsent(key, new Layer(points.get(i), swap ? Kind.SWAP : Kind.FILE_SYSTEM, type, null));
            link(devices.get(i), key);
        }
    }

    private void add(TopoNode node, Layer layer) {
        if (layers.putIfAbsent(layer.name(), layer) == null) {
            ofNode.computeIfAbsent(node.path(), p -> new ArrayList<>()).add(layer.name());
        }
    }

    private void link(String lower, String upper) {
        above.computeIfAbsent(lower, l -> new LinkedHashSet<>()).add(upper);
        below.computeIfAbsent(upper, u -> new LinkedHashSet<>()).add(lower);
    }

    /** Returns the layer with that kernel name, null if there is none. */
    public @Nullable Layer layer(String name) {
        return layers.get(name);
    }

    /** Returns all that stands on a disk, array or map, directly or not, the nearest first: what its failure affects. */
    public List<Layer> above(TopoNode node) {
        return reach(ofNode.getOrDefault(node.path(), List.of()), above);
    }

    /** Returns all that a layer stands on, directly or not, the nearest first. */
    public List<Layer> below(Layer layer) {
        return reach(List.of(layer.name()), below);
    }

    /** Returns the disks that a layer stands on. */
    public List<TopoNode> disksUnder(Layer layer) {
        Set<TopoNode> disks = new LinkedHashSet<>();
        for (Layer lower : below(layer)) {
            if (lower.kind() == Kind.DISK && lower.node() != null) {
                disks.add(lower.node());
            }
        }
        return List.copyOf(disks);
    }

    /** Returns what stands on both: the array that two disks share, and all on it. */
    public List<Layer> shared(TopoNode one, TopoNode other) {
        List<Layer> both = new ArrayList<>(above(one));
        both.retainAll(above(other));
        return both;
    }

    /** Returns the places where a person would miss it: mount points, {@code [swap]}. */
    public List<String> mountPoints(TopoNode node) {
        return above(node).stream()
                .filter(layer -> layer.kind() == Kind.FILE_SYSTEM || layer.kind() == Kind.SWAP)
                .map(Layer::name)
                .distinct()
                .toList();
    }

    private List<Layer> reach(List<String> from, Map<String, Set<String>> edges) {
        Set<String> seen = new LinkedHashSet<>(from);
        Deque<String> queue = new ArrayDeque<>(from);
        List<Layer> reached = new ArrayList<>();
        while (!queue.isEmpty()) {
            for (String next : edges.getOrDefault(queue.remove(), Set.of())) {
                if (seen.add(next)) {
                    queue.add(next);
                    Layer layer = layers.get(next);
                    if (layer != null) {
                        reached.add(layer);
                    }
                }
            }
        }
        return reached;
    }

    /**
     * Returns how a disk is used, a line for each way up: {@code md0 (raid1, member sda1) > dm-3 (LVM vg-home) > /home}. Beyond 16 the
     * last line says that there are more.
     */
    public List<String> uses(TopoNode node) {
        Set<String> ways = new LinkedHashSet<>();
        for (String start : ofNode.getOrDefault(node.path(), List.of())) {
            Layer layer = layers.get(start);
            if (layer != null
                    && layer.kind() != Kind.ZFS
                    && (below.get(start) == null || layer.kind() != Kind.PARTITION)) {
                climb(start, new LinkedHashSet<>(Set.of(start)), "", ways);
            }
        }
        if (ways.size() <= MOST_USES) {
            return List.copyOf(ways);
        }
        List<String> told = new ArrayList<>(ways).subList(0, MOST_USES);
        told.add("and more");
        return List.copyOf(told);
    }

    private void climb(String name, Set<String> path, String text, Set<String> ways) {
        boolean top = true;
        for (String next : above.getOrDefault(name, Set.of())) {
            Layer layer = layers.get(next);
            if (layer == null || ways.size() > MOST_USES || !path.add(next)) {
                continue;
            }
            top = false;
            if (layer.kind() == Kind.PARTITION && text.isEmpty()) {
                climb(next, path, "", ways);
            } else {
                climb(next, path, text.isEmpty() ? first(name, layer) : text + " > " + words(layer), ways);
            }
            path.remove(next);
        }
        if (top && !text.isEmpty()) {
            ways.add(text);
        }
    }

    private static String first(String name, Layer layer) {
        return switch (layer.kind()) {
            case MD ->
                layer.name() + " (" + (layer.title().isEmpty() ? "md" : layer.title()) + ", member " + name + ")";
            case FILE_SYSTEM, SWAP, LVM, CRYPT, OTHER, BTRFS -> name + " > " + words(layer);
            default -> words(layer);
        };
    }

    private static String words(Layer layer) {
        return switch (layer.kind()) {
            case MD -> layer.name() + (layer.title().isEmpty() ? "" : " (" + layer.title() + ")");
            case MULTIPATH -> layer.name() + " (multipath " + layer.title() + ")";
            case LVM -> layer.name() + " (LVM " + layer.title() + ")";
            case CRYPT -> layer.name() + " (crypt " + layer.title() + ")";
            case BTRFS -> "btrfs" + (layer.title().isEmpty() ? "" : " " + layer.title());
            case ZFS -> "ZFS (partition " + layer.title() + ", by its name)";
            case OTHER -> layer.name() + (layer.title().isEmpty() ? "" : " (" + layer.title() + ")");
            case DISK, PARTITION, FILE_SYSTEM, SWAP -> layer.name();
        };
    }
}

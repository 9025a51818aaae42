// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** A snapshot of the hardware: nodes in walk order, parents before children, with the ways to find one. Immutable. */
public final class Topology {
    public static final Topology EMPTY = new Topology(List.of());

    private static final int GENERATION_DIGITS = 16;

    private final List<TopoNode> walk;
    /** Places in the walk, like the maps that follow. */
    private final Map<TopoPath, Integer> byPath;

    private final Map<String, Integer> byDevid = new HashMap<>();
    private final Map<String, Integer> byTargetPort = new HashMap<>();
    private final Map<String, Integer> byDevicePath = new HashMap<>();
    private final Map<String, Integer> bySerial = new HashMap<>();
    private final Map<TopoPath, List<TopoNode>> children = new HashMap<>();
    private final List<TopoNode> roots = new ArrayList<>();

    /**
     * Makes a snapshot. Where two nodes carry the same identity, the later one is found by it.
     *
     * @param walk nodes with parents before children; refuses with {@link IllegalArgumentException} a path that occurs
     *     twice, and one whose parent does not come before it
     */
    public Topology(List<TopoNode> walk) {
        this.walk = List.copyOf(walk);
        this.byPath = new HashMap<>(2 * walk.size());
        for (int i = 0; i < walk.size(); i++) {
            TopoNode node = walk.get(i);
            Integer place = i;
            if (byPath.putIfAbsent(node.path(), place) != null) {
                throw new IllegalArgumentException("two nodes at " + node.path());
            }
            TopoPath parent = node.path().parent();
            if (parent == null) {
                roots.add(node);
            } else if (byPath.containsKey(parent)) {
                children.computeIfAbsent(parent, p -> new ArrayList<>()).add(node);
            } else {
                throw new IllegalArgumentException("nothing at " + parent + " to hold " + node.path());
            }
            enter(node, place);
        }
        children.replaceAll((path, nodesBelow) -> List.copyOf(nodesBelow));
    }

    private void enter(TopoNode node, Integer place) {
        node.properties().string("devid").ifPresent(id -> byDevid.put(id, place));
        node.properties().string("dev").ifPresent(dev -> byDevicePath.put(dev, place));
        node.properties().strings("paths").forEach(path -> byDevicePath.put(path, place));
        for (String port : targetPorts(node)) {
            byTargetPort.put(port, place);
        }
        if (node.resource() instanceof HcFmri hc && hc.serial() != null) {
            bySerial.put(hc.serial(), place);
        }
    }

    private static List<String> targetPorts(TopoNode node) {
        NvValue ports = node.properties().get("target-port-l0ids");
        if (ports instanceof NvValue.Strs many) {
            return many.values();
        }
        return ports instanceof NvValue.Str one ? List.of(one.value().split(" ")) : List.of();
    }

    /** Returns all nodes in walk order. */
    public List<TopoNode> nodes() {
        return walk;
    }

    public List<TopoNode> roots() {
        return List.copyOf(roots);
    }

    public List<TopoNode> children(TopoPath path) {
        return children.getOrDefault(path, List.of());
    }

    public @Nullable TopoNode at(TopoPath path) {
        return node(byPath.get(path));
    }

    public @Nullable TopoNode byDevid(String devid) {
        return node(byDevid.get(devid));
    }

    /** Returns the node whose resource has that serial number, wherever it is. */
    public @Nullable TopoNode bySerial(String serial) {
        return node(bySerial.get(serial));
    }

    public @Nullable TopoNode byTargetPort(String port) {
        return node(byTargetPort.get(port));
    }

    public @Nullable TopoNode byDevicePath(String devicePath) {
        return node(byDevicePath.get(devicePath));
    }

    /**
     * Returns the first node which the kernel's messages call by that name: {@code sda}, {@code ata3}, {@code mpt3sas_cm0}; null if
     * there is none. Goes through all nodes: for what happens seldom.
     */
    public @Nullable TopoNode byKernelName(String name) {
        for (TopoNode node : walk) {
            if (node.properties().strings("kernel-names").contains(name)) {
                return node;
            }
        }
        return null;
    }

    /** Returns whether both are the same hardware: everything is equal but what {@linkplain TopoNode#isPassing passes}. */
    public boolean isSameHardware(Topology that) {
        if (this == that) {
            return true;
        }
        List<TopoNode> mine = lasting();
        List<TopoNode> others = that.lasting();
        if (mine.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).isSameHardware(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<TopoNode> lasting() {
        return walk.stream().filter(node -> !node.isPassing()).toList();
    }

    /**
     * Returns the name of this state of the hardware: 16 hexadecimal digits of a hash of all that lasts. Two topologies with {@link
     * #isSameHardware} have the same one, at each boot and on each machine.
     */
    public String generation() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
        for (TopoNode node : lasting()) {
            String text = node.path() + "\n" + node.resource() + "\n" + node.asru() + "\n" + node.fru() + "\n"
                    + node.label() + "\n" + TopoNode.withoutPassing(node.properties()) + "\n";
            digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, GENERATION_DIGITS);
    }

    private @Nullable TopoNode node(@Nullable Integer place) {
        return place == null ? null : walk.get(place);
    }

    /**
     * Returns the node that a detector or resource names; null if there is none. A device name is looked up by its devid,
     * else its target port, else its path, and never by the next when the first fails: an identity that is not here must
     * not be taken for whatever is at the same place now.
     */
    public @Nullable TopoNode find(@Nullable Fmri fmri) {
        return node(place(fmri));
    }

    /** Returns where in {@link #nodes} that node stands, null if there is none: for who keeps something for each node. */
    public @Nullable Integer place(@Nullable Fmri fmri) {
        if (fmri instanceof HcFmri hc) {
            return TopoPath.of(hc).map(byPath::get).orElse(null);
        }
        if (fmri instanceof DevFmri dev) {
            if (dev.devid() != null) {
                return byDevid.get(dev.devid());
            }
            return dev.targetPortL0id() != null
                    ? byTargetPort.get(dev.targetPortL0id())
                    : byDevicePath.get(dev.devicePath());
        }
        return null;
    }
}

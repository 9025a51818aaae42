// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogFiles;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of the hardware, each in a file that is called by its content: {@code topology-} and the first 32 digits of its
 * SHA-256. A snapshot is written once, however many checkpoints name it.
 *
 * <pre>
 *   {"nodes:nvlist[]":[{"path":"chassis0/bay3","resource":{…},"fru":{…},"label":"Slot 03","properties":{…}},…]}
 * </pre>
 */
final class TopologyFiles {
    private static final String PREFIX = "topology-";
    private static final int DIGITS = 32;

    private final LogFiles files;
    private final Map<Topology, String> names = new WeakHashMap<>();

    TopologyFiles(LogFiles files) {
        this.files = files;
    }

    /**
     * Returns the name of the snapshot, whose file is durable then.
     *
     * @throws IOException if it cannot be written
     */
    String keep(Topology topology) throws IOException {
        String known = names.get(topology);
        if (known != null && files.names().contains(known)) {
            return known;
        }
        byte[] bytes = TypedJson.write(list(topology));
        String name = name(bytes);
        if (!files.names().contains(name)) {
            WholeFile.write(files, name, bytes);
        }
        names.put(topology, name);
        return name;
    }

    /**
     * Reads a snapshot.
     *
     * @throws IOException if it is not there, or is not what was written
     */
    Topology load(String name) throws IOException {
        if (!name.startsWith(PREFIX)) {
            throw new IOException("'" + name + "' is no snapshot of the hardware");
        }
        byte[] bytes = WholeFile.read(files, name);
        if (!name(bytes).equals(name)) {
            throw new IOException("'" + files.path(name) + "' is damaged");
        }
        try {
            Topology topology = topology(TypedJson.read(bytes));
            names.put(topology, name);
            return topology;
        } catch (JsonProblem | IllegalArgumentException e) {
            throw new IOException("'" + files.path(name) + "' is no snapshot of the hardware: " + e.getMessage(), e);
        }
    }

    /** Deletes all other snapshots; a file that cannot be deleted stays. */
    void retain(Set<String> kept) throws IOException {
        for (String name : files.names()) {
            if (name.startsWith(PREFIX) && !kept.contains(name)) {
                files.delete(name);
            }
        }
    }

    private static String name(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return PREFIX + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static NvList list(Topology topology) {
        List<NvList> nodes = new ArrayList<>();
        for (TopoNode node : topology.nodes()) {
            NvList.Builder list = NvList.builder()
                    .string("path", node.path().toString())
                    .nvlist("resource", node.resource().toNvList());
            putIfGiven(list, "asru", node.asru());
            putIfGiven(list, "fru", node.fru());
            if (node.label() != null) {
                list.string("label", node.label());
            }
            nodes.add(list.nvlist("properties", node.properties()).build());
        }
        return NvList.builder().nvlists("nodes", nodes).build();
    }

    private static void putIfGiven(NvList.Builder list, String name, @Nullable Fmri fmri) {
        if (fmri != null) {
            list.nvlist(name, fmri.toNvList());
        }
    }

    private static Topology topology(NvList list) {
        List<TopoNode> nodes = new ArrayList<>();
        for (NvList node : list.nvlists("nodes")) {
            TopoPath path = node.string("path")
                    .flatMap(TopoPath::parse)
                    .orElseThrow(() -> new IllegalArgumentException("a node without a path"));
            nodes.add(new TopoNode(
                    path,
                    fmri(node, "resource").orElseThrow(() -> new IllegalArgumentException(path + " has no resource")),
                    fmri(node, "asru").orElse(null),
                    fmri(node, "fru").orElse(null),
                    node.string("label").orElse(null),
                    node.nvlist("properties").orElse(NvList.EMPTY)));
        }
        return new Topology(nodes);
    }

    private static Optional<Fmri> fmri(NvList node, String name) {
        return node.nvlist(name).map(Fmri::of);
    }
}

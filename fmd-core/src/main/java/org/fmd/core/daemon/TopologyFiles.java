// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.WholeFile;
import org.fmd.core.topo.NodeCodec;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;

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
        topology.nodes().forEach(node -> nodes.add(NodeCodec.write(node)));
        return NvList.builder().nvlists("nodes", nodes).build();
    }

    private static Topology topology(NvList list) {
        List<TopoNode> nodes = new ArrayList<>();
        list.nvlists("nodes").forEach(node -> nodes.add(NodeCodec.read(node)));
        return new Topology(nodes);
    }
}

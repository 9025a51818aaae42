// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.topo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.WholeFile;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.QueryJson;
import org.fmd.model.json.TypedJson;
import org.jspecify.annotations.Nullable;

/**
 * The latest snapshot of the hardware in a file of its own, for who wants to see it without asking the daemon.
 *
 * @param time when it was taken
 * @param topology the hardware
 */
public record SnapshotFile(Instant time, Topology topology) {
    /** What the file is called in the state directory. */
    public static final String NAME = "hardware";

    private static final String KIND = "fmd-hardware";
    private static final long VERSION = 1;

    /**
     * Replaces the file.
     *
     * @throws IOException if that is not possible; the old one stays
     */
    public void write(LogFiles files) throws IOException {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("file", KIND);
        head.put("version", VERSION);
        head.put("time", QueryJson.time(time));
        head.put("generation", topology.generation());
        head.put("nodes", (long) topology.nodes().size());
        WholeFile.write(
                files, NAME, new Chunks(Json.writeLine(head), topology.nodes().iterator()));
    }

    /** The lines, some at a time: a large machine's are megabytes together. */
    private static final class Chunks implements Iterator<byte[]> {
        private static final int ENOUGH = 32 << 10; // bytes

        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(ENOUGH + (8 << 10));
        private final Iterator<TopoNode> nodes;

        Chunks(byte[] head, Iterator<TopoNode> nodes) {
            buffer.writeBytes(head);
            this.nodes = nodes;
        }

        @Override
        public boolean hasNext() {
            return buffer.size() > 0 || nodes.hasNext();
        }

        @Override
        public byte[] next() {
            while (nodes.hasNext() && buffer.size() < ENOUGH) {
                buffer.writeBytes(TypedJson.write(NodeCodec.write(nodes.next())));
                buffer.write('\n');
            }
            byte[] chunk = buffer.toByteArray();
            buffer.reset();
            return chunk;
        }
    }

    /**
     * Reads the file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it cannot be read or is not what {@link #write} makes; the message names it
     */
    public static SnapshotFile read(LogFiles files) throws IOException {
        byte[] bytes = WholeFile.read(files, NAME);
        int at = lineEnd(bytes, 0);
        try {
            Map<String, @Nullable Object> head = Json.parseObject(Arrays.copyOf(bytes, at));
            if (!KIND.equals(head.get("file")) || !Long.valueOf(VERSION).equals(number(head.get("version")))) {
                throw new IOException(
                        "'" + files.path(NAME) + "' is no snapshot of the hardware in version " + VERSION);
            }
            List<TopoNode> nodes = new ArrayList<>();
            while (at + 1 < bytes.length) {
                int end = lineEnd(bytes, at + 1);
                nodes.add(NodeCodec.read(TypedJson.read(Arrays.copyOfRange(bytes, at + 1, end))));
                at = end;
            }
            if (!Long.valueOf(nodes.size()).equals(number(head.get("nodes")))) {
                throw new IOException("'" + files.path(NAME) + "' is not whole");
            }
            Instant time = QueryJson.parseTime(String.valueOf(head.get("time"))).orElse(Instant.EPOCH);
            return new SnapshotFile(time, new Topology(nodes));
        } catch (JsonProblem | IllegalArgumentException e) {
            throw new IOException("'" + files.path(NAME) + "' is damaged: " + e.getMessage(), e);
        }
    }

    private static @Nullable Long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : null;
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}

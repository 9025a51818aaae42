// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.fmd.api.EngineMemory;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.WholeFile;
import org.fmd.core.manager.ManagerMemory;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the fault manager knew when it had handled a certain record of the error log: a file that is replaced as a whole.
 *
 * <pre>
 *   fmd-checkpoint 2 CRC32C-of-the-second-line
 *   {"published":"LOG-UUID:OFFSET","fault":"LOG-UUID:OFFSET","info":"LOG-UUID:OFFSET",
 *    "topology":"topology-…","manager":{…},"engines:nvlist[]":[{"name":"eft","topologies":["topology-…"],"memory":{…}}]}
 * </pre>
 *
 * <p>{@code published} is the record of the error log up to which all is handled and all that was concluded is in the logs;
 * {@code fault} and {@code info} are the last records of those logs at that time. The snapshots of the hardware stand beside it
 * ({@link TopologyFiles}) and are written before it. Where an engine has no memory only the positions are there.
 *
 * <p>A missing or damaged file costs nothing but work: every case has the same UUID when it is concluded again.
 */
final class Checkpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final String NAME = "checkpoint";
    private static final String MAGIC = "fmd-checkpoint ";
    private static final String VERSION = "2";

    /**
     * A checkpoint.
     *
     * @param published the last record of the error log that was handled
     * @param fault the last record of the fault log then, empty if there was none
     * @param info the last record of the information log then, empty if there was none
     * @param memory what the fault manager knew; empty if that could not be said, or is not to be had any more
     */
    record Saved(LogRef published, Optional<LogRef> fault, Optional<LogRef> info, Optional<ManagerMemory> memory) {}

    private final LogFiles files;
    private final String path;
    private final TopologyFiles topologies;
    private boolean failed;

    /** The file {@code checkpoint} of a folder, and what belongs to it. */
    Checkpoint(LogFiles files) {
        this.files = files;
        this.path = files.path(NAME);
        this.topologies = new TopologyFiles(files);
    }

    /** Returns the checkpoint, empty if there is none that can be read. */
    Optional<Saved> load() {
        try {
            byte[] bytes = WholeFile.read(files, NAME);
            int end = 0;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String head = new String(bytes, 0, end, StandardCharsets.UTF_8);
            byte[] content =
                    bytes.length > end + 1 ? Arrays.copyOfRange(bytes, end + 1, bytes.length - 1) : new byte[0];
            if (head.equals(head(content)) && bytes[bytes.length - 1] == '\n') {
                return saved(TypedJson.read(content));
            }
            boolean other = head.startsWith(MAGIC) && !head.startsWith(MAGIC + VERSION + " ");
            LOG.warn("'{}' is {} and is not used", path, other ? "of another version of the program" : "damaged");
        } catch (NoSuchFileException e) {
            LOG.debug("there is no '{}'", path);
        } catch (IOException | RuntimeException e) {
            LOG.warn("'{}' cannot be read and is not used: {}", path, e.toString());
        }
        return Optional.empty();
    }

    private Optional<Saved> saved(NvList content) {
        Optional<ManagerMemory> memory = Optional.empty();
        try {
            memory = memory(content);
        } catch (IOException e) {
            LOG.warn("'{}' is used for its position only: {}", path, e.getMessage());
        }
        Optional<ManagerMemory> found = memory;
        return ref(content, "published")
                .map(published -> new Saved(published, ref(content, "fault"), ref(content, "info"), found));
    }

    private static Optional<LogRef> ref(NvList content, String name) {
        return content.string(name).flatMap(LogRef::parse);
    }

    private Optional<ManagerMemory> memory(NvList content) throws IOException {
        Optional<NvList> manager = content.nvlist("manager");
        Optional<String> current = content.string("topology");
        if (manager.isEmpty() || current.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Topology> loaded = new LinkedHashMap<>();
        Map<String, EngineMemory> engines = new LinkedHashMap<>();
        for (NvList engine : content.nvlists("engines")) {
            List<Topology> machines = new ArrayList<>();
            for (String name : engine.strings("topologies")) {
                machines.add(load(name, loaded));
            }
            engines.put(
                    engine.string("name").orElse(""),
                    new EngineMemory(engine.nvlist("memory").orElse(NvList.EMPTY), machines));
        }
        return Optional.of(new ManagerMemory(manager.get(), load(current.get(), loaded), engines));
    }

    private Topology load(String name, Map<String, Topology> loaded) throws IOException {
        Topology known = loaded.get(name);
        if (known == null) {
            known = topologies.load(name);
            loaded.put(name, known);
        }
        return known;
    }

    /** Replaces the file; if that is not possible the one before stays, which is told once. Returns whether it is replaced. */
    boolean save(Saved saved) {
        try {
            Set<String> named = new HashSet<>();
            NvList.Builder content =
                    NvList.builder().string("published", saved.published().toString());
            saved.fault().ifPresent(ref -> content.string("fault", ref.toString()));
            saved.info().ifPresent(ref -> content.string("info", ref.toString()));
            if (saved.memory().isPresent()) {
                write(saved.memory().get(), content, named);
            }
            byte[] bytes = TypedJson.write(content.build());
            WholeFile.write(
                    files, NAME, (head(bytes) + "\n").getBytes(StandardCharsets.UTF_8), bytes, new byte[] {'\n'});
            topologies.retain(named);
            if (failed) {
                LOG.info("'{}' can be written again", path);
            }
            failed = false;
            return true;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("'{}' cannot be written, so the next start takes longer: {}", path, e.toString());
            }
            failed = true;
            return false;
        }
    }

    private void write(ManagerMemory memory, NvList.Builder content, Set<String> named) throws IOException {
        String current = topologies.keep(memory.topology());
        named.add(current);
        List<NvList> engines = new ArrayList<>();
        for (Map.Entry<String, EngineMemory> engine : memory.engines().entrySet()) {
            List<String> machines = new ArrayList<>();
            for (Topology machine : engine.getValue().topologies()) {
                machines.add(topologies.keep(machine));
            }
            named.addAll(machines);
            engines.add(NvList.builder()
                    .string("name", engine.getKey())
                    .strings("topologies", machines)
                    .nvlist("memory", engine.getValue().content())
                    .build());
        }
        content.string("topology", current).nvlist("manager", memory.content()).nvlists("engines", engines);
    }

    private static String head(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return MAGIC + VERSION + " " + Long.toHexString(crc.getValue());
    }
}

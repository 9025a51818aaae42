// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fmd.api.EngineMemory;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;

/**
 * How large the memory of an engine is, and how long it takes to write down, to store, to read and to take up: {@code java … [ENGINES]
 * [EVENTS]}, so many SERD engines that hold so many events each. Each is done ten times and the last one told.
 */
public final class MemoryFigures {
    private static final String RULES = """
            engine serd.x.e@disk, N=100, T=1d;
            event fault.x.f@disk, engine=serd.x.e@disk;
            event ereport.x.a@disk;
            prop fault.x.f@disk -> ereport.x.a@disk { setserdsuffix(payloadprop("lba")) };
            """;
    private static final int DISKS = 1000;

    private MemoryFigures() {}

    public static void main(String[] arguments) throws IOException, JsonProblem {
        int engines = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path rules = Files.createTempDirectory("rules");
        Files.writeString(rules.resolve("x.esc"), RULES);
        System.setProperty("fmd.rules", rules.toString());
        Topology topology = topology();
        Daemon daemon = new Daemon(topology);
        Instant now = Instant.parse("2026-03-04T11:30:00Z");
        EventClass eventClass = new EventClass("ereport.x.a");
        for (int e = 0; e < events; e++) {
            for (int i = 0; i < engines; i++) {
                now = now.plusNanos(20_123_456);
                daemon.post(new Ereport(
                        eventClass,
                        now,
                        Ena.UNKNOWN,
                        topology.nodes().get(i % DISKS).resource(),
                        NvList.builder().uint64("lba", i / DISKS).build()));
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int round = 1; round <= 10; round++) {
            long begun = System.nanoTime();
            EngineMemory memory = daemon.engine().remember().orElseThrow();
            long remembered = System.nanoTime();
            byte[] bytes = TypedJson.write(memory.content());
            long written = System.nanoTime();
            NvList read = TypedJson.read(bytes);
            long parsed = System.nanoTime();
            Optional<String> refused = new Daemon(topology)
                    .engine()
                    .recall(new EngineMemory(read, List.of(topology)), r -> Optional.empty());
            long recalled = System.nanoTime();
            if (round == 1 || round == 10) {
                out.printf(
                        "round %d: %d engines with %d events: %.1f MB; written down in %.1f ms, as JSON %.1f ms;"
                                + " read in %.1f ms, taken up in %.1f ms%s%n",
                        round,
                        engines,
                        events,
                        bytes.length / 1e6,
                        (remembered - begun) / 1e6,
                        (written - remembered) / 1e6,
                        (parsed - written) / 1e6,
                        (recalled - parsed) / 1e6,
                        refused.map(why -> " REFUSED: " + why).orElse(""));
            }
        }
        Files.delete(rules.resolve("x.esc"));
        Files.delete(rules);
    }

    private static Topology topology() {
        List<TopoNode> nodes = new ArrayList<>();
        for (int i = 0; i < DISKS; i++) {
            TopoPath path = TopoPath.of("disk", i);
            nodes.add(new TopoNode(path, path.toHc(), null, null, null, NvList.EMPTY));
        }
        return new Topology(nodes);
    }
}

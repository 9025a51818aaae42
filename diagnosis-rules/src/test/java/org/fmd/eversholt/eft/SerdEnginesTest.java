// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.ComponentTree;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SerdEnginesTest {
    private static final TopoPath DISK = TopoPath.of("disk", 0);
    private static final ComponentTree TREE = tree(4);

    private static ComponentTree tree(int... disks) {
        List<TopoNode> nodes = new ArrayList<>();
        for (int disk : disks) {
            TopoPath path = TopoPath.of("disk", disk);
            nodes.add(new TopoNode(path, path.toHc(), null, null, null, NvList.EMPTY));
        }
        return ComponentTree.of(new Topology(nodes), List.of());
    }

    private static ComponentTree tree(int disks) {
        return tree(IntStream.range(0, disks).toArray());
    }

    private static SerdEngines engines(int most) {
        SerdEngines engines = new SerdEngines(most, true);
        engines.topologyChanged(TREE);
        return engines;
    }

    private static SerdEngines.@Nullable Engine find(SerdEngines engines, int number) {
        return engines.find(DISK, TREE.at(DISK), "serd.x", number == 0 ? "" : Integer.toString(number), "");
    }

    private static SerdEngines.Engine record(
            SerdEngines engines, int number, int n, long window, long times, long now) {
        SerdEngines.Engine engine = find(engines, number);
        if (engine == null) {
            engine = engines.make(
                    engines.key(DISK, "serd.x", number == 0 ? "" : Integer.toString(number), ""),
                    TREE.at(DISK),
                    new SerdEngines.Limits(n, window),
                    now,
                    new EventKey("fault.x", DISK));
        }
        engines.record(engine, times, now, new LogRef(new UUID(0, 0), now), "fault.x", DISK);
        return engine;
    }

    /** What a map would hold, whatever engines are made, found, emptied and moved to another tree. */
    @Test
    void holdsWhatAMapByNameWouldHold() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            boolean apart = random.nextBoolean();
            SerdEngines engines = new SerdEngines(0, apart);
            Map<String, Integer> counts = new TreeMap<>();
            ComponentTree before = tree(3);
            ComponentTree now = before;
            engines.topologyChanged(now);
            for (int step = 0; step < 300; step++) {
                String where = "seed " + seed + " step " + step;
                int disk = random.nextInt(3);
                TopoPath path = TopoPath.of("disk", disk);
                int kind = random.nextInt(20);
                if (kind == 0) {
                    before = now;
                    now = random.nextBoolean() ? tree(2, 0) : tree(0, 1, 2);
                    engines.topologyChanged(now);
                    Set<String> gone = new HashSet<>();
                    for (String name : counts.keySet()) {
                        if (now.at(TopoPath.parse(name.split("[@:]")[1]).orElseThrow()) == null) {
                            gone.add(name);
                        }
                    }
                    counts.keySet().removeAll(gone);
                } else if (kind == 1) {
                    engines.resetAt(path);
                    counts.keySet().removeIf(name -> name.matches(".*@" + path + "(:.*)?"));
                } else if (kind == 2) {
                    String problem = "fault." + random.nextInt(3);
                    engines.resetFedBy(new EventKey(problem, path));
                    counts.keySet()
                            .removeIf(name -> name.startsWith("serd" + problem.charAt(6)) && name.contains("@" + path));
                } else {
                    // An exercise may have begun when the hardware was another.
                    ComponentTree begun = random.nextInt(4) == 0 ? before : now;
                    Component at = begun.at(path);
                    if (at == null) {
                        continue;
                    }
                    int fault = random.nextInt(3);
                    String engineClass = "serd" + fault;
                    String suffix = random.nextInt(3) == 0 ? Integer.toString(random.nextInt(2)) : "";
                    String id = random.nextInt(4) == 0 ? "g" : "";
                    Component keeper = engines.keeper(at, begun);
                    SerdEngines.Key key = engines.key(path, engineClass, suffix, id);
                    SerdEngines.Engine engine = engines.find(path, keeper, engineClass, suffix, id);
                    assertEquals(counts.getOrDefault(key.toString(), 0), engine == null ? 0 : engine.count(), where);
                    EventKey problem = new EventKey("fault." + fault, path);
                    if (engine == null) {
                        engine = engines.make(key, keeper, new SerdEngines.Limits(3, 1 << 20), step, problem);
                    }
                    assertEquals(key, engine.key(), where);
                    engines.record(
                            engine, 1, step, new LogRef(new UUID(0, 0), step), problem.eventClass(), problem.path());
                    counts.merge(key.toString(), 1, Integer::sum);
                    if (engine.fired()) {
                        assertEquals(4, counts.remove(key.toString()), where);
                    }
                }
                for (Map.Entry<String, Integer> held : counts.entrySet()) {
                    assertEquals(held.getValue(), engines.counted(held.getKey()), where + " " + held.getKey());
                }
            }
        }
    }

    @Test
    void firesWhenMoreThanNEventsLieWithinT() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            SerdEngines engines = engines(0);
            int n = random.nextInt(40);
            long window = random.nextInt(60);
            List<Long> all = new ArrayList<>();
            long now = 1000;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(4) - (random.nextInt(10) == 0 ? 3 : 0);
                int times = random.nextInt(8) == 0 ? random.nextInt(4) : 1;
                boolean fires = false;
                for (int t = 0; t < times && !fires; t++) {
                    all.add(now);
                    fires = all.size() > n && now - all.get(all.size() - 1 - n) <= window;
                }
                SerdEngines.Engine engine = record(engines, 0, n, window, times, now);
                String where = "seed " + seed + " event " + i;
                assertEquals(fires, engine.fired(), where);
                if (fires) {
                    assertEquals(
                            new LinkedHashSet<>(all.subList(all.size() - 1 - n, all.size())),
                            new LinkedHashSet<>(
                                    engine.held().stream().map(LogRef::offset).toList()),
                            where);
                    all.clear();
                    assertNull(find(engines, 0), where);
                }
            }
        }
    }

    @Test
    void forgetsTheEnginesWithTheOldestEventsWhenThereAreTooMany() {
        SerdEngines engines = engines(32);
        for (int i = 0; i < 32; i++) {
            record(engines, i, 5, 1000, 1, i);
        }
        record(engines, 0, 5, 1000, 1, 40);
        assertEquals(0, engines.dropped());
        record(engines, 32, 5, 1000, 1, 41);
        assertEquals(2, engines.dropped());
        assertNotNull(find(engines, 0), "its last event is young");
        assertNull(find(engines, 1));
        assertNull(find(engines, 2));
        assertNotNull(find(engines, 3));
    }

    @Test
    void forgetsWhatCanNeverFireBeforeAnythingElse() {
        SerdEngines engines = engines(32);
        for (int i = 0; i < 32; i++) {
            record(engines, i, 5, i == 20 ? 10 : 1000, 1, i);
        }
        record(engines, 32, 5, 1000, 1, 100);
        assertEquals(0, engines.dropped());
        assertNull(find(engines, 20));
        assertNotNull(find(engines, 0));
    }
}

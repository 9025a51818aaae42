// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.model.event.LogRef;
import org.junit.jupiter.api.Test;

class SerdEnginesTest {
    private static final TopoPath DISK = TopoPath.of("disk", 0);

    private static SerdEngines.Key key(int number) {
        return new SerdEngines.Key("serd.x", Integer.toString(number), DISK, "");
    }

    private static SerdEngines.Engine record(
            SerdEngines engines, SerdEngines.Key key, int n, long window, long times, long now) {
        SerdEngines.Engine engine = engines.find(key);
        if (engine == null) {
            engine = engines.make(key, new SerdEngines.Limits(n, window), now, new EventKey("fault.x", DISK));
        }
        engines.record(engine, times, now, new LogRef(new UUID(0, 0), now), "fault.x", DISK);
        return engine;
    }

    @Test
    void firesWhenMoreThanNEventsLieWithinT() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            SerdEngines engines = new SerdEngines(0);
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
                SerdEngines.Engine engine = record(engines, key(0), n, window, times, now);
                String where = "seed " + seed + " event " + i;
                assertEquals(fires, engine.fired(), where);
                if (fires) {
                    assertEquals(
                            new LinkedHashSet<>(all.subList(all.size() - 1 - n, all.size())),
                            new LinkedHashSet<>(
                                    engine.held().stream().map(LogRef::offset).toList()),
                            where);
                    all.clear();
                    assertNull(engines.find(key(0)), where);
                }
            }
        }
    }

    @Test
    void forgetsTheEnginesWithTheOldestEventsWhenThereAreTooMany() {
        SerdEngines engines = new SerdEngines(32);
        for (int i = 0; i < 32; i++) {
            record(engines, key(i), 5, 1000, 1, i);
        }
        record(engines, key(0), 5, 1000, 1, 40);
        assertEquals(0, engines.dropped());
        record(engines, key(32), 5, 1000, 1, 41);
        assertEquals(2, engines.dropped());
        assertNotNull(engines.find(key(0)), "its last event is young");
        assertNull(engines.find(key(1)));
        assertNull(engines.find(key(2)));
        assertNotNull(engines.find(key(3)));
    }

    @Test
    void forgetsWhatCanNeverFireBeforeAnythingElse() {
        SerdEngines engines = new SerdEngines(32);
        for (int i = 0; i < 32; i++) {
            record(engines, key(i), 5, i == 20 ? 10 : 1000, 1, i);
        }
        record(engines, key(32), 5, 1000, 1, 100);
        assertEquals(0, engines.dropped());
        assertNull(engines.find(key(20)));
        assertNotNull(engines.find(key(0)));
    }
}

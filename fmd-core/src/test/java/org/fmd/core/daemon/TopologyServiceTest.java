// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.fmd.api.ModuleContext;
import org.fmd.api.ModuleInfo;
import org.fmd.api.Settings;
import org.fmd.api.TopologySource;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

@Timeout(60)
class TopologyServiceTest {

    /** A machine with one disk that has a serial number and a state. */
    private static final class Machine implements TopologySource {
        final AtomicInteger snapshots = new AtomicInteger();
        volatile String serial = "A";
        volatile String state = "running";

        @Override
        public ModuleInfo info() {
            return new ModuleInfo("machine", "1.0", "one disk", List.of());
        }

        @Override
        public Topology snapshot(ModuleContext context) {
            snapshots.incrementAndGet();
            TopoPath path = TopoPath.of("disk", 0);
            NvList about = NvList.builder().strings("states", List.of(state)).build();
            return new Topology(
                    List.of(new TopoNode(path, path.toHc().withPart(serial, "", ""), null, null, null, about)));
        }
    }

    private static final class Nowhere implements ModuleContext {
        @Override
        public Settings settings() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Logger log() {
            return NOPLogger.NOP_LOGGER;
        }

        @Override
        public Path root() {
            return Path.of("/");
        }

        @Override
        public Topology topology() {
            return Topology.EMPTY;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public void count(String statistic, long delta) {}
    }

    private final Machine machine = new Machine();
    private final List<Topology> changed = new ArrayList<>();
    private final LinkedBlockingQueue<Topology> recorded = new LinkedBlockingQueue<>();
    private final TopologyService service = new TopologyService(changed::add, recorded::add);

    private void add() {
        ModuleSettings settings = ModuleSettings.of(List.of(), Map.of(), new Problems());
        service.add(new ModuleState(machine, settings), new Nowhere());
    }

    @Test
    void onlyOtherHardwareIsToldAndTheLatestStateIsHeld() {
        add();
        service.refresh();
        assertEquals(1, changed.size());
        service.refresh();
        assertEquals(1, changed.size(), "nothing changed");
        machine.state = "offline";
        Topology offline = service.refresh();
        assertEquals(1, changed.size(), "a state is no other hardware");
        assertSame(offline, service.latest());
        machine.serial = "B";
        service.refresh();
        assertEquals(2, changed.size());
    }

    @Test
    void manyRequestsCostOneSnapshotAndOneRecord() throws InterruptedException, IOException {
        add();
        Thread thread = new Thread(service, "topology");
        thread.start();
        assertTrue(recorded.take().nodes().isEmpty(), "what is known at the start");
        for (int i = 0; i < 1_000; i++) {
            service.stale("uevent " + i);
        }
        assertEquals(1, recorded.take().nodes().size());
        service.stop();
        thread.join();
        assertTrue(machine.snapshots.get() <= 2, machine.snapshots + " snapshots");
        assertTrue(recorded.isEmpty());
    }

    @Test
    void whoAsksForAFreshOneGetsItWhenItIsRecorded() throws Exception {
        add();
        Thread thread = new Thread(service, "topology");
        thread.start();
        Topology fresh = service.fresh().get();
        assertEquals(1, fresh.nodes().size());
        assertTrue(recorded.contains(fresh));
        service.stop();
        thread.join();
        assertSame(fresh, service.fresh().get(), "after the stop the last one is the answer");
    }
}

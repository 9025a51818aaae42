// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventCodec;
import org.fmd.model.json.TypedJson;
import org.fmd.model.registry.Conformance;
import org.fmd.model.registry.EventRegistry;
import org.junit.jupiter.api.Test;

class EreportStreamTest {
    private static final Workload SMALL = Workload.DEFAULT.sized(500, 20_000);

    private static List<Ereport> all(Workload workload) {
        List<Ereport> all = new ArrayList<>();
        workload.stream().forEachRemaining(all::add);
        return all;
    }

    private static long count(List<Ereport> ereports, Predicate<Ereport> which) {
        return ereports.stream().filter(which).count();
    }

    private static Workload with(
            double fatal, double bad, int expander, int hba, int floods, int trickles, double rate) {
        return new Workload(
                500, 3, 20_000, fatal, bad, expander, hba, floods, trickles, rate, 7, Workload.DEFAULT.start());
    }

    /** The sum is that of the first version: whoever changes what a seed gives changes what was measured with it. */
    @Test
    void aSeedGivesTheSameEreportsForEver() {
        CRC32 sum = new CRC32();
        for (Ereport ereport : all(SMALL)) {
            sum.update(TypedJson.write(ereport));
        }
        SMALL.fleet().walk(node -> sum.update(Fleet.plain(node).toString().getBytes(StandardCharsets.UTF_8)));
        assertEquals("ba85e8d1", Long.toHexString(sum.getValue()));
    }

    @Test
    void anotherSeedGivesOthers() {
        Workload other = new Workload(500, 1, 20_000, 0.01, 0.02, 2, 1, 2, 5, 5, 2, SMALL.start());
        assertNotEquals(all(SMALL), all(other));
    }

    @Test
    void everyEreportIsOneThatTheRegistryKnows() {
        EventRegistry registry = EventRegistry.shipped();
        Set<String> classes = new HashSet<>();
        for (Ereport ereport : all(SMALL.sized(500, 4_000))) {
            classes.add(ereport.eventClass().name());
            assertEquals(List.of(), Conformance.problems(registry, EventCodec.toNvList(ereport)), ereport::toString);
        }
        assertEquals(6, classes.size(), classes::toString);
    }

    @Test
    void everyDetectorIsADiskOfTheTopology() {
        Workload workload = with(0.01, 0.05, 2, 2, 2, 3, 10);
        Topology topology = workload.fleet().topology();
        Set<String> devids = new HashSet<>();
        for (TopoNode node : topology.nodes()) {
            node.properties().string("devid").ifPresent(devids::add);
        }
        assertEquals(500, devids.size());
        assertEquals(3, topology.roots().size());
        for (Ereport ereport : all(workload)) {
            TopoNode node = topology.find(ereport.detector());
            assertNotNull(node, ereport::toString);
            assertEquals(node.properties().string("devid"), ereport.payload().string("devid"));
        }
    }

    @Test
    void timesNeverGoBackAndKeepTheRate() {
        for (double rate : new double[] {0.5, 20, 1000}) {
            Instant last = Instant.MIN;
            List<Ereport> all = all(with(0.01, 0.02, 0, 0, 0, 0, rate));
            for (Ereport ereport : all) {
                assertFalse(ereport.tod().isBefore(last), ereport::toString);
                last = ereport.tod();
            }
            double seconds = (last.toEpochMilli() - SMALL.start().toEpochMilli()) / 1000.0;
            assertEquals(rate, all.size() / seconds, rate * 0.05);
        }
        Instant last = Instant.MIN;
        for (Ereport ereport : all(with(0.01, 0.02, 5, 5, 5, 50, 20))) {
            assertFalse(ereport.tod().isBefore(last), ereport::toString);
            last = ereport.tod();
        }
    }

    @Test
    void theShareOfFatalOnesIsKept() {
        for (double share : new double[] {0, 0.01, 0.2, 1}) {
            long fatal = count(all(with(share, 0.02, 0, 0, 0, 0, 5)), e -> "fatal".equals(e.driverAssessment()));
            assertEquals(share * 20_000, (double) fatal, 200);
        }
    }

    @Test
    void fewDisksSayMostOfIt() {
        Map<String, Integer> byDisk = new HashMap<>();
        for (Ereport ereport : all(with(0.01, 0.02, 0, 0, 0, 0, 5))) {
            byDisk.merge(ereport.payload().string("devid").orElse(""), 1, Integer::sum);
        }
        int ten = byDisk.values().stream()
                .sorted((a, b) -> b - a)
                .limit(10)
                .mapToInt(n -> n)
                .sum();
        assertTrue(ten > 15_000 && ten < 17_000, "the ten worst disks of 500 say " + ten + " of 20000");
        assertTrue(byDisk.size() > 480, "and nearly all say something: " + byDisk.size());
    }

    @Test
    void eachKindOfStormIsThereAsOftenAsAsked() {
        Predicate<Ereport> reset = e -> e.payload().number("pkt-reason").orElse(0) == 4;
        Predicate<Ereport> luns = e -> e.payload().number("asc").orElse(0) == 0x3f;
        Predicate<Ereport> lost = e -> e.payload().number("pkt-reason").orElse(0) == 3;
        List<Ereport> calm = all(with(0.01, 0.02, 0, 0, 0, 0, 5));
        assertEquals(0, count(calm, reset) + count(calm, luns) + count(calm, lost));
        // The enclosures of a host of 167 disks have 60, 60 and 47, its one adapter all, twice each.
        assertTrue(count(all(with(0.01, 0.02, 4, 0, 0, 0, 5)), lost) >= 4 * 2 * 46);
        assertTrue(count(all(with(0.01, 0.02, 0, 3, 0, 0, 5)), reset) >= 3 * 2 * 166);
        assertTrue(count(all(with(0.01, 0.02, 0, 0, 6, 0, 5)), luns) >= 6 * 3 * 46);
        List<Ereport> many = all(with(0.01, 0.02, 2, 1, 3, 0, 5));
        assertTrue(count(many, lost) >= 2 * 2 * 46 && count(many, reset) >= 2 * 166 && count(many, luns) >= 3 * 3 * 46);
    }

    @Test
    void aTrickleIsAboutOneAnHour() {
        List<Ereport> all = all(with(0, 0, 0, 0, 0, 20, 0.01));
        double hours = (all.get(19_999).tod().toEpochMilli() - SMALL.start().toEpochMilli()) / 3_600_000.0;
        // 36 ereports an hour of the rate, and 20 of the trickles
        assertEquals(56, 20_000 / hours, 3);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertEquals(
                "hosts is 501; it must be from 1 to 500",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Workload(500, 501, 1, 0, 0, 0, 0, 0, 0, 1, 1, SMALL.start()))
                        .getMessage());
        assertEquals(
                "fatal is 1.5; it must be from 0 to 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Workload(500, 5, 1, 1.5, 0, 0, 0, 0, 0, 1, 1, SMALL.start()))
                        .getMessage());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.Interrupted;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.eft.RunInput;
import org.junit.jupiter.api.Test;

/**
 * A run that is interrupted, and goes on with an engine that knows what was remembered, ends as one that is not: whatever the
 * rules, the machine and the ereports, and with hardware that comes and goes. {@code -Dfmd.model.cases} and {@code
 * -Dfmd.model.seed} say how many cases and from which seed on, as for {@link ModelTest}.
 */
class MemoryModelTest {
    private static final int CASES = Integer.getInteger("fmd.model.cases", 500);
    private static final long SEED = Long.getLong("fmd.model.seed", 1);

    @Test
    void anInterruptedRunEndsAsOneThatIsNot() {
        Map<String, Integer> kinds = new TreeMap<>();
        int changed = 0;
        int older = 0;
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            RandomCase one = RandomCase.of(seed);
            Program program = ModelTest.compile(one);
            assertNotNull(program, () -> "seed " + one.seed() + " does not compile");
            Topology topology = RunFiles.topology(one.topology());
            List<RunInput> inputs = RunFiles.inputs(one.inputs());
            Map<Integer, Topology> changes = seed % 3 == 0 ? changes(seed, topology, inputs.size()) : Map.of();
            changed += changes.size();
            Interrupted run = new Interrupted(program, topology, inputs, one.settings(), changes);
            List<Map<String, Object>> whole;
            try {
                whole = run.whole();
            } catch (RuntimeException | StackOverflowError thrown) {
                throw new AssertionError("seed " + one.seed(), thrown);
            }
            try {
                assertEquals(whole, run.outcomes(n -> true), "behind every input");
                for (int i = 0; i < inputs.size(); i++) {
                    int at = i;
                    assertEquals(whole, run.outcomes(n -> n == at), "behind input " + i);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        e.getMessage() + "\nchanges before " + changes.keySet() + "\n" + ModelTest.report(one), e);
            }
            ModelTest.count(whole, kinds);
            older += run.olderMachines();
        }
        if (System.getProperty("fmd.model.cases") != null) {
            System.out.println(CASES + " interrupted cases from seed " + SEED + ": " + kinds + ", " + changed
                    + " changes of the hardware, remembered across " + older);
        }
        assertTrue(CASES < 500 || (kinds.containsKey("solved") && kinds.containsKey("engine-fired")), kinds::toString);
        assertTrue(CASES < 500 || older > 0, "nothing began on a machine that changed");
    }

    /** Nodes go and come back, some with other properties. */
    private static Map<Integer, Topology> changes(long seed, Topology topology, int inputs) {
        Random random = new Random(seed * 31 + 7);
        Map<Integer, Topology> changes = new HashMap<>();
        for (int at = 1; at < inputs; at++) {
            if (random.nextInt(4) == 0) {
                List<TopoNode> nodes = new ArrayList<>();
                for (TopoNode node : topology.nodes()) {
                    boolean held = node.path().parent() == null
                            || nodes.stream()
                                    .anyMatch(n -> n.path().equals(node.path().parent()));
                    if (held && random.nextInt(5) > 0) {
                        nodes.add(
                                random.nextInt(6) > 0
                                        ? node
                                        : new TopoNode(
                                                node.path(),
                                                node.resource(),
                                                node.asru(),
                                                node.fru(),
                                                node.label(),
                                                node.properties().toBuilder()
                                                        .string("model", "x" + at)
                                                        .build()));
                    }
                }
                changes.put(at, new Topology(nodes));
            }
        }
        return changes;
    }
}

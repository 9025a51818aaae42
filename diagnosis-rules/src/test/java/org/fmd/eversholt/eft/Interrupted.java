// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.fmd.api.EngineMemory;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;

/** A run whose engine is replaced, again and again, by one that knows no more than what the one before wrote down as bytes. */
public final class Interrupted {
    private final Program program;
    private final Topology topology;
    private final List<? extends RunInput> inputs;
    private final Settings settings;
    private final Map<Integer, Topology> changes;
    private int olderMachines;

    /** @param changes the hardware from the time of the input of that number on */
    public Interrupted(
            Program program,
            Topology topology,
            List<? extends RunInput> inputs,
            Settings settings,
            Map<Integer, Topology> changes) {
        this.program = program;
        this.topology = topology;
        this.inputs = inputs;
        this.settings = settings;
        this.changes = changes;
    }

    /** All outcomes of a run that goes through. */
    public List<Map<String, Object>> whole() {
        return outcomes(at -> false);
    }

    /** All outcomes of a run that is interrupted behind these inputs, and once more halfway to the next. */
    public List<Map<String, Object>> outcomes(IntPredicate behind) {
        DiagnosisRun run = new DiagnosisRun(program, topology, settings);
        for (int i = 0; i < inputs.size(); i++) {
            Topology changed = changes.get(i);
            if (changed != null) {
                run.advanceTo(inputs.get(i).nanos());
                run.topologyChanged(changed);
            }
            run.input(inputs.get(i), i);
            if (behind.test(i)) {
                restart(run);
                long next = i + 1 < inputs.size()
                        ? inputs.get(i + 1).nanos()
                        : inputs.get(i).nanos() + 20_000_000_000L;
                long halfway = inputs.get(i).nanos() + (next - inputs.get(i).nanos()) / 2;
                if (next > inputs.get(i).nanos() && i + 1 < inputs.size()) {
                    run.advanceTo(halfway);
                    restart(run);
                }
            }
        }
        run.finish();
        return List.copyOf(run.outcomes());
    }

    /** How often something was remembered that had begun on a machine that was another one meanwhile. */
    public int olderMachines() {
        return olderMachines;
    }

    private void restart(DiagnosisRun run) {
        byte[] stored = TypedJson.write(run.remember().content());
        try {
            List<Topology> machines = new ArrayList<>();
            run.remember().topologies().forEach(machine -> machines.add(new Topology(machine.nodes())));
            olderMachines += machines.size() - 1;
            run.restart(new EngineMemory(TypedJson.read(stored), machines), inputs);
        } catch (JsonProblem | MemoryProblem e) {
            throw new AssertionError(new String(stored, StandardCharsets.UTF_8), e);
        }
        assertEquals(
                new String(stored, StandardCharsets.UTF_8),
                new String(TypedJson.write(run.remember().content()), StandardCharsets.UTF_8),
                "what is remembered is all that there is");
    }
}

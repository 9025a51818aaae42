// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.Result;
import org.fmd.api.AgentOutcome.SuspectOutcome;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.core.cases.Case;
import org.fmd.core.manager.Input.OperatorSays;
import org.fmd.core.manager.Input.Verb;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

/** A fault manager that goes on from what another one remembered, and from the logs, is the other one. */
class InterruptedManagerTest {
    private static final String[] PLACES = {"hc:///bay=0/disk=0", "hc:///bay=1/disk=0", "hc:///hba=0"};

    private final CountingEngine engine = new CountingEngine();
    private final FaultManager manager = new FaultManager(MessageCatalog.empty(), Duration.ofDays(30));
    private final Random random = new Random();
    private final List<Input> inputs = new ArrayList<>();
    private final Map<LogRef, Ereport> errlog = new LinkedHashMap<>();
    /** What each input made to be logged. */
    private final List<List<Event>> logged = new ArrayList<>();

    private Topology hardware = hardware("A");
    private Instant now = Instant.parse("2026-03-04T11:30:00Z");

    private static InterruptedManagerTest run(long seed) {
        InterruptedManagerTest run = new InterruptedManagerTest();
        run.random.setSeed(seed);
        run.manager.addEngine(run.engine);
        run.manager.begin(run.hardware);
        return run;
    }

    private static Topology hardware(String serial) {
        List<TopoNode> nodes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            TopoPath bay = TopoPath.of("bay", i);
            nodes.add(new TopoNode(bay, bay.toHc(), null, bay.toHc(), "Slot " + i, NvList.EMPTY));
            TopoPath disk = bay.child("disk", 0);
            HcFmri name = i == 0 ? disk.toHc().withPart(serial, "MODEL", "FW1") : disk.toHc();
            nodes.add(new TopoNode(disk, name, null, name, null, NvList.EMPTY));
        }
        return new Topology(nodes);
    }

    private void step() {
        now = now.plusMillis(1 + random.nextInt(random.nextInt(4) == 0 ? 20_000 : 1000));
        Input input = switch (random.nextInt(12)) {
            case 0 -> new OperatorSays(now, Verb.REPAIRED, PLACES[random.nextInt(3)], Optional.empty());
            case 1 -> new OperatorSays(now, Verb.ACQUIT, PLACES[random.nextInt(3)], Optional.empty());
            case 2 -> new Input.TimePassed(now);
            case 3 -> {
                hardware = hardware(random.nextBoolean() ? "A" : "B");
                yield new Input.TopologyTaken(now, hardware);
            }
            case 4, 5 -> answer();
            default -> ereport();
        };
        inputs.add(input);
        logged.add(logged(manager.handle(input)));
    }

    private Input ereport() {
        NvList payload = NvList.builder()
                .string("where", PLACES[random.nextInt(3)])
                .uint64("wait", random.nextInt(3) == 0 ? 1 + random.nextInt(10) : 0)
                .build();
        LogRef ref = new LogRef(new UUID(1, 1), errlog.size());
        Ereport ereport = new Ereport(new EventClass("ereport.test"), now, Ena.UNKNOWN, null, payload);
        errlog.put(ref, ereport);
        return new Input.EreportAccepted(now, ref, ereport);
    }

    private Input answer() {
        List<Case> cases = manager.cases();
        if (cases.isEmpty()) {
            return new Input.TimePassed(now);
        }
        Case some = cases.get(random.nextInt(cases.size()));
        Effect effect = some.state().isActive() ? Effect.ISOLATED : Effect.RESTORED;
        AgentOutcome outcome = new AgentOutcome(
                Result.DONE, "done", List.of(new SuspectOutcome(0, Result.DONE, effect, "did it", "because")));
        return new Input.AgentAnswered(now, "retire", "1.0", some.uuid(), some.step(), ListKind.SUSPECT, outcome);
    }

    private static List<Event> logged(List<Output> outputs) {
        List<Event> events = new ArrayList<>();
        for (Output output : outputs) {
            if (output instanceof Output.LogFault fault) {
                events.add(fault.event());
            } else if (output instanceof Output.LogInfo info) {
                events.add(info.event());
            }
        }
        return events;
    }

    private static String state(FaultManager manager, CountingEngine engine) {
        StringBuilder text = new StringBuilder(engine.state());
        text.append(' ').append(manager.unsolved()).append(' ').append(manager.nextWakeup());
        for (Case value : manager.cases()) {
            text.append("\n  ").append(value.uuid()).append(' ').append(value.state());
            text.append(' ')
                    .append(value.statuses())
                    .append(' ')
                    .append(value.last().kind());
            text.append(' ').append(value.last().tod()).append(' ').append(value.step());
            text.append(' ').append(value.changed()).append(' ').append(value.outcomes());
            text.append(' ').append(value.duplicates()).append(' ').append(value.lastSeen());
        }
        return text.toString();
    }

    /** A snapshot at some input, a crash at a later one, with or without what that last one made to be logged. */
    @Test
    void whateverHappensARestartChangesNothing() {
        int diagnosed = 0;
        for (long seed = 0; seed < 400; seed++) {
            InterruptedManagerTest run = run(seed);
            int steps = 30;
            int snapshotAt = run.random.nextInt(steps);
            Optional<ManagerMemory> memory = Optional.empty();
            Instant snapshotTime = run.now;
            Topology then = run.hardware;
            for (int i = 0; i < steps; i++) {
                if (i == snapshotAt) {
                    memory = run.manager.remember();
                    snapshotTime = run.now;
                    then = run.hardware;
                }
                run.step();
            }
            boolean whole = run.random.nextInt(5) == 0;
            boolean moved = run.hardware != then
                    || (whole && run.inputs.stream().anyMatch(Input.TopologyTaken.class::isInstance));
            // What is concluded for the first time is concluded on the hardware of the checkpoint.
            boolean lost = run.random.nextInt(3) == 0
                    && !moved
                    && run.inputs.get(steps - 1) instanceof Input.EreportAccepted
                    && !run.logged.get(steps - 1).isEmpty();
            FaultManager again = new FaultManager(MessageCatalog.empty(), Duration.ofDays(30));
            CountingEngine other = new CountingEngine();
            again.addEngine(other);
            for (int i = 0; i < steps - (lost ? 1 : 0); i++) {
                run.logged.get(i).forEach(i < snapshotAt && !whole ? again::restore : again::expect);
            }
            if (whole) {
                again.begin(run.hardware);
            } else {
                assertEquals(
                        Optional.empty(),
                        again.recall(memory.orElseThrow(), ref -> Optional.ofNullable(run.errlog.get(ref))));
                assertEquals(then, memory.orElseThrow().topology());
            }
            List<Event> invented = new ArrayList<>();
            for (Input input : run.inputs.subList(whole ? 0 : snapshotAt, steps)) {
                if (input instanceof Input.EreportAccepted) {
                    invented.addAll(logged(again.handle(input)));
                }
            }
            invented.addAll(logged(again.caughtUp()));
            invented.addAll(logged(again.handle(new Input.TopologyTaken(run.now, run.hardware))));
            String about = "seed " + seed + (whole ? ", from the beginning" : ", snapshot before input " + snapshotAt)
                    + " at " + snapshotTime + (lost ? ", the last conclusions lost" : "");
            assertEquals(lost ? run.logged.get(steps - 1) : List.of(), invented, about);
            assertEquals(state(run.manager, run.engine), state(again, other), about);
            diagnosed += run.manager.cases().size();
        }
        assertTrue(diagnosed > 400, "so many cases: " + diagnosed);
    }

    @Test
    void aMemoryOfOtherModulesIsRefused() {
        InterruptedManagerTest run = run(1);
        FaultManager again = new FaultManager(MessageCatalog.empty(), Duration.ofDays(30));
        assertEquals(
                Optional.of("it is that of [counting], and there is []"),
                again.recall(run.manager.remember().orElseThrow(), ref -> Optional.empty()));
    }
}

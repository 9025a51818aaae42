// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.Result;
import org.fmd.api.AgentOutcome.SuspectOutcome;
import org.fmd.api.EngineInput;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.core.cases.Case;
import org.fmd.core.cases.CaseState;
import org.fmd.core.manager.Input.Verb;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.EventCodec;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.registry.Conformance;
import org.fmd.model.registry.EventRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultManagerTest {
    private static final Instant START = Instant.parse("2026-03-04T11:30:00Z");
    private static final String DISK = "hc:///ses-enclosure=0/bay=7/disk=0";
    private static final String OTHER = "hc:///ses-enclosure=0/bay=8/disk=0";

    private final ScriptedEngine engine = new ScriptedEngine();
    private final FaultManager manager = manager(engine);
    private final List<Event> logged = new ArrayList<>();
    private final List<Event> published = new ArrayList<>();
    private final List<ListKind> told = new ArrayList<>();
    private long offset;
    private Instant now = START;

    private static FaultManager manager(ScriptedEngine engine) {
        FaultManager manager = new FaultManager(MessageCatalog.empty(), Duration.ofDays(30));
        manager.addEngine(engine);
        return manager;
    }

    /** Suspects have classes of their own here; everything else is held to the event registry. */
    @AfterEach
    void whatWasLoggedAndToldIsRegistered() {
        for (Event event : published) {
            assertEquals(
                    List.of(),
                    Conformance.problems(EventRegistry.shipped(), EventCodec.toNvList(event)).stream()
                            .filter(problem ->
                                    !problem.startsWith("class 'fault.") && !problem.startsWith("class 'defect."))
                            .toList());
        }
    }

    private List<Output> handle(Input input) {
        int before = logged.size();
        List<Output> outputs = manager.handle(input);
        for (Output output : outputs) {
            if (output instanceof Output.LogFault fault) {
                logged.add(fault.event());
            } else if (output instanceof Output.LogInfo info) {
                logged.add(info.event());
            } else if (output instanceof Output.TellAgents tell) {
                told.add(tell.event().kind());
                published.add(tell.event());
            }
        }
        published.addAll(logged.subList(before, logged.size()));
        return outputs;
    }

    private Ereport ereport(NvList payload) {
        return new Ereport(new EventClass("ereport.test"), now, Ena.UNKNOWN, null, payload);
    }

    private static NvList concluding(String... suspects) {
        return NvList.builder().strings("suspects", List.of(suspects)).build();
    }

    private List<Output> receive(NvList payload) {
        now = now.plusSeconds(1);
        return handle(new Input.EreportAccepted(now, new LogRef(new UUID(1, 1), offset++), ereport(payload)));
    }

    private UUID diagnose(String... suspects) {
        receive(concluding(suspects));
        return logged.get(logged.size() - 1) instanceof ListEvent list ? list.uuid() : new UUID(0, 0);
    }

    private List<Output> say(Verb verb, String target) {
        now = now.plusSeconds(60);
        return handle(new Input.OperatorSays(now, verb, target, Optional.empty()));
    }

    private void answer(UUID uuid, int step, Effect effect, int... indices) {
        now = now.plusSeconds(1);
        List<SuspectOutcome> suspects = new ArrayList<>();
        for (int index : indices) {
            suspects.add(new SuspectOutcome(index, Result.DONE, effect, "did it", "because"));
        }
        handle(new Input.AgentAnswered(
                now, "retire", "1.0", uuid, step, ListKind.SUSPECT, new AgentOutcome(Result.DONE, "done", suspects)));
    }

    private Case only() {
        assertEquals(1, manager.cases().size());
        return manager.cases().iterator().next();
    }

    private List<Object> steps() {
        List<Object> steps = new ArrayList<>();
        for (Event event : logged) {
            steps.add(
                    event instanceof ListEvent list
                            ? list.kind()
                            : event.eventClass().name());
        }
        return steps;
    }

    @Test
    void aDiagnosisIsLoggedBeforeAgentsAreTold() {
        List<Output> outputs = receive(concluding("fault.disk@" + DISK));
        assertEquals(2, outputs.size());
        ListEvent event =
                assertInstanceOf(Output.LogFault.class, outputs.get(0)).event();
        assertEquals(
                event, assertInstanceOf(Output.TellAgents.class, outputs.get(1)).event());
        assertEquals(ListKind.SUSPECT, event.kind());
        assertEquals(List.of(SuspectStatus.FAULTY), event.statuses());
        assertEquals(List.of(new LogRef(new UUID(1, 1), 0)), event.ereports());
        assertEquals(CaseState.SOLVED, only().state());
    }

    @Test
    void theSameTroubleAgainIsTheSameCase() {
        diagnose("fault.disk@" + DISK);
        diagnose("fault.disk@" + DISK);
        diagnose("fault.disk@" + OTHER);
        assertEquals(List.of(ListKind.SUSPECT, "ireport.fm.case.duplicate", ListKind.SUSPECT), steps());
        Case first = manager.cases().iterator().next();
        assertEquals(1, first.duplicates());
        assertEquals(START.plusSeconds(2), first.lastSeen());
    }

    @Test
    void aRepairedCaseIsResolvedAtOnceIfNothingIsOutOfService() {
        diagnose("fault.disk@" + DISK);
        List<Output> outputs = say(Verb.REPAIRED, DISK);
        assertEquals(List.of(ListKind.SUSPECT, ListKind.REPAIRED, ListKind.RESOLVED), steps());
        assertTrue(outputs.contains(new Output.Recorded("recorded repair of " + DISK)));
        assertEquals(CaseState.RESOLVED, only().state());
        assertEquals(List.of(SuspectStatus.of(Bit.REPAIRED)), only().statuses());
        assertEquals(
                1,
                engine.seen.stream()
                        .filter(i -> i instanceof EngineInput.Repaired)
                        .count());
        ListEvent repaired = assertInstanceOf(ListEvent.class, logged.get(1));
        assertEquals("FMD-8000-4M", repaired.code());
        assertEquals(
                "FMD-8000-6U", assertInstanceOf(ListEvent.class, logged.get(2)).code());
    }

    @Test
    void aRepairedCaseWaitsUntilAllIsBackInService() {
        UUID uuid = diagnose("fault.disk@" + DISK);
        answer(uuid, 1, Effect.ISOLATED, 0);
        assertEquals(CaseState.CLOSED, only().state());
        assertEquals(ListKind.ISOLATED, told.get(told.size() - 1), "isolation is told");
        assertFalse(steps().contains(ListKind.ISOLATED), "and not logged");
        say(Verb.REPAIRED, DISK);
        assertEquals(CaseState.REPAIRED, only().state());
        answer(uuid, 2, Effect.RESTORED, 0);
        assertEquals(CaseState.RESOLVED, only().state());
        assertEquals(
                List.of(
                        ListKind.SUSPECT,
                        "ireport.fm.agent.outcome",
                        ListKind.REPAIRED,
                        "ireport.fm.agent.outcome",
                        ListKind.RESOLVED),
                steps());
    }

    @Test
    void oneSuspectOfTwoAcquittedUpdatesTheCase() {
        diagnose("fault.disk@" + DISK, "fault.cable@" + OTHER);
        say(Verb.ACQUIT, OTHER);
        assertEquals(List.of(ListKind.SUSPECT, ListKind.UPDATED), steps());
        assertEquals(List.of(SuspectStatus.FAULTY, SuspectStatus.of(Bit.ACQUITTED)), only().statuses());
        say(Verb.ACQUIT, only().uuid().toString());
        assertEquals(CaseState.RESOLVED, only().state());
    }

    @Test
    void aSharperDiagnosisAcquitsWhatItDoesNotName() {
        diagnose("fault.disk@" + DISK, "fault.cable@" + OTHER);
        now = now.plusSeconds(60);
        diagnose("fault.disk@" + DISK);
        assertEquals(List.of(SuspectStatus.FAULTY, SuspectStatus.of(Bit.ACQUITTED)), only().statuses());
        assertEquals(List.of(ListKind.SUSPECT, "ireport.fm.case.duplicate", ListKind.UPDATED), steps());
    }

    @Test
    void whatTheFaultLogHasOfADiagnosisIsNotLoggedAgain() {
        diagnose("fault.disk@" + DISK, "fault.cable@" + OTHER);
        now = now.plusSeconds(60);
        diagnose("fault.disk@" + DISK);
        Case whole = only();
        FaultManager again = manager(new ScriptedEngine());
        again.expect(logged.get(0));
        again.expect(logged.get(2)); // it ended before the duplicate was logged
        again.handle(new Input.EreportAccepted(
                START.plusSeconds(1),
                new LogRef(new UUID(1, 1), 0),
                ereport(concluding("fault.disk@" + DISK, "fault.cable@" + OTHER))));
        List<Output> outputs = again.handle(new Input.EreportAccepted(
                now, new LogRef(new UUID(1, 1), 1), ereport(concluding("fault.disk@" + DISK))));
        assertEquals(
                List.of(logged.get(1)),
                outputs.stream()
                        .filter(output -> !(output instanceof Output.TellAgents))
                        .map(output -> output instanceof Output.LogInfo info ? info.event() : output)
                        .toList());
        assertEquals(List.of(), again.caughtUp());
        assertEquals(List.of(whole), again.cases());
    }

    @Test
    void whatIsConcludedAtTheSameTimeCountsInTheSameOrderAgain() {
        List<NvList> concluded = List.of(
                concluding("fault.disk@" + DISK, "fault.cable@" + OTHER),
                concluding("fault.disk@" + DISK),
                concluding("fault.fan@" + OTHER),
                concluding("fault.fan@" + OTHER));
        List<Input> inputs = new ArrayList<>();
        for (NvList conclusion : concluded) {
            inputs.add(new Input.EreportAccepted(now, new LogRef(new UUID(1, 1), inputs.size()), ereport(conclusion)));
        }
        inputs.forEach(this::handle);
        assertEquals(
                List.of(
                        ListKind.SUSPECT,
                        "ireport.fm.case.duplicate",
                        ListKind.UPDATED,
                        ListKind.SUSPECT,
                        "ireport.fm.case.duplicate"),
                steps());
        FaultManager again = manager(new ScriptedEngine());
        logged.forEach(again::expect);
        inputs.forEach(again::handle);
        again.caughtUp();
        assertEquals(manager.cases(), again.cases());
    }

    @Test
    void troubleAfterARepairIsANewCase() {
        diagnose("fault.disk@" + DISK);
        say(Verb.REPAIRED, DISK);
        diagnose("fault.disk@" + DISK);
        assertEquals(2, manager.cases().size());
    }

    @Test
    void anAdministratorsWordAboutNothingIsRefused() {
        diagnose("fault.disk@" + DISK);
        assertEquals(
                List.of(new Output.Refused("specified resource is not known to be faulty")), say(Verb.REPAIRED, OTHER));
        assertEquals(
                List.of(new Output.Refused("specified UUID is invalid or has been repaired")),
                say(Verb.REPAIRED, new UUID(9, 9).toString()));
        say(Verb.REPAIRED, DISK);
        assertEquals(
                List.of(new Output.Refused("specified resource is not known to be faulty")), say(Verb.REPAIRED, DISK));
    }

    private static Topology bay7With(String serial) {
        TopoPath bay = TopoPath.of("ses-enclosure", 0).child("bay", 7);
        TopoPath disk = bay.child("disk", 0);
        HcFmri name = disk.toHc().withPart(serial, "MODEL", "FW1");
        NvList properties = NvList.builder().string("devid", "id1,sd@" + serial).build();
        DevFmri asru = new DevFmri("/devices/x", "id1,sd@" + serial, null);
        return new Topology(List.of(
                new TopoNode(bay.parent(), bay.parent().toHc(), null, null, null, NvList.EMPTY),
                new TopoNode(bay, bay.toHc(), null, null, null, NvList.EMPTY),
                new TopoNode(disk, name, asru, name, "Slot 07", properties)));
    }

    private List<Output> plug(String serial) {
        now = now.plusSeconds(1);
        return handle(new Input.TopologyTaken(now, bay7With(serial)));
    }

    @Test
    void suspectsGetTheirUnitsFromTheHardware() {
        plug("A1");
        diagnose("fault.disk@" + DISK);
        assertEquals(
                "dev:///:devid=id1,sd@A1//devices/x",
                String.valueOf(only().diagnosis().suspects().get(0).asru()));
        assertEquals(
                "hc://:serial=A1:part=MODEL:revision=FW1/ses-enclosure=0/bay=7/disk=0",
                String.valueOf(only().diagnosis().suspects().get(0).fru()));
        say(Verb.REPAIRED, "Slot 07");
        assertEquals(CaseState.RESOLVED, only().state());
    }

    @Test
    void anotherSerialInTheBayIsAReplacement() {
        plug("A1");
        diagnose("fault.disk@" + DISK);
        assertEquals(
                List.of(new Output.Refused("specified resource has not been replaced")), say(Verb.REPLACED, "Slot 07"));
        plug("B2");
        assertEquals(CaseState.RESOLVED, only().state());
        assertTrue(only().statuses().get(0).has(Bit.REPLACED));
    }

    @Test
    void aReplacedDiskThatWasTakenOutOfServiceIsResolvedToo() {
        plug("A1");
        UUID uuid = diagnose("fault.disk@" + DISK);
        answer(uuid, 1, Effect.ISOLATED, 0);
        plug("B2");
        assertEquals(CaseState.RESOLVED, only().state());
    }

    @Test
    void aLabelOfSeveralFaultyUnitsRepairsNone() {
        List<TopoNode> nodes = new ArrayList<>(bay7With("A1").nodes());
        TopoPath bay = TopoPath.of("ses-enclosure", 0).child("bay", 8);
        HcFmri second = bay.child("disk", 0).toHc().withPart("B2", "MODEL", "FW1");
        nodes.add(new TopoNode(bay, bay.toHc(), null, null, null, NvList.EMPTY));
        nodes.add(new TopoNode(bay.child("disk", 0), second, null, second, "Slot 07", NvList.EMPTY));
        handle(new Input.TopologyTaken(now, new Topology(nodes)));
        diagnose("fault.disk@" + DISK);
        diagnose("fault.disk@" + OTHER);
        Output answer = say(Verb.REPAIRED, "Slot 07").get(0);
        assertTrue(assertInstanceOf(Output.Refused.class, answer)
                .text()
                .startsWith("label is that of 2 faulty resources"));
        assertTrue(manager.cases().stream().allMatch(Case::anyFaulty));
    }

    @Test
    void aDiskThatIsGoneStaysFaultyAndIsNotPresent() {
        plug("A1");
        diagnose("fault.disk@" + DISK);
        now = now.plusSeconds(1);
        handle(new Input.TopologyTaken(now, new Topology(bay7With("A1").nodes().subList(0, 2))));
        assertTrue(only().statuses().get(0).has(Bit.NOT_PRESENT));
        assertTrue(only().statuses().get(0).isFaulty());
        assertEquals(CaseState.SOLVED, only().state());
    }

    @Test
    void aDiskInAnotherBayIsNeitherGoneNorReplaced() {
        plug("A1");
        diagnose("fault.disk@" + DISK);
        List<TopoNode> nodes = new ArrayList<>(bay7With("B2").nodes());
        TopoPath bay = TopoPath.of("ses-enclosure", 0).child("bay", 8);
        HcFmri moved = bay.child("disk", 0).toHc().withPart("A1", "MODEL", "FW1");
        nodes.add(new TopoNode(bay, bay.toHc(), null, null, null, NvList.EMPTY));
        nodes.add(new TopoNode(bay.child("disk", 0), moved, null, moved, "Slot 08", NvList.EMPTY));
        handle(new Input.TopologyTaken(now, new Topology(nodes)));
        assertEquals(SuspectStatus.FAULTY, only().statuses().get(0));
    }

    @Test
    void aFaultOfABlockHasTheBlockAsItsAsru() {
        plug("A1");
        now = now.plusSeconds(1);
        NvList specific = NvList.builder().uint64("offset", 0x1234).build();
        Diagnosis diagnosis = new Diagnosis(
                new UUID(4, 4),
                "scripted",
                "1.0",
                List.of(new org.fmd.model.fault.Suspect(
                        new EventClass("fault.block"),
                        100,
                        bay7With("A1").nodes().get(2).resource(),
                        null,
                        null,
                        null,
                        true,
                        true,
                        true,
                        specific)),
                List.of(),
                false);
        List<Output> out = new ArrayList<>();
        new CaseLife(new org.fmd.core.cases.CaseTable(), MessageCatalog.empty())
                .solved(diagnosis, bay7With("A1"), now, out);
        ListEvent event = assertInstanceOf(Output.LogFault.class, out.get(0)).event();
        String block = "hc://:serial=A1:part=MODEL:revision=FW1/ses-enclosure=0/bay=7/disk=0/offset=1234";
        assertEquals(block, String.valueOf(event.suspects().get(0).asru()));
        assertEquals(block, String.valueOf(event.suspects().get(0).resource()));
        assertFalse(String.valueOf(event.suspects().get(0).fru()).contains("offset"), "a person replaces a disk");
    }

    @Test
    void timersRunAtTheirTimeBeforeWhatComesLater() {
        receive(concluding("fault.slow@" + DISK).toBuilder().uint8("wait", 5).build());
        assertEquals(Optional.of(now.plusSeconds(5)), manager.nextWakeup());
        assertEquals(List.of(), handle(new Input.TimePassed(now.plusMillis(4_999))));
        Instant due = now.plusSeconds(5);
        now = now.plusSeconds(60);
        receive(concluding("fault.late@" + OTHER));
        assertEquals(2, logged.size());
        assertEquals(due, logged.get(0).tod(), "the timer's own time counts, not when it was noticed");
        assertEquals(now, logged.get(1).tod());
    }

    @Test
    void anEngineThatFailsIsOutOfServiceAndNothingElseIs() {
        List<Output> outputs = receive(NvList.builder().flag("crash").build());
        assertEquals(
                "scripted",
                assertInstanceOf(Output.EngineFailed.class, outputs.get(1)).engine());
        receive(concluding("fault.disk@" + DISK));
        assertEquals(List.of("ireport.fm.engine.failed"), steps());
        assertEquals(
                List.of(new Output.Refused("specified resource is not known to be faulty")), say(Verb.ACQUIT, DISK));
    }

    @Test
    void anEreportThatAnEngineFailedOnIsNotHandedToItAfterARestart() {
        Input.EreportAccepted poison = new Input.EreportAccepted(
                now,
                new LogRef(new UUID(1, 1), 7),
                ereport(NvList.builder().flag("crash").build()));
        handle(poison);
        FaultManager again = manager(new ScriptedEngine());
        logged.forEach(again::restore);
        assertEquals(List.of(), again.handle(poison));
        Input.EreportAccepted next = new Input.EreportAccepted(
                now, new LogRef(new UUID(1, 1), 8), ereport(concluding("fault.disk@" + DISK)));
        assertEquals(2, again.handle(next).size(), "and the engine is in service");
    }

    @Test
    void whatIsNotLookedAtIsCountedByCauseWhateverElseTheReasonSays() {
        receive(NvList.EMPTY);
        receive(NvList.EMPTY);
        assertEquals(Map.of("no rule is about their class", 2L), manager.discarded());
    }

    @Test
    void injectedEvidenceMarksTheDiagnosis() {
        receive(concluding("fault.disk@" + DISK).toBuilder()
                .bool("__injected", true)
                .build());
        assertTrue(only().diagnosis().injected());
        diagnose("fault.disk@" + OTHER);
        assertFalse(assertInstanceOf(ListEvent.class, logged.get(1)).injected());
    }

    @Test
    void answersGivenAgainAreNotJournaledAgain() {
        UUID uuid = diagnose("fault.disk@" + DISK);
        answer(uuid, 1, Effect.ISOLATED, 0);
        int before = logged.size();
        answer(uuid, 1, Effect.ISOLATED, 0);
        handle(new Input.AgentAnswered(
                now, "retire", "1.0", uuid, 1, ListKind.SUSPECT, AgentOutcome.notRelevant("told before")));
        assertEquals(before, logged.size());
    }

    /**
     * The state is a fold over the logs: whatever happened, a manager that restores what was logged and handles the ereports again
     * has the same cases, and publishes nothing.
     */
    @Test
    void aRestartAtAnyMomentChangesNothing() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            FaultManagerTest run = new FaultManagerTest();
            List<Input.EreportAccepted> ereports = new ArrayList<>();
            run.plug("A1");
            for (int i = 0; i < 25; i++) {
                run.now = run.now.plusSeconds(random.nextInt(20));
                run.randomStep(random, ereports);
            }
            FaultManager again = manager(new ScriptedEngine());
            run.logged.stream().filter(e -> e instanceof ListEvent).forEach(again::restore);
            run.logged.stream().filter(e -> !(e instanceof ListEvent)).forEach(again::restore);
            again.handle(new Input.TopologyTaken(Instant.EPOCH, bay7With("A1")));
            for (Input.EreportAccepted accepted : ereports) {
                List<Output> outputs = again.handle(accepted);
                assertEquals(List.of(), outputs, "seed " + seed + " invents something");
            }
            assertEquals(summary(run.manager), summary(again), "seed " + seed);
        }
    }

    private void randomStep(Random random, List<Input.EreportAccepted> ereports) {
        String[] targets = {DISK, OTHER, "hc:///hba=0"};
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                List<String> suspects = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(2); i++) {
                    suspects.add("fault.x" + random.nextInt(2) + "@" + targets[random.nextInt(3)]);
                }
                now = now.plusSeconds(1);
                Input.EreportAccepted accepted = new Input.EreportAccepted(
                        now,
                        new LogRef(new UUID(1, 1), offset++),
                        ereport(concluding(suspects.toArray(String[]::new))));
                ereports.add(accepted);
                handle(accepted);
            }
            case 2 -> say(Verb.REPAIRED, targets[random.nextInt(3)]);
            case 3 -> say(Verb.ACQUIT, targets[random.nextInt(3)]);
            default -> {
                List<Case> cases = List.copyOf(manager.cases());
                if (!cases.isEmpty()) {
                    Case some = cases.get(random.nextInt(cases.size()));
                    Effect effect = some.state().isActive() ? Effect.ISOLATED : Effect.RESTORED;
                    answer(some.uuid(), some.step(), effect, random.nextInt(2));
                }
            }
        }
    }

    private static List<String> summary(FaultManager manager) {
        return manager.cases().stream()
                .map(c -> c.uuid() + " " + c.state() + " " + c.statuses() + " " + c.step() + " " + c.duplicates())
                .toList();
    }

    private String why(String target) {
        List<Output> outputs = handle(new Input.WhyAsked(now, target));
        assertEquals(1, outputs.size());
        return outputs.get(0) instanceof Output.Explained explained
                ? explained.explanation().sentence()
                : ((Output.Refused) outputs.get(0)).text();
    }

    @Test
    void anEngineIsAskedWhy() {
        assertEquals("it is so", why(new UUID(1, 2).toString()));
        String other = new UUID(1, 3).toString();
        assertEquals("no module remembers case " + other + ", or there is none", why(other));
        assertEquals("'x' is no case; expected a UUID, or CLASS@RESOURCE", why("x"));
        assertEquals(
                "module scripted failed to explain it: java.lang.IllegalStateException: crash",
                why("fault.crash@bay7"));
        assertEquals(List.of(), logged);
    }

    @Test
    void aResourceToAskAboutHasManyNames() {
        handle(new Input.TopologyTaken(now, bay7With("A1")));
        String disk = why("fault.x@ses-enclosure0/bay7/disk0");
        assertEquals("fault.x of hc:///ses-enclosure=0/bay=7/disk=0", disk);
        assertEquals(disk, why("fault.x@hc:///ses-enclosure=0/bay=7/disk=0"));
        assertEquals("fault.x of " + bay7With("A1").nodes().get(2).resource(), why("fault.x@Slot 07"));
        assertEquals("'nowhere' names no resource", why("fault.x@nowhere"));
        assertEquals("'' names no resource", why("fault.x@"));
    }
}

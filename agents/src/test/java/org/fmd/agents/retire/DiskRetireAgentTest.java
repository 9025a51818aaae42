// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import static org.fmd.agents.Tasks.CASE;
import static org.fmd.agents.Tasks.OTHER_CASE;
import static org.fmd.agents.Tasks.diagnosed;
import static org.fmd.agents.Tasks.disk;
import static org.fmd.agents.Tasks.repaired;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.fmd.agents.Tasks;
import org.fmd.agents.TestContext;
import org.fmd.api.Agent;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.Result;
import org.fmd.api.AgentTask;
import org.fmd.api.FmdModule;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRetireAgentTest {
    private static final String SDA = "sda (serial ZC1A0001, Slot 01, id1,sd@n5000c500a0000001)";

    @TempDir
    Path folder;

    private FakeHost host;
    private DiskRetireAgent agent;
    private TestContext context;

    @BeforeEach
    void aHostWithTwoFreeDisks() {
        host = new FakeHost(folder).disk("sda", 1).disk("sdb", 2);
        agent = host.agent();
        context = host.context(agent);
    }

    private AgentOutcome tell(AgentTask task) throws IOException {
        agent.start(context);
        return agent.respond(task);
    }

    private AgentOutcome tellOfDisk1() throws IOException {
        return tell(diagnosed(CASE, disk(FakeHost.devid(1))));
    }

    private String plain(String text) {
        return text.replace(folder.toString(), "");
    }

    private void assertRefused(String reason, AgentOutcome outcome) {
        assertEquals(Result.REFUSED, outcome.result());
        assertEquals(reason, plain(outcome.reason()));
        assertEquals(List.of(), host.written);
    }

    @Test
    void takesAFreeDiskOffline() throws IOException {
        AgentOutcome outcome = tellOfDisk1();
        assertEquals(Result.DONE, outcome.result());
        assertEquals(Effect.ISOLATED, outcome.suspects().get(0).effect());
        assertEquals(SDA + " was taken out of service", outcome.reason());
        assertEquals(
                "echo offline > /sys/block/sda/device/state",
                plain(outcome.suspects().get(0).action()));
        assertEquals("offline", host.read("block/sda/device/state"));
        assertEquals("running", host.read("block/sdb/device/state"));
    }

    @Test
    void onlyTellsByDefaultWhatItWouldDo() throws IOException {
        context.set("mode", agent.info().properties().get(0).defaultText());
        AgentOutcome outcome = tellOfDisk1();
        assertEquals(Result.DRY_RUN, outcome.result());
        assertEquals(Effect.NONE, outcome.suspects().get(0).effect());
        assertEquals(
                "echo offline > /sys/block/sda/device/state",
                plain(outcome.suspects().get(0).action()));
        assertEquals(SDA + " would be taken out of service; mode is dry-run", outcome.reason());
        assertEquals(List.of(), host.written);
    }

    @Test
    void aDryRunTellsExactlyWhatAutoThenDoes() throws IOException {
        host.partition("sda", 1).array("md0", "raid1", "sda1", "sdb");
        context.set("mode", "dry-run");
        AgentOutcome dry = tellOfDisk1();
        context.set("mode", "auto");
        AgentOutcome done = tellOfDisk1();
        assertEquals(dry.suspects().get(0).action(), done.suspects().get(0).action());
        assertEquals(Result.DONE, done.result());
    }

    @Test
    void doesNothingWhenOff() throws IOException {
        context.set("mode", "off");
        assertRefused("mode is off", tellOfDisk1());
        assertRefused("mode is off", tell(repaired(CASE, disk(FakeHost.devid(1)))));
    }

    @Test
    void findsADiskOutOfServiceAlready() throws IOException {
        host.sys("block/sda/device/state", "offline");
        AgentOutcome outcome = tellOfDisk1();
        assertEquals(Result.DONE, outcome.result());
        assertEquals(Effect.ISOLATED, outcome.suspects().get(0).effect());
        assertEquals(SDA + " was out of service already", outcome.reason());
        assertEquals(List.of(), host.written);
    }

    @Test
    void failsAMirrorHalfThenLetsMdGoThenTakesTheDiskOffline() throws IOException {
        host.array("md0", "raid1", "sda", "sdb");
        AgentOutcome outcome = tellOfDisk1();
        assertEquals(Result.DONE, outcome.result());
        assertEquals(Effect.ISOLATED, outcome.suspects().get(0).effect());
        assertEquals(
                List.of(
                        "faulty > block/md0/md/dev-sda/state",
                        "remove > block/md0/md/dev-sda/state",
                        "offline > block/sda/device/state"),
                host.written,
                outcome.reason());
        assertEquals(
                SDA + " was taken out of service; to put it back later: mdadm /dev/md0 --re-add /dev/sda",
                plain(outcome.reason()));
        assertEquals("clean", host.read("block/md0/md/array_state"));
    }

    @Test
    void takesADiskOutOfAllItsArraysOrOutOfNone() throws IOException {
        host.partition("sda", 1).partition("sda", 2).partition("sdb", 1).partition("sdb", 2);
        host.array("md0", "raid1", "sda1", "sdb1").array("md1", "raid0", "sda2", "sdb2");
        assertRefused(SDA + " stays in service: md1 (raid0) has no redundancy, it would lose data", tellOfDisk1());
    }

    @Test
    void aMemberThatMdDroppedIsOutOfServiceAlready() throws IOException {
        host.array("md0", "raid1", "sda", "sdb").member("md0", "sda", "faulty", "none");
        host.sys("block/md0/md/degraded", "1");
        AgentOutcome outcome = tellOfDisk1();
        assertEquals(Result.DONE, outcome.result());
        assertEquals(SDA + " was out of service already: faulty in md0", outcome.reason());
        assertEquals(List.of(), host.written);
    }

    @Test
    void staysAtTheStepThatMdDoesNotTake() throws IOException {
        host.array("md0", "raid1", "sda", "sdb");
        agent = new DiskRetireAgent(
                (file, word) -> {
                    throw new IOException("No such device");
                },
                node -> false);
        context = host.context(agent);
        AgentOutcome outcome = tellOfDisk1();
        assertEquals(Result.FAILED, outcome.result());
        assertEquals(Effect.NONE, outcome.suspects().get(0).effect());
        assertEquals(
                SDA + ": 'echo faulty > /sys/block/md0/md/dev-sda/state' failed: No such device",
                plain(outcome.reason()));
    }

    @Test
    void doesNotBelieveAKernelThatTookTheWordAndDidNothing() throws IOException {
        agent = new DiskRetireAgent((file, word) -> {}, node -> false);
        context = host.context(agent);
        AgentOutcome outcome = tellOfDisk1();
        assertEquals(Result.FAILED, outcome.result());
        assertEquals(
                SDA + ": 'echo offline > /sys/block/sda/device/state' failed: the kernel took the word, but the file"
                        + " reads 'running'",
                plain(outcome.reason()));
    }

    @Test
    void looksAgainRightBeforeItWrites() throws IOException {
        // Between plan and act another disk gets the name: the world moves when the claim is asked for.
        agent = new DiskRetireAgent(host::kernel, node -> {
            host.identify("sda", 7);
            return false;
        });
        context = host.context(agent);
        assertRefused(SDA + ": sda is another disk now, not id1,sd@n5000c500a0000001", tellOfDisk1());
    }

    @Test
    void waitsForTheKernelNoLongerThanTheDeadline() throws IOException {
        CountDownLatch stuck = new CountDownLatch(1);
        agent = new DiskRetireAgent(
                (file, word) -> {
                    try {
                        stuck.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                },
                node -> false);
        context = host.context(agent).set("deadline", "20ms");
        AgentOutcome first = tellOfDisk1();
        AgentOutcome second = agent.respond(diagnosed(CASE, disk(FakeHost.devid(1))));
        stuck.countDown();
        assertEquals(Result.FAILED, first.result());
        assertEquals(
                SDA + ": 'echo offline > /sys/block/sda/device/state' failed: the kernel has not answered in 20 ms;"
                        + " the write goes on",
                plain(first.reason()));
        assertEquals(Result.FAILED, second.result());
        assertTrue(second.reason().contains("has not answered the write before"), second.reason());
    }

    @Test
    void putsTheDiskBackWhenItIsRepaired() throws IOException {
        host.array("md0", "raid1", "sda", "sdb");
        tellOfDisk1();
        AgentOutcome outcome = tell(repaired(CASE, disk(FakeHost.devid(1))));
        assertEquals(Result.DONE, outcome.result());
        assertEquals(Effect.RESTORED, outcome.suspects().get(0).effect());
        assertEquals(
                SDA + " is back in service; whether it returns to its array is yours to decide: mdadm /dev/md0 --re-add"
                        + " /dev/sda",
                plain(outcome.reason()));
        assertEquals("running", host.read("block/sda/device/state"));
    }

    @Test
    void doesNotPutBackWhatAnotherCaseHoldsOut() throws IOException {
        tellOfDisk1();
        agent.respond(diagnosed(OTHER_CASE, disk(FakeHost.devid(1))));
        host.written.clear();
        assertRefused(
                SDA + " is faulty in case " + OTHER_CASE + " still, so it stays out",
                agent.respond(repaired(CASE, disk(FakeHost.devid(1)))));
        AgentOutcome last = agent.respond(repaired(OTHER_CASE, disk(FakeHost.devid(1))));
        assertEquals(Effect.RESTORED, last.suspects().get(0).effect());
        assertEquals("running", host.read("block/sda/device/state"));
    }

    @Test
    void aDiskThatWasReplacedNeedsNoUndo() throws IOException {
        tellOfDisk1();
        host.remove(host.tree.sys().resolve("block/sda"));
        AgentOutcome outcome = tell(repaired(CASE, disk(FakeHost.devid(1))));
        assertEquals(Result.NOT_RELEVANT, outcome.result());
        assertEquals("sda (id1,sd@n5000c500a0000001) is not in this machine any more", outcome.reason());
    }

    @Test
    void anUpdateFreesTheOneAndTakesTheOther() throws IOException {
        tellOfDisk1();
        context.set("max-per-window", "2");
        AgentOutcome outcome = tell(Tasks.task(Tasks.event(
                ListKind.UPDATED,
                CASE,
                List.of(disk(FakeHost.devid(2)), disk(FakeHost.devid(1))),
                List.of(SuspectStatus.FAULTY, SuspectStatus.of(SuspectStatus.Bit.ACQUITTED)))));
        assertEquals(Result.DONE, outcome.result());
        assertEquals(
                List.of(1, 0), outcome.suspects().stream().map(s -> s.index()).toList());
        assertEquals("running", host.read("block/sda/device/state"));
        assertEquals("offline", host.read("block/sdb/device/state"));
    }

    @Test
    void stopsAtTheMostThatAWindowAllows() throws IOException {
        tellOfDisk1();
        host.written.clear();
        assertRefused(
                "sdb (serial ZC1A0002, Slot 02, id1,sd@n5000c500a0000002) stays in service: 1 of at most 1 retirements in"
                        + " 1 h were made already (id1,sd@n5000c500a0000001); more than that is seldom the disks' fault, so a"
                        + " person is to look first",
                tell(diagnosed(OTHER_CASE, disk(FakeHost.devid(2)))));
        context.now = context.now.plus(Duration.ofHours(1));
        assertEquals(
                Result.DONE,
                tell(diagnosed(OTHER_CASE, disk(FakeHost.devid(2)))).result());
    }

    @Test
    void anUndoDoesNotReopenTheWindow() throws IOException {
        tellOfDisk1();
        tell(repaired(CASE, disk(FakeHost.devid(1))));
        AgentOutcome outcome = tell(diagnosed(OTHER_CASE, disk(FakeHost.devid(2))));
        assertEquals(Result.REFUSED, outcome.result());
    }

    @Test
    void retiresTheSameDiskAgainAfterARebootWithoutCountingTwice() throws IOException {
        tellOfDisk1();
        host.sys("block/sda/device/state", "running");
        assertEquals(Result.DONE, tellOfDisk1().result());
        assertEquals("offline", host.read("block/sda/device/state"));
    }

    @Test
    void rehearsalsCountAsActsWouldButNotAsActs() throws IOException {
        context.set("mode", "dry-run");
        tellOfDisk1();
        AgentOutcome second = tell(diagnosed(OTHER_CASE, disk(FakeHost.devid(2))));
        assertEquals(Result.REFUSED, second.result());
        assertTrue(second.reason().contains("would stay in service: 1 of at most 1"), second.reason());
        context.set("mode", "auto");
        assertEquals(
                Result.DONE,
                tell(diagnosed(OTHER_CASE, disk(FakeHost.devid(2)))).result());
    }

    @Test
    void actsOnNothingWhileTheRecordOfEarlierActsIsDamaged() throws IOException {
        tellOfDisk1();
        Path ledger = folder.resolve("var/lib/fmd/disk-retire/retirements");
        Files.writeString(ledger, Files.readString(ledger).replace("acted", "adted"));
        host.written.clear();
        assertRefused(
                "sdb (serial ZC1A0002, Slot 02, id1,sd@n5000c500a0000002) stays in service: the record of earlier"
                        + " retirements was damaged; the first is allowed at 2026-03-04T13:00:00Z",
                tell(diagnosed(OTHER_CASE, disk(FakeHost.devid(2)))));
        assertTrue(Files.exists(ledger.resolveSibling("retirements.damaged")));
    }

    @Test
    void refusesBlocksPredictionsAndWhatTheRulesWantInService() throws IOException {
        var bay = host.topology().nodes().get(0).path().toHc();
        var blocks = bay.withSpecific(NvList.builder().uint64("offset", 1234).build());
        assertRefused(
                "the fault is in blocks of the disk, the disk stays in service",
                tell(diagnosed(CASE, Tasks.suspect("fault.io.scsi.cmd.disk.dev.rqs.merr", blocks))));
        DevFmri dev = new DevFmri("/devices/x", FakeHost.devid(1), null);
        assertRefused(
                "the failure is predicted and has not happened; the disk stays in service, replace it while it still"
                        + " works",
                tell(diagnosed(CASE, Tasks.suspect("fault.io.disk.predictive-failure", dev))));
        assertRefused(
                "fault.io.disk.slow-io is among the fault-exceptions: the disk stays in service",
                tell(diagnosed(CASE, Tasks.suspect("fault.io.disk.slow-io", dev))));
        assertRefused(
                "dev:////devices/x has no devid, so nobody can be sure which disk it is",
                tell(diagnosed(CASE, Tasks.suspect(Tasks.DERR, DevFmri.ofPath("/devices/x")))));
        Suspect suspect = disk(FakeHost.devid(1));
        assertRefused(
                "the rules want it to stay in service (retire=false)",
                tell(diagnosed(
                        CASE,
                        new Suspect(
                                suspect.eventClass(),
                                100,
                                suspect.resource(),
                                suspect.asru(),
                                suspect.fru(),
                                null,
                                false,
                                true,
                                true,
                                NvList.EMPTY))));
    }

    @Test
    void leavesTheDiskWhenTheDiagnosisAlsoBlamesTheWayToIt() throws IOException {
        for (String company : List.of(
                "fault.io.scsi.transport.link",
                "fault.device.sas-expander.fail",
                "fault.io.hba.fail",
                "defect.io.scsi.firmware",
                "fault.power.fail")) {
            assertRefused(
                    "the diagnosis also suspects " + company + ": the disk may only be what shows it",
                    tell(diagnosed(CASE, disk(FakeHost.devid(1)), Tasks.suspect(company, null))));
        }
        assertEquals(
                Result.NOT_RELEVANT,
                tell(diagnosed(CASE, Tasks.suspect("fault.io.scsi.transport.link", null)))
                        .result());
    }

    @Test
    void leavesTheDisksWhenOnlyOneOfThemIsToBlame() throws IOException {
        AgentOutcome outcome = tell(diagnosed(
                CASE,
                disk(FakeHost.devid(1)).withCertainty(50),
                disk(FakeHost.devid(2)).withCertainty(50)));
        assertRefused("it is one of several disks that the diagnosis suspects, with 50 % certainty", outcome);
        assertEquals(2, outcome.suspects().size());
    }

    @Test
    void actsOnAnAcquittedCompanionsDisk() throws IOException {
        AgentOutcome outcome = tell(Tasks.task(Tasks.event(
                ListKind.UPDATED,
                CASE,
                List.of(disk(FakeHost.devid(1)), Tasks.suspect("fault.io.hba.fail", null)),
                List.of(SuspectStatus.FAULTY, SuspectStatus.of(SuspectStatus.Bit.ACQUITTED)))));
        assertEquals(Result.DONE, outcome.result());
    }

    @Test
    void isFoundByTheServiceLoader() {
        List<String> agents = java.util.ServiceLoader.load(FmdModule.class).stream()
                .map(provider -> provider.get())
                .filter(module -> module instanceof Agent)
                .map(module -> module.info().name())
                .sorted()
                .toList();
        assertEquals(List.of("disk-retire", "syslog-msgs"), agents);
    }
}

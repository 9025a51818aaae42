// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.capture.CaptureFolder;
import org.fmd.plugins.kernel.capture.CapturePort;
import org.fmd.plugins.kernel.capture.CaptureTrace;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordPipelineTest {
    private static final String PATH = "/devices/pci0000:00/host0/target0:0:0/0:0:0:0";
    private static final String[] MEDIUM_ERROR = {
        "sd 0:0:0:0: [sda] tag#1 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s",
        "sd 0:0:0:0: [sda] tag#1 Sense Key : Medium Error [current] ",
        "sd 0:0:0:0: [sda] tag#1 Add. Sense: Unrecovered read error",
        "sd 0:0:0:0: [sda] tag#1 CDB: Read(10) 28 00 00 00 12 30 00 00 10 00",
        "critical medium error, dev sda, sector 4656 op 0x0:(READ) flags 0x800 phys_seg 2 prio class 2"
    };

    private final FakeContext context = new FakeContext();
    private final RecordPipeline pipeline = new RecordPipeline(context, disk -> false);
    private final FakePort kernel = new FakePort(pipeline);

    private static Topology disk(String hctl, String device, String devid) {
        NvList about = NvList.builder()
                .string("hctl", hctl)
                .string("logical-disk", "sda")
                .string("dev", device)
                .string("devid", devid)
                .string("manufacturer", "SEAGATE")
                .uint64("block-size", 512)
                .build();
        return new Topology(
                List.of(new TopoNode(TopoPath.of("disk", 0), DevFmri.ofPath(device), null, null, null, about)));
    }

    private DevFmri detector(int index) {
        return (DevFmri) context.posted.get(index).detector();
    }

    private List<String> classes() {
        return context.posted.stream().map(e -> e.eventClass().name()).toList();
    }

    @Test
    void namesTheDiskByPathAndIdentity() {
        context.over(disk("0:0:0:0", PATH, "id1,sd@n5000c500a0000001"));
        kernel.says(MEDIUM_ERROR);
        assertEquals(new DevFmri(PATH, "id1,sd@n5000c500a0000001", null), detector(0));
        assertEquals("SEAGATE", context.posted.get(0).payload().string("vendor").orElseThrow());
        assertEquals("unknown", context.posted.get(0).payload().string("serial").orElseThrow());
        assertEquals(0, context.refreshes);
    }

    @Test
    void namesThePathThatFailedOfADiskWithTwo() {
        NvList about = NvList.builder()
                .string("hctl", "0:0:0:0")
                .strings("hctls", List.of("0:0:0:0", "1:0:0:0"))
                .strings("logical-disks", List.of("sda", "sdb"))
                .string("dev", "/devices/a/0:0:0:0")
                .strings("paths", List.of("/devices/a/0:0:0:0", "/devices/b/1:0:0:0"))
                .string("devid", "id1,sd@n60014050000000a1")
                .build();
        context.over(new Topology(
                List.of(new TopoNode(TopoPath.of("disk", 0), DevFmri.ofPath("/devices/a"), null, null, null, about))));
        kernel.says(
                "sd 1:0:0:0: [sdb] Unit Not Ready",
                "sd 1:0:0:0: [sdb] Sense Key : Not Ready [current] ",
                "sd 1:0:0:0: [sdb] Add. Sense: Medium not present");
        assertEquals(new DevFmri("/devices/b/1:0:0:0", "id1,sd@n60014050000000a1", null), detector(0));
    }

    @Test
    void asksForANewSnapshotOncePerSecondAndDisk() {
        kernel.says(MEDIUM_ERROR);
        kernel.says(MEDIUM_ERROR);
        assertEquals(1, context.refreshes);
        assertEquals(DevFmri.ofPath("/devices/unknown/0:0:0:0"), detector(0));
        context.now = context.now.plusSeconds(1);
        context.refreshed = disk("0:0:0:0", PATH, "id1,sd@n1");
        kernel.says(MEDIUM_ERROR);
        assertEquals(2, context.refreshes);
        assertEquals(new DevFmri(PATH, "id1,sd@n1", null), detector(2));
    }

    @Test
    void namesAnUnknownDiskAsTheKernelAnnouncedIt() {
        kernel.announces("add", PATH, "SUBSYSTEM=scsi");
        kernel.says(MEDIUM_ERROR);
        assertEquals(DevFmri.ofPath(PATH), detector(0));
    }

    @Test
    void trustsNoIdentityFromBeforeAnotherDeviceAppearedThere() {
        context.over(disk("0:0:0:0", PATH, "id1,sd@n1"));
        kernel.says(MEDIUM_ERROR);
        kernel.announces("remove", PATH, "SUBSYSTEM=scsi");
        kernel.announces("add", PATH, "SUBSYSTEM=scsi");
        context.refreshed = disk("0:0:0:0", PATH, "id1,sd@n2");
        kernel.says(MEDIUM_ERROR);
        assertEquals("id1,sd@n1", detector(0).devid());
        assertEquals("id1,sd@n2", detector(1).devid());
        assertEquals(2, context.stale.size());
    }

    @Test
    void remembersADiskForAWhileAfterItWent() {
        context.over(disk("0:0:0:0", PATH, "id1,sd@n1"));
        kernel.says(MEDIUM_ERROR);
        context.over(Topology.EMPTY);
        kernel.says(MEDIUM_ERROR);
        assertEquals("id1,sd@n1", detector(1).devid());
        context.now = context.now.plusSeconds(10);
        kernel.says(MEDIUM_ERROR);
        assertNull(detector(2).devid());
    }

    @Test
    void givesTransportErrorsNoIdentity() {
        context.over(disk("0:0:0:0", PATH, "id1,sd@n1"));
        kernel.says(
                "sd 0:0:0:0: [sda] tag#1 FAILED Result: hostbyte=DID_NO_CONNECT driverbyte=DRIVER_OK",
                "I/O error, dev sda, sector 1");
        assertEquals(DevFmri.ofPath(PATH), detector(0));
        assertEquals(
                "id1,sd@n1", context.posted.get(0).payload().string("devid").orElseThrow());
    }

    @Test
    void countsAndReportsOverwrittenRecords() {
        kernel.says("hello");
        kernel.overwrites(41);
        kernel.says("hello again");
        assertEquals(List.of("ereport.fm.fmd.telemetry-lost"), classes());
        assertEquals(41, context.posted.get(0).payload().number("count").orElseThrow());
        assertEquals("kmsg", context.posted.get(0).payload().string("source").orElseThrow());
        assertEquals(41, context.counts.get("kmsg-lost"));
        kernel.says("and on");
        assertEquals(1, context.posted.size());
    }

    @Test
    void rescansWhenUeventsAreLost() {
        kernel.announces("change", "/devices/x", "SUBSYSTEM=net");
        kernel.drops(3);
        assertEquals(List.of("uevents were lost"), context.stale);
        kernel.announces("change", "/devices/x", "SUBSYSTEM=net");
        assertEquals(3, context.posted.get(0).payload().number("count").orElseThrow());
        kernel.drops(0);
        kernel.announces("change", "/devices/x", "SUBSYSTEM=net");
        assertEquals(1, context.posted.get(1).payload().number("count").orElseThrow());
    }

    @Test
    void postsNothingOfADiskThatIsSwitchedOffAndCountsIt() {
        FakeContext off = new FakeContext().over(disk("0:0:0:0", PATH, "id1,sd@n1"));
        off.configured.put("fm-capable", "drvier=x off; devid=id1,sd@n1 off");
        RecordPipeline reduced = new RecordPipeline(off, disk -> false);
        FakePort port = new FakePort(reduced);
        port.says(MEDIUM_ERROR);
        reduced.finish();
        assertEquals(List.of(), off.posted);
        assertEquals(1, off.counts.get("ereports-off"));
        assertTrue(off.degraded.get(0).contains("telemetry is off by fm-capable"), off.degraded.get(0));
        reduced.gone(Source.KMSG, "errno 19");
        assertTrue(off.degraded.get(1).contains("rule 1 'drvier=x off' is left out"), off.degraded.get(1));
    }

    @Test
    void believesNoUserOfTheLog() {
        for (String line : MEDIUM_ERROR) {
            kernel.userSays(line);
        }
        pipeline.finish();
        assertEquals(List.of(), classes());
        assertEquals(5, context.counts.get("kmsg-from-user-space"));
    }

    @Test
    void skipsAndCountsMalformedRecords() {
        kernel.raw("what is this\n");
        kernel.datagram("what is this");
        kernel.says(MEDIUM_ERROR);
        assertEquals(1, context.counts.get("kmsg-malformed"));
        assertEquals(1, context.counts.get("uevents-malformed"));
        assertEquals(1, context.posted.size());
    }

    @Test
    void countsStrangersOnTheUeventSocket() {
        pipeline.foreign(kernel.at());
        assertEquals(1, context.counts.get("uevents-foreign"));
    }

    @Test
    void isDegradedWhenASourceEndsAndSaysSoInAnEreport() {
        pipeline.gone(Source.KMSG, "errno 19");
        String told = "kmsg cannot be read any more: errno 19; what drivers, links, arrays and paths say is not heard";
        assertEquals(List.of(told), context.degraded);
        assertEquals(List.of("ereport.fm.fmd.telemetry-lost"), classes());
        NvList payload = context.posted.get(0).payload();
        assertEquals("kmsg", payload.string("source").orElseThrow());
        assertEquals(0, payload.number("count").orElseThrow());
        assertEquals(told, payload.string("msg").orElseThrow());
        assertEquals(context.now, context.posted.get(0).tod());
    }

    @Test
    void goesOnByTheLogWhenTheTraceEnds() throws IOException {
        Path folder = Fixtures.path("captures/sdebug-storm");
        CaptureTrace trace = CaptureTrace.read(folder);
        pipeline.traceBegins(trace.layout(), trace.events());
        pipeline.gone(Source.TRACE, "errno 5");
        assertEquals(List.of("ereport.fm.fmd.telemetry-lost"), classes());
        kernel.says(MEDIUM_ERROR);
        assertEquals("ereport.io.scsi.cmd.disk.dev.rqs.merr", classes().get(1));
    }

    @Test
    void givesEachErrorAnAssociationOfItsOwn() {
        kernel.says(MEDIUM_ERROR);
        kernel.says(MEDIUM_ERROR);
        Ereport first = context.posted.get(0);
        Ereport second = context.posted.get(1);
        assertNotEquals(first.ena(), second.ena());
        assertTrue(!first.ena().sameError(second.ena()));
    }

    @Test
    void concludesByTheClockWhenTheKernelIsSilent() {
        kernel.says(MEDIUM_ERROR[0], MEDIUM_ERROR[1], MEDIUM_ERROR[2], MEDIUM_ERROR[3]);
        assertTrue(pipeline.deadline().isPresent());
        kernel.pass(101);
        pipeline.expire(kernel.at());
        assertEquals(List.of("ereport.io.scsi.cmd.disk.dev.rqs.merr"), classes());
        assertTrue(pipeline.deadline().isEmpty());
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void survivesDamagedRecordsOfARealKernel() {
        String real =
                new String(Fixtures.bytes("captures/md-raid1-member-fails/kmsg.raw"), StandardCharsets.ISO_8859_1);
        String[] records = real.split("\n(?! )");
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            try {
                for (String record : records) {
                    StringBuilder damaged = new StringBuilder(record);
                    for (int i = random.nextInt(3); i > 0; i--) {
                        damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(256));
                    }
                    kernel.raw(damaged + "\n");
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(context.counts.get("kmsg-malformed") > 0);
    }

    @Test
    void aRequestThatWasRetriedHasSucceededWhenItsDiskIsIdle() throws IOException {
        Path folder = Fixtures.path("captures/sdebug-abort-retry-ok");
        FakeContext traced = new FakeContext().over(Captures.topology(folder));
        RecordPipeline pipeline = new RecordPipeline(traced, "sda"::equals);
        try (CapturePort port = CapturePort.fast(CaptureFolder.read(folder))) {
            while (port.await(pipeline.deadline(), pipeline)) {
                pipeline.expire(port.now());
            }
            pipeline.expire(new Arrival(port.now().tod(), port.now().nanos() + 600_000_000L, false));
        }
        assertEquals(
                List.of("retry", "retry", "recovered"),
                traced.posted.stream().map(Ereport::driverAssessment).toList());
        assertEquals(1, traced.posted.stream().map(Ereport::ena).distinct().count());
        assertEquals(OptionalLong.empty(), pipeline.deadline());
    }
}

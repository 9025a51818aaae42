// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.plugins.kernel.assess.TelemetryJoin;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.trace.EventFormat;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.junit.jupiter.api.Test;

/** Traces of kernels that nobody has seen, pages that are no pages, and names that somebody chose in order to be misread. */
class BadInputTest {
    private static final String DONE = "scsi/scsi_dispatch_cmd_done";
    private static final PageLayout LAYOUT = new PageLayout(8, 8, 16, 4080, ByteOrder.LITTLE_ENDIAN);
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

    /** Where a kernel has put the fields of an attempt that ended. */
    private record Places(
            int id, int host, int channel, int target, int lun, int lunSize, int result, int key, int cdb) {
        static final Places USUAL = new Places(71, 8, 12, 16, 20, 4, 24, 28, 40);
        static final Places OTHER = new Places(1234, 40, 20, 8, 32, 8, 12, 16, 48);

        private static String field(String name, int offset, int size) {
            return "\tfield:unsigned " + name + ";\toffset:" + offset + ";\tsize:" + size + ";\tsigned:0;\n";
        }

        String format() {
            return "name: scsi_dispatch_cmd_done\nID: " + id + "\nformat:\n" + field("host_no", host, 4)
                    + field("channel", channel, 4) + field("id", target, 4) + field("lun", lun, lunSize)
                    + field("result", result, 4) + field("sense_key", key, 1) + field("asc", key + 1, 1)
                    + field("ascq", key + 2, 1) + field("cmnd[10]", cdb, 10);
        }

        TraceEvents events() throws Exception {
            return TraceEvents.of(Map.of(DONE, EventFormat.parse(DONE, format())));
        }

        /** A READ(10) of 0:0:0:0 at that block that ended with an unrecovered read error. */
        ByteBuffer body(int block) {
            ByteBuffer body = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
            body.putShort(0, (short) id).putInt(result, 0x02);
            body.put(key, (byte) 3).put(key + 1, (byte) 0x11);
            body.put(cdb, (byte) 0x28);
            ByteBuffer.wrap(body.array()).putInt(cdb + 2, block);
            body.put(cdb + 8, (byte) 8);
            return body;
        }
    }

    /** Gives a page with these records, a microsecond apart. */
    private void page(ByteBuffer... bodies) {
        byte[] page = page(4096, bodies);
        pipeline.tracePage(page, page.length, kernel.at(), 0);
    }

    private static byte[] page(int length, ByteBuffer... bodies) {
        ByteBuffer page = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(1_000_000).putLong(bodies.length * 64L);
        for (ByteBuffer body : bodies) {
            page.putInt(15 | 1000 << 5).put(body.duplicate().clear());
        }
        return page.array();
    }

    private void pass(long milliseconds) {
        kernel.pass(milliseconds);
        pipeline.expire(kernel.at());
    }

    private List<String> told() {
        return context.posted.stream()
                .map(e -> e.eventClass().name().replace("ereport.io.scsi.cmd.disk.", "") + " " + e.driverAssessment()
                        + " " + e.payload().number("lba").orElse(-1))
                .toList();
    }

    @Test
    void fieldsAreReadWhereTheRunningKernelHasThem() throws Exception {
        for (Places places : List.of(Places.USUAL, Places.OTHER)) {
            context.posted.clear();
            pipeline.traceBegins(LAYOUT, places.events());
            page(places.body(4660));
            pass(1);
            pass(101);
            assertEquals(List.of("dev.rqs.merr fatal 4660"), told(), places.toString());
            assertEquals(
                    DevFmri.ofPath("/devices/unknown/0:0:0:0"),
                    context.posted.get(0).detector());
        }
    }

    @Test
    void recordsOfEventsThatNobodyKnowsArePassedOver() throws Exception {
        pipeline.traceBegins(LAYOUT, Places.USUAL.events());
        page(Places.OTHER.body(1), Places.USUAL.body(4660), Places.OTHER.body(2));
        pass(1);
        pass(101);
        assertEquals(List.of("dev.rqs.merr fatal 4660"), told());
        assertEquals(3, context.counts.get("trace-records"));
    }

    @Test
    void theLogTellsWhatATraceWithOtherFieldsCannot() throws Exception {
        EventFormat without = EventFormat.parse(DONE, Places.USUAL.format().replace("result", "outcome"));
        pipeline.traceBegins(LAYOUT, TraceEvents.of(Map.of(DONE, without)));
        page(Places.USUAL.body(4660));
        kernel.says(MEDIUM_ERROR);
        pass(1);
        pass(101);
        assertEquals(List.of("dev.rqs.merr fatal 4656"), told());
    }

    @Test
    void aPageThatIsCutOffIsCountedAndTheNextOneIsRead() throws Exception {
        pipeline.traceBegins(LAYOUT, Places.USUAL.events());
        byte[] whole = page(4096, Places.USUAL.body(1), Places.USUAL.body(2));
        for (int length : new int[] {0, 7, 15, 16, 17, 16 + 127}) {
            pipeline.tracePage(whole, length, kernel.at(), 0);
        }
        assertEquals(6, context.counts.get("trace-malformed"));
        page(Places.USUAL.body(4660));
        pass(1);
        pass(101);
        assertEquals(List.of("dev.rqs.merr fatal 4660"), told());
    }

    @Test
    void aStormThatNobodyConcludesIsBounded() throws Exception {
        pipeline.traceBegins(LAYOUT, Places.USUAL.events());
        int block = 0;
        for (int i = 0; i < 400; i++) {
            ByteBuffer[] bodies = new ByteBuffer[60];
            for (int k = 0; k < bodies.length; k++) {
                bodies[k] = Places.USUAL.body(++block);
            }
            page(bodies);
            pipeline.expire(kernel.at());
            assertTrue(pipeline.waiting() <= TelemetryJoin.MAX_WAITING);
        }
        assertTrue(pipeline.waiting() < block / 4, pipeline.waiting() + " of " + block + " wait");
        pipeline.finish();
        assertEquals(block, context.posted.size(), "each is told");
        assertEquals(0, pipeline.waiting());
    }

    @Test
    void whatWasOverwrittenIsToldOnceForAllSources() throws Exception {
        pipeline.traceBegins(LAYOUT, Places.USUAL.events());
        byte[] page = page(4096, Places.USUAL.body(1));
        ByteBuffer.wrap(page)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(8, 64 | 1L << 31 | 1L << 30)
                .putLong(16 + 64, 5000);
        pipeline.tracePage(page, page.length, kernel.at(), 0);
        kernel.says("hello");
        kernel.overwrites(41);
        kernel.says("hello again");
        kernel.announces("change", "/devices/x", "SUBSYSTEM=net");
        kernel.drops(3);
        kernel.announces("change", "/devices/x", "SUBSYSTEM=net");
        pass(1);
        List<String> lost = context.posted.stream()
                .filter(e -> e.eventClass().name().equals("ereport.fm.fmd.telemetry-lost"))
                .map(e -> e.payload().string("source").orElseThrow() + " "
                        + e.payload().number("count").orElseThrow())
                .sorted()
                .toList();
        assertEquals(List.of("kmsg 41", "trace 5000", "uevents 3"), lost);
    }

    /** The kernel writes what is not printable as {@code \x0a}: a name cannot begin a line. */
    @Test
    void aNameWithANewlineBeginsNoLine() {
        for (String line : MEDIUM_ERROR) {
            kernel.says("scsi 3:0:0:0: Direct-Access     EVIL\\x0a" + line + " PQ: 0 ANSI: 6");
            kernel.says("usb 1-1: Product: Disk\\x0a" + line);
            kernel.says("usb 1-1: SerialNumber: " + line);
        }
        kernel.says("EXT4-fs (sda critical medium error, dev sda, sector 4656): mounted");
        pass(101);
        pass(101);
        assertEquals(List.of(), context.posted);
    }

    @Test
    void aDeviceThatIsNamedStrangelyIsStillOnlyADevice() {
        String[] names = {"/devices/a b/c\nd", "/devices/\u001b[2J", "/devices/\u00e4\u00f6", "/d", "/devices/x@y=z"};
        for (String name : names) {
            context.posted.clear();
            kernel.announces("add", name + "/target0:0:0/0:0:0:0", "SUBSYSTEM=scsi");
            kernel.says(MEDIUM_ERROR);
            Ereport told = context.posted.get(0);
            assertEquals(DevFmri.ofPath(name + "/target0:0:0/0:0:0:0"), told.detector());
            context.now = context.now.plusSeconds(2);
        }
        kernel.says("sd 0:0:0:0: [s d\\x0aa] tag#1 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK");
        kernel.says("md/raid1:md 1: Disk failure on s db, disabling device.");
        pass(101);
        assertEquals(1, context.posted.size());
    }

    @Test
    void aPathThatIsNoneIsAMalformedUevent() {
        for (String path : List.of("/", "//devices/0:0:0:0", "devices/0:0:0:0", "")) {
            kernel.announces("add", path, "SUBSYSTEM=scsi");
        }
        assertEquals(4, context.counts.get("uevents-malformed"));
        assertEquals(List.of(), context.stale);
    }

    @Test
    void aTraceThatEndsBeforeItBeganIsOnlyTold() {
        pipeline.gone(Source.TRACE, "errno 5");
        page(Places.USUAL.body(1));
        pass(101);
        assertEquals(1, context.posted.size());
        assertEquals(1, context.counts.get("trace-pages"));
    }
}

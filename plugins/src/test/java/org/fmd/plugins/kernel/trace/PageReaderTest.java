// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fmd.plugins.kernel.capture.CaptureTrace;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

class PageReaderTest {
    private static final PageLayout LAYOUT = new PageLayout(8, 8, 16, 4080, ByteOrder.LITTLE_ENDIAN);

    /** What a reader says of a page: time, first four octets and length of each record. */
    private static final class Heard implements PageReader.Sink {
        final List<String> said = new ArrayList<>();

        @Override
        public void record(TraceRecord record) {
            said.add(record.nanos() + ": " + record.number(new EventFormat.Field(0, 4, false, false)));
        }

        @Override
        public void missed(long nanos, long count) {
            said.add(nanos + ": missed " + count);
        }
    }

    private static ByteBuffer page(ByteOrder order, long stamp, long commit) {
        return ByteBuffer.allocate(4096).order(order).putLong(stamp).putLong(commit);
    }

    private static byte[] octets(ByteBuffer page) {
        byte[] octets = new byte[page.capacity()];
        page.duplicate().clear().get(octets);
        return octets;
    }

    private static int head(int type, int delta) {
        return type | delta << 5;
    }

    private static List<String> read(PageLayout layout, ByteBuffer page, int length) {
        Heard heard = new Heard();
        assertNull(new PageReader(layout, heard).read(octets(page), length));
        return heard.said;
    }

    @Test
    void timesAddUpFromThePagesOwn() {
        ByteBuffer page = page(ByteOrder.LITTLE_ENDIAN, 1000, 44);
        page.putInt(head(1, 5)).putInt(71);
        page.putInt(head(30, 3)).putInt(1); // 3 + 2^27
        page.putInt(head(1, 0)).putInt(72);
        page.putInt(head(31, 9)).putInt(0); // absolute
        page.putInt(head(0, 1)).putInt(8).putInt(73);
        assertEquals(List.of("1005: 71", (1008L + (1 << 27)) + ": 72", "10: 73"), read(LAYOUT, page, 4096));
    }

    @Test
    void aDiscardedRecordIsPassedOverAndTheRestOfAPageIsNot() {
        ByteBuffer page = page(ByteOrder.LITTLE_ENDIAN, 0, 40);
        page.putInt(head(29, 2)).putInt(12).putInt(0).putInt(0);
        page.putInt(head(1, 1)).putInt(71);
        page.putInt(head(29, 0)).putInt(0);
        page.putInt(head(1, 1)).putInt(72);
        assertEquals(List.of("3: 71"), read(LAYOUT, page, 4096));
    }

    @Test
    void whatWasLostIsToldWithItsCountWhereThereIsOne() {
        ByteBuffer counted = page(ByteOrder.LITTLE_ENDIAN, 7, 8 | 1L << 31 | 1L << 30);
        counted.putInt(head(1, 0)).putInt(71).putLong(12345);
        assertEquals(List.of("7: missed 12345", "7: 71"), read(LAYOUT, counted, 4096));
        ByteBuffer uncounted = page(ByteOrder.LITTLE_ENDIAN, 7, 8 | 1L << 31);
        uncounted.putInt(head(1, 0)).putInt(71);
        assertEquals(List.of("7: missed -1", "7: 71"), read(LAYOUT, uncounted, 24));
    }

    @Test
    void theHighestByteMayComeFirst() {
        ByteBuffer page = page(ByteOrder.BIG_ENDIAN, 1000, 8);
        page.putInt(head(1, 5)).putInt(71);
        PageLayout big = new PageLayout(8, 8, 16, 4080, ByteOrder.BIG_ENDIAN);
        assertEquals(List.of("1005: 71"), read(big, page, 4096));
    }

    @Test
    void aKernelOf32BitsHasAShorterHead() {
        ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(1000).putInt(8).putInt(head(1, 5)).putInt(71);
        PageLayout narrow = new PageLayout(8, 4, 12, 4084, ByteOrder.LITTLE_ENDIAN);
        assertEquals(List.of("1005: 71"), read(narrow, page, 4096));
    }

    @Test
    void aRecordThatDoesNotFitEndsThePageWithItsPlace() {
        ByteBuffer page = page(ByteOrder.LITTLE_ENDIAN, 0, 16);
        page.putInt(head(1, 0)).putInt(71).putInt(head(0, 0)).putInt(400);
        Heard heard = new Heard();
        assertEquals(
                "a record of 396 bytes does not fit at byte 24 of a page",
                new PageReader(LAYOUT, heard).read(octets(page), 4096));
        assertEquals(List.of("0: 71"), heard.said);
        assertEquals(
                "a page of 20 bytes says that it holds 16 bytes of records",
                new PageReader(LAYOUT, heard).read(octets(page), 20));
        assertEquals("a page of 3 bytes ends within its head", new PageReader(LAYOUT, heard).read(octets(page), 3));
    }

    /** Whatever stands in a page, it is read to its end or given up with a reason; nothing is changed or thrown. */
    @Test
    void survivesAnyDamage() throws Exception {
        CaptureTrace trace = CaptureTrace.read(Fixtures.path("captures/sdebug-storm"));
        List<String> reasons = new ArrayList<>();
        for (long seed = 1; seed <= 4000; seed++) {
            Random random = new Random(seed);
            byte[] page = trace.pages()
                    .get(random.nextInt(trace.pages().size()))
                    .bytes()
                    .clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                page[random.nextInt(page.length)] = (byte) random.nextInt(256);
            }
            byte[] before = page.clone();
            int length = random.nextInt(4) == 0 ? random.nextInt(page.length) : page.length;
            String why = new PageReader(trace.layout(), new PageReader.Sink() {
                        @Override
                        public void record(TraceRecord record) {
                            trace.events().read(record).ifPresent(Told::words);
                        }

                        @Override
                        public void missed(long nanos, long count) {}
                    })
                    .read(page, length);
            if (why != null) {
                reasons.add(why);
            }
            assertArrayEquals(before, page, "seed " + seed);
        }
        assertTrue(reasons.size() > 100, () -> reasons.size() + " pages were found damaged");
    }

    @Test
    void aFormatThatLacksWhatIsNeededIsNamedAndOthersGoOn() throws Exception {
        String done = Fixtures.text("captures/sdebug-storm/format/scsi.scsi_dispatch_cmd_done");
        EventFormat whole = EventFormat.parse("scsi/scsi_dispatch_cmd_done", done);
        assertTrue(whole.fields().get("cmnd").located());
        assertEquals(new EventFormat.Field(24, 4, true, false), whole.fields().get("result"));
        EventFormat without = EventFormat.parse("scsi/scsi_dispatch_cmd_done", done.replace("result", "outcome"));
        EventFormat wakeup = EventFormat.parse(
                "scsi/scsi_eh_wakeup", Fixtures.text("captures/sdebug-storm/format/scsi.scsi_eh_wakeup"));
        TraceEvents events =
                TraceEvents.of(Map.of("scsi/scsi_dispatch_cmd_done", without, "scsi/scsi_eh_wakeup", wakeup));
        assertEquals(
                List.of("the event scsi/scsi_dispatch_cmd_done of this kernel has no field 'result'"),
                events.problems());
        assertEquals(Map.of("scsi/scsi_eh_wakeup", ""), events.filters());
        assertThrows(FormatProblem.class, () -> EventFormat.parse("x/y", "name: y\n"));
        assertThrows(FormatProblem.class, () -> PageLayout.parse("", ByteOrder.LITTLE_ENDIAN));
        assertNotNull(
                PageLayout.parse(Fixtures.text("captures/sdebug-storm/format/header_page"), ByteOrder.LITTLE_ENDIAN));
    }

    /** Linux 5.10 has no block_rq_error; where there is one, block_rq_complete would tell each failure again. */
    @Test
    void aFailureIsAskedForOnce() throws Exception {
        String error = Fixtures.text("captures/sdebug-storm/format/block.block_rq_error");
        EventFormat complete = EventFormat.parse("block/block_rq_complete", error);
        assertEquals(
                Map.of("block/block_rq_complete", "error != 0"),
                TraceEvents.of(Map.of("block/block_rq_complete", complete)).filters());
        assertEquals(
                Map.of("block/block_rq_error", ""),
                TraceEvents.of(Map.of(
                                "block/block_rq_complete",
                                complete,
                                "block/block_rq_error",
                                EventFormat.parse("block/block_rq_error", error)))
                        .filters());
    }
}

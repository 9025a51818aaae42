// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fmd.plugins.kernel.capture.CaptureTrace;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The stories of the kernel channel reference §12, as the rings of real kernels told them. */
class TraceStoriesTest {
    private static Told of(String capture) {
        return Told.by(Fixtures.path("captures/" + capture));
    }

    /** The lines from the first one that begins so. */
    private static List<String> from(String capture, String begin) {
        List<String> lines = of(capture).lines();
        return lines.stream().dropWhile(line -> !line.startsWith(begin)).toList();
    }

    @TestFactory
    Stream<DynamicTest> readsEveryPageToItsEnd() {
        return Fixtures.folders("captures").stream()
                .filter(CaptureTrace::isIn)
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                    Told told = Told.by(folder);
                    assertEquals(List.of(), told.broken);
                    assertTrue(!told.lines().isEmpty(), "nothing was told");
                }));
    }

    @Test
    void aFailedReadIsToldWithItsSenseAndThenTheBlockLayersVerdict() {
        assertEquals(
                List.of(
                        "done 0:0:0:0 00000002 3/11/00 28 00 00 00 12 30 00 00 10 00",
                        "error 8:0 4656+16 -61",
                        "done 0:0:0:0 00000002 3/11/00 28 00 00 00 12 34 00 00 01 00",
                        "error 8:0 4660+1 -61",
                        "done 0:0:0:0 00000002 3/11/00 28 00 00 00 12 00 00 00 40 00",
                        "error 8:0 4608+64 -61"),
                from("sdebug-media-read", "done 0:0:0:0 00000002 3"));
    }

    /** Before 6.12 the events have no sense. */
    @Test
    void anOlderKernelDoesNotTellTheSense() {
        assertEquals(
                List.of("done 0:0:0:0 00000002 28 00 00 00 12 30 00 00 10 00", "error 8:0 4656+16 -61"),
                from("sdebug-media-read-k61", "done 0:0:0:0 00000002 28").subList(0, 2));
    }

    @Test
    void aWriteThatIsTriedAgainIsRequeuedEachTime() {
        List<String> write = from("md-raid1-member-fails", "done 0:0:0:0 00000002 3/0c");
        assertEquals(5, Collections.frequency(write, "requeue 8:0 8+1"), write::toString);
        // The second one is the rest of the request, which is empty: a flush behind the data.
        assertEquals(List.of("error 8:0 8+1 -5", "error 8:0 8+0 -5"), write.subList(11, 13));
    }

    @Test
    void aDeadDiskTimesOutUntilTheErrorHandlerGivesItUp() {
        List<String> lines = from("sdebug-timeout-offline", "timeout");
        assertEquals(
                List.of(
                        "timeout 0:0:0:0 28 00 00 00 50 00 00 00 08 00",
                        "eh_wakeup 0",
                        "error 8:0 20480+8 -5",
                        "done 0:0:1:0 00000002 6/29/02 28 00 00 00 01 00 00 00 08 00",
                        "requeue 8:16 256+8"),
                lines);
    }

    @Test
    void nvmeTellsEachRetry() {
        List<String> lines = of("nvme-error").lines();
        assertTrue(lines.contains("nvme nvme0n1 281 retries 0"), lines::toString);
    }

    @Test
    void aProbeTellsTheInformationFieldAndTheStatesOfADevice() {
        List<String> lines = of("probe-sense").lines();
        assertTrue(lines.contains("sense 0:0:0:0 3/11/00 information OptionalLong[4660] 0 of 5"), lines::toString);
        assertTrue(lines.contains("state 0:0:0:0 2 to 6"), lines::toString);
        assertTrue(lines.contains("state 0:0:0:0 6 to 2"), lines::toString);
    }

    /** The ring had 8 KiB and was read late; the kernel's own statistics said 2066 and 477. */
    @Test
    void whatTheRingLostIsTheKernelsOwnCount() throws Exception {
        PageLayout layout =
                PageLayout.parse(Fixtures.text("captures/sdebug-storm/format/header_page"), ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, Long> ring : Map.of("cpu0", 2066L, "cpu1", 477L).entrySet()) {
            byte[] raw = Fixtures.bytes("captures/sdebug-storm/trace.raw." + ring.getKey());
            List<Long> missed = new ArrayList<>();
            int[] records = {0};
            PageReader reader = new PageReader(layout, new PageReader.Sink() {
                @Override
                public void record(TraceRecord record) {
                    records[0]++;
                }

                @Override
                public void missed(long nanos, long count) {
                    missed.add(count);
                }
            });
            for (int at = 0; at < raw.length; at += layout.pageSize()) {
                byte[] page = Arrays.copyOfRange(raw, at, at + layout.pageSize());
                assertEquals(null, reader.read(page, page.length));
            }
            assertEquals(List.of(ring.getValue()), missed);
            assertTrue(records[0] > 100, () -> records[0] + " records");
        }
    }
}

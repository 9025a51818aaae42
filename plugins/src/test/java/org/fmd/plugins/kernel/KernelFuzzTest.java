// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fmd.plugins.kernel.assess.TelemetryJoin;
import org.fmd.plugins.kernel.capture.CaptureFolder;
import org.fmd.plugins.kernel.capture.CapturePort;
import org.fmd.plugins.kernel.capture.CaptureTrace;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.trace.EventFormat;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Records of real kernels, damaged and in mixtures that no kernel would give: nothing is thrown, everything is counted, what waits
 * is bounded, and nothing waits for ever.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class KernelFuzzTest {
    private static final int SEEDS = 300;
    private static final int RECORDS = 400;
    private static final List<Source> SOURCES = List.of(Source.values());
    private static final long EPOCH = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    /** A record of a capture as its source gave it. */
    private static final class Kept {
        final Source source;
        final byte[] bytes;

        Kept(Source source, byte[] bytes) {
            this.source = source;
            this.bytes = bytes;
        }
    }

    private static final List<Kept> RECORDED = new ArrayList<>();
    private static final List<Kept> PAGES = new ArrayList<>();
    private static final List<CaptureTrace> TRACES = new ArrayList<>();
    private static final List<Path> FOLDERS = new ArrayList<>();

    @BeforeAll
    static void readCaptures() throws IOException {
        for (Path folder : Fixtures.folders("captures")) {
            FOLDERS.add(folder);
            if (CaptureTrace.isIn(folder)) {
                TRACES.add(CaptureTrace.read(folder));
            }
            try (CapturePort port = CapturePort.fast(CaptureFolder.read(folder))) {
                RawSink keeping = new Keeping();
                while (port.await(OptionalLong.empty(), keeping)) {
                    // until it is empty
                }
            }
        }
        RECORDED.stream().filter(kept -> kept.source == Source.TRACE).forEach(PAGES::add);
        assertTrue(PAGES.size() > 50 && RECORDED.size() > 1000, PAGES.size() + " " + RECORDED.size());
    }

    private static final class Keeping implements RawSink {
        @Override
        public void kmsg(byte[] bytes, int length, Arrival at) {
            RECORDED.add(new Kept(Source.KMSG, Arrays.copyOf(bytes, length)));
        }

        @Override
        public void uevent(byte[] bytes, int length, Arrival at) {
            RECORDED.add(new Kept(Source.UEVENTS, Arrays.copyOf(bytes, length)));
        }

        @Override
        public void tracePage(byte[] bytes, int length, Arrival at, long epochNanos) {
            RECORDED.add(new Kept(Source.TRACE, Arrays.copyOf(bytes, length)));
        }

        @Override
        public void traceBegins(PageLayout layout, TraceEvents events) {}

        @Override
        public void foreign(Arrival at) {}

        @Override
        public void lost(Source source, Arrival at) {}

        @Override
        public void gone(Source source, String why) {}
    }

    @Test
    void nothingThatAKernelMaySayIsThrownAtAnybody() throws Exception {
        long posted = 0;
        Map<String, Long> counts = new HashMap<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                FakeContext context = play(new Random(seed));
                posted += context.posted.size();
                context.counts.forEach((name, n) -> counts.merge(name, n, Long::sum));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(posted > 10 * SEEDS, posted + " ereports: the records were damaged beyond use");
        for (String damaged :
                List.of("kmsg-malformed", "uevents-malformed", "trace-malformed", "kmsg-from-user-space")) {
            assertTrue(counts.getOrDefault(damaged, 0L) > SEEDS / 10, () -> damaged + " of " + counts);
        }
    }

    private static FakeContext play(Random random) throws Exception {
        FakeContext context = new FakeContext().over(Captures.topology(FOLDERS.get(random.nextInt(FOLDERS.size()))));
        boolean idle = random.nextBoolean();
        RecordPipeline pipeline = new RecordPipeline(context, disk -> idle);
        Map<Source, Long> given = new HashMap<>();
        begin(pipeline, random);
        long nanos = EPOCH;
        long epoch = EPOCH - random.nextInt(1_000_000) * 1_000_000_000L;
        int place = random.nextInt(RECORDED.size());
        for (int i = 0; i < RECORDS; i++) {
            nanos += random.nextInt(4) == 0 ? random.nextInt(200_000_000) : random.nextInt(100_000);
            Arrival at = new Arrival(Instant.ofEpochSecond(0, nanos), nanos, random.nextInt(50) == 0);
            // Some in their order, with holes and repetitions, some of another machine.
            place = random.nextInt(10) == 0
                    ? random.nextInt(RECORDED.size())
                    : Math.floorMod(place + random.nextInt(4) - 1, RECORDED.size());
            Kept kept = random.nextInt(5) == 0 ? PAGES.get(random.nextInt(PAGES.size())) : RECORDED.get(place);
            byte[] bytes = random.nextInt(3) == 0 ? damaged(kept.bytes, random) : kept.bytes;
            int length = random.nextInt(20) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            given.merge(kept.source, 1L, Long::sum);
            switch (kept.source) {
                case KMSG -> pipeline.kmsg(bytes, length, at);
                case UEVENTS -> pipeline.uevent(bytes, length, at);
                case TRACE -> pipeline.tracePage(bytes, length, at, epoch);
            }
            disturb(pipeline, random, at);
            if (random.nextInt(3) == 0) {
                context.now = at.tod();
                pipeline.expire(new Arrival(at.tod(), nanos, false));
            }
            assertTrue(pipeline.waiting() <= TelemetryJoin.MAX_WAITING, () -> pipeline.waiting() + " wait");
        }
        assertCounted(context, given);
        long later = nanos + TimeUnit.HOURS.toNanos(1);
        for (int i = 0; i < 3; i++) {
            pipeline.expire(new Arrival(Instant.ofEpochSecond(0, later), later + i * 1_000_000_000L, false));
        }
        assertEquals(OptionalLong.empty(), pipeline.deadline(), "something waits for ever");
        pipeline.finish();
        assertEquals(0, pipeline.waiting());
        return context;
    }

    private static void assertCounted(FakeContext context, Map<Source, Long> given) {
        assertEquals(given.get(Source.KMSG), context.counts.get("kmsg-records"));
        assertEquals(given.get(Source.UEVENTS), context.counts.get("uevents"));
        assertEquals(given.get(Source.TRACE), context.counts.get("trace-pages"));
    }

    /** A trace of some kernel; now and then one whose events have moved fields, or other fields than we know. */
    private static void begin(RecordPipeline pipeline, Random random) throws Exception {
        CaptureTrace trace = TRACES.get(random.nextInt(TRACES.size()));
        TraceEvents events = trace.events();
        if (random.nextInt(4) == 0) {
            Map<String, EventFormat> formats = new HashMap<>();
            for (String event : TraceEvents.known()) {
                formats.put(event, strange(event, random));
            }
            events = TraceEvents.of(formats);
        }
        PageLayout layout = trace.layout();
        if (random.nextInt(8) == 0) {
            layout = new PageLayout(8, random.nextBoolean() ? 4 : 8, 16, 4080, ByteOrder.BIG_ENDIAN);
        }
        pipeline.traceBegins(layout, events);
    }

    /** A format of a kernel to come: numbers, places and sizes are as they like. */
    private static EventFormat strange(String event, Random random) throws Exception {
        StringBuilder text = new StringBuilder("name: x\nID: " + random.nextInt(2000) + "\nformat:\n");
        for (String field : List.of(
                "host_no",
                "host",
                "channel",
                "id",
                "lun",
                "result",
                "cmnd",
                "cdb",
                "sbuf",
                "retries",
                "allowed",
                "scheduler_tag",
                "sense_data",
                "sense_key",
                "asc",
                "ascq",
                "dev",
                "sector",
                "nr_sector",
                "error",
                "old",
                "new",
                "disk",
                "ctrl_id",
                "qid",
                "status")) {
            if (random.nextInt(30) > 0) {
                int size = random.nextInt(4) == 0 ? random.nextInt(99_999) : 1 << random.nextInt(5);
                text.append("\tfield:")
                        .append(random.nextInt(4) == 0 ? "__data_loc u8[] " : "int ")
                        .append(field)
                        .append(";\toffset:")
                        .append(random.nextInt(20) == 0 ? random.nextInt(99_999) : random.nextInt(60))
                        .append(";\tsize:")
                        .append(size)
                        .append(";\tsigned:")
                        .append(random.nextInt(2))
                        .append(";\n");
            }
        }
        return EventFormat.parse(event, text.toString());
    }

    private static void disturb(RecordPipeline pipeline, Random random, Arrival at) throws Exception {
        switch (random.nextInt(200)) {
            case 0 -> pipeline.lost(Source.KMSG, at);
            case 1 -> pipeline.lost(Source.UEVENTS, at);
            case 2 -> pipeline.foreign(at);
            case 3 -> begin(pipeline, random);
            case 4 -> pipeline.gone(SOURCES.get(random.nextInt(SOURCES.size())), "an error of the test");
            default -> {}
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int i = random.nextInt(8); i >= 0 && bytes.length > 0; i--) {
            // The heads of pages and records are worth more than what stands in the middle.
            int at = random.nextInt(random.nextBoolean() ? Math.min(40, bytes.length) : bytes.length);
            int to = Math.min(bytes.length, at + 1 + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\n\0 ,;:[]/\u007f\u00ff0".charAt(random.nextInt(12));
                case 2 -> Arrays.fill(bytes, at, to, (byte) (random.nextBoolean() ? 0 : 0xff));
                default -> System.arraycopy(bytes, random.nextInt(bytes.length - (to - at) + 1), bytes, at, to - at);
            }
        }
        return bytes;
    }
}

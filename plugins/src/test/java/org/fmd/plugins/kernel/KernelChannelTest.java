// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fmd.api.FmdModule;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KernelChannelTest {
    private static FakeContext playing(Path capture, String pace) {
        FakeContext context = new FakeContext();
        context.configured.put("capture", capture.toString());
        context.configured.put("capture-pace", pace);
        return context;
    }

    @Test
    void isFoundAsAModule() {
        assertTrue(ServiceLoader.load(FmdModule.class).stream().anyMatch(p -> p.type() == KernelChannel.class));
    }

    @Test
    void playsACaptureWithItsOwnTimes() throws Exception {
        FakeContext context = playing(Fixtures.path("captures/sdebug-media-read"), "fast");
        context.awaited = new CountDownLatch(3);
        KernelChannel channel = new KernelChannel();
        channel.start(context);
        context.awaited.await();
        channel.stop();
        assertEquals(3, context.posted.size());
        // Mark "act" is 29.684464 s on the kernel's clock and 2026-11-21T04:39:26.788013396Z.
        Instant act = Instant.ofEpochSecond(0, 1795235966788013396L);
        assertTrue(
                context.posted.get(0).tod().isAfter(act),
                () -> "" + context.posted.get(0).tod());
        assertTrue(
                context.posted.get(2).tod().isBefore(act.plusSeconds(6)),
                () -> "" + context.posted.get(2).tod());
    }

    @Test
    void playsACaptureFromNowOnWithItsGaps() throws Exception {
        FakeContext context = playing(Fixtures.path("captures/sdebug-media-read"), "recorded");
        context.awaited = new CountDownLatch(1);
        KernelChannel channel = new KernelChannel();
        channel.start(context);
        context.awaited.await();
        channel.stop();
        // The first record that is no history tells of the first failure, and was read some milliseconds later.
        Duration before = Duration.between(context.posted.get(0).tod(), context.now);
        assertTrue(before.abs().compareTo(Duration.ofMillis(100)) < 0, () -> "" + before);
    }

    @Test
    void stopsWhileItWaitsForTheNextRecord() throws Exception {
        FakeContext context = playing(Fixtures.path("captures/sdebug-timeout-offline"), "recorded");
        KernelChannel channel = new KernelChannel();
        channel.start(context);
        channel.stop();
        channel.stop();
        assertTrue(context.posted.size() <= 1, () -> "" + context.posted);
    }

    @Test
    void saysWhatACaptureLacks(@TempDir Path dir) throws IOException {
        FakeContext context = playing(dir, "fast");
        assertThrows(IOException.class, () -> new KernelChannel().start(context));
        Files.writeString(dir.resolve("meta.json"), "{\"marks\":[]}");
        assertMessage(context, "mark 'act'");
        Files.writeString(dir.resolve("meta.json"), "{\"marks\":[{\"name\":\"act\",\"realtime_ns\":1}]}");
        assertMessage(context, "trace_clock_s");
        Files.writeString(
                dir.resolve("meta.json"),
                "{\"marks\":[{\"name\":\"act\",\"realtime_ns\":1,\"monotonic_ns\":2,\"trace_clock_s\":3.5}]}");
        assertMessage(context, "no kmsg.raw, uevent.bin or live.bin");
        Files.write(dir.resolve("uevent.bin"), new byte[] {1, 2, 3});
        assertMessage(context, "damaged at byte 0");
        Files.write(dir.resolve("uevent.bin"), new byte[0]);
        KernelChannel channel = new KernelChannel();
        channel.start(context);
        channel.stop();
        assertTrue(context.degraded.get(0).contains("kmsg.raw"), () -> "" + context.degraded);
    }

    private static void assertMessage(FakeContext context, String part) {
        IOException e = assertThrows(IOException.class, () -> new KernelChannel().start(context));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void failsWithReasonsWhenThereIsNothingToRead() {
        FakeContext context = new FakeContext();
        context.configured.put("kmsg", "/nonexistent/kmsg");
        context.configured.put("uevents", "false");
        assertMessage(context, "/nonexistent/kmsg");
        context.configured.put("kmsg", "");
        context.configured.put("trace", "/nonexistent/tracing");
        assertMessage(context, "mount -t tracefs tracefs /nonexistent/tracing");
        context.configured.put("trace", "");
        assertMessage(context, "neither kmsg nor uevents nor trace is configured");
    }
}

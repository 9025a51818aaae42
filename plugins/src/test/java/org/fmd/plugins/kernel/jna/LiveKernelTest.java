// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.jna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveKernelTest {
    /** Keeps what comes, as text. */
    private static final class Kept implements RawSink {
        final List<String> kmsg = new ArrayList<>();
        final List<String> uevents = new ArrayList<>();
        final List<Source> gone = new ArrayList<>();

        @Override
        public void kmsg(byte[] bytes, int length, Arrival at) {
            kmsg.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void uevent(byte[] bytes, int length, Arrival at) {
            uevents.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void traceBegins(PageLayout layout, TraceEvents events) {}

        @Override
        public void tracePage(byte[] bytes, int length, Arrival at, long epochNanos) {}

        @Override
        public void foreign(Arrival at) {}

        @Override
        public void lost(Source source, Arrival at) {}

        @Override
        public void gone(Source source, String why) {
            gone.add(source);
        }
    }

    @Test
    void returnsWhenItIsWoken(@TempDir Path dir) throws IOException {
        // A FIFO would do as well; any file that can be opened and sought in shows the ends of things.
        Path file = Files.writeString(dir.resolve("kmsg"), "6,1,2,-;old\n");
        Kept kept = new Kept();
        try (LiveKernel kernel =
                LiveKernel.open(new LiveKernel.Wanted(file.toString(), false, null), InstantSource.system())) {
            kernel.wake();
            assertFalse(kernel.await(OptionalLong.empty(), kept), "a file ends, a kernel log does not");
        }
        assertEquals(List.of(Source.KMSG), kept.gone);
        assertEquals(List.of(), kept.kmsg);
    }

    @Test
    void hearsTheRunningKernel() throws IOException {
        assumeTrue(Boolean.getBoolean("fmd.live"), "needs root and a kernel of one's own: set -Dfmd.live=true");
        Path kmsg = Path.of("/dev/kmsg");
        assumeTrue(Files.isWritable(kmsg), "needs a writable /dev/kmsg");
        Path uevent;
        try (Stream<Path> disks = Files.list(Path.of("/sys/block"))) {
            uevent = disks.map(d -> d.resolve("uevent"))
                    .filter(Files::isWritable)
                    .findFirst()
                    .orElse(null);
        }
        assumeTrue(uevent != null, "needs a block device whose uevent file is writable");
        Kept kept = new Kept();
        try (LiveKernel kernel =
                LiveKernel.open(new LiveKernel.Wanted("/dev/kmsg", true, null), InstantSource.system())) {
            assertTrue(kernel.missing().isEmpty(), () -> "" + kernel.missing());
            Files.writeString(kmsg, "fmd: test of the kernel channel\n", StandardOpenOption.WRITE);
            Files.writeString(uevent, "change", StandardOpenOption.WRITE);
            while (kept.kmsg.stream().noneMatch(r -> r.contains("test of the kernel channel"))
                    || kept.uevents.stream().noneMatch(u -> u.startsWith("change@"))) {
                kernel.await(OptionalLong.empty(), kept);
            }
            kernel.wake();
            kernel.await(OptionalLong.empty(), kept);
            assertTrue(kernel.await(OptionalLong.of(System.nanoTime()), kept));
        }
    }
}

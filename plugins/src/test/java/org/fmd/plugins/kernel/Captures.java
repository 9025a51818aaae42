// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.fmd.api.topo.Topology;
import org.fmd.model.json.Json;
import org.fmd.plugins.kernel.capture.CaptureFolder;
import org.fmd.plugins.kernel.capture.CapturePort;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.fmd.plugins.topo.SysfsTopology;
import org.fmd.plugins.topo.sysfs.CapturedSysfs;

/** Plays captures of the fixtures in the reader's way, without its thread. */
final class Captures {
    private Captures() {}

    static FakeContext play(Path folder) {
        return play(folder, pipeline -> pipeline);
    }

    /** As on a kernel whose trace cannot be read. */
    static FakeContext playWithoutTrace(Path folder) {
        return play(folder, Untraced::new);
    }

    /** Leaves the trace out. */
    private record Untraced(RawSink sink) implements RawSink {
        @Override
        public void kmsg(byte[] bytes, int length, Arrival at) {
            sink.kmsg(bytes, length, at);
        }

        @Override
        public void uevent(byte[] bytes, int length, Arrival at) {
            sink.uevent(bytes, length, at);
        }

        @Override
        public void traceBegins(PageLayout layout, TraceEvents events) {}

        @Override
        public void tracePage(byte[] bytes, int length, Arrival at, long epochNanos) {}

        @Override
        public void foreign(Arrival at) {
            sink.foreign(at);
        }

        @Override
        public void lost(Source source, Arrival at) {
            sink.lost(source, at);
        }

        @Override
        public void gone(Source source, String why) {
            sink.gone(source, why);
        }
    }

    private static FakeContext play(Path folder, UnaryOperator<RawSink> between) {
        FakeContext context = new FakeContext();
        try (CapturePort port = CapturePort.fast(CaptureFolder.read(folder))) {
            context.over(topology(folder));
            RecordPipeline pipeline = new RecordPipeline(context, disk -> false);
            RawSink sink = between.apply(pipeline);
            while (port.await(pipeline.deadline(), sink)) {
                context.now = port.now().tod();
                pipeline.expire(port.now());
            }
            pipeline.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return context;
    }

    /** The hardware as the topology module sees it in the capture. */
    static Topology topology(Path folder) throws IOException {
        return SysfsTopology.of(CapturedSysfs.read(folder.resolve("sysfs.json")), "");
    }

    static Map<String, ?> json(Path file) {
        try {
            return Json.parseObject(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

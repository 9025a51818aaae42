// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fmd.api.topo.Topology;
import org.fmd.model.json.Json;
import org.fmd.plugins.kernel.capture.CaptureFolder;
import org.fmd.plugins.kernel.capture.CapturePort;
import org.fmd.plugins.topo.SysfsTopology;
import org.fmd.plugins.topo.sysfs.CapturedSysfs;

/** Plays captures of the fixtures in the reader's way, without its thread. */
final class Captures {
    private Captures() {}

    static FakeContext play(Path folder) {
        FakeContext context = new FakeContext();
        try (CapturePort port = CapturePort.fast(CaptureFolder.read(folder))) {
            context.over(topology(folder));
            RecordPipeline pipeline = new RecordPipeline(context);
            while (port.await(pipeline.deadline(), pipeline)) {
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

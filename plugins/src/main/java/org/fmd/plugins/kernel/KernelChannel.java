// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fmd.api.EventSource;
import org.fmd.api.ModuleInfo;
import org.fmd.api.PropertySpec;
import org.fmd.api.Settings;
import org.fmd.api.SourceContext;
import org.fmd.plugins.kernel.capture.CaptureFolder;
import org.fmd.plugins.kernel.capture.CapturePort;
import org.fmd.plugins.kernel.jna.LiveKernel;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.text.TextLogPort;
import org.jspecify.annotations.Nullable;

/** The module {@code kernel-channel}: observes the kernel's log and uevents, posts the ereports of SCSI disks. */
public final class KernelChannel implements EventSource {
    static final String NAME = "kernel-channel";
    static final String VERSION = "1.0";

    private @Nullable Reader reader;

    @Override
    public ModuleInfo info() {
        return new ModuleInfo(
                NAME,
                VERSION,
                "errors of SCSI disks from the kernel's log and uevents",
                List.of(
                        PropertySpec.of(
                                "kmsg", PropertySpec.Type.TEXT, "/dev/kmsg", "the kernel's log; empty to leave it out"),
                        PropertySpec.of("uevents", PropertySpec.Type.BOOL, "true", "listen to the kernel's uevents"),
                        PropertySpec.of(
                                "capture",
                                PropertySpec.Type.TEXT,
                                "",
                                "a capture folder to play instead of the live kernel"),
                        PropertySpec.choice(
                                "capture-pace",
                                "play a capture with its gaps and from now on, or without waiting and with its own times",
                                "recorded",
                                "fast")));
    }

    @Override
    public synchronized void start(SourceContext context) throws IOException {
        if (reader != null) {
            throw new IllegalStateException("the kernel channel is running");
        }
        KernelPort port = open(context);
        if (!port.missing().isEmpty()) {
            context.degraded(port.missing().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining("; ")));
        }
        reader = Reader.start(context, port);
    }

    private static KernelPort open(SourceContext context) throws IOException {
        Settings settings = context.settings();
        String capture = settings.text("capture");
        if (capture.isEmpty()) {
            return LiveKernel.open(settings.text("kmsg"), settings.bool("uevents"), context.clock());
        }
        if (Files.isRegularFile(Path.of(capture))) {
            return TextLogPort.open(Path.of(capture), ZoneId.systemDefault());
        }
        CaptureFolder folder = CaptureFolder.read(Path.of(capture));
        return settings.text("capture-pace").equals("fast")
                ? CapturePort.fast(folder)
                : CapturePort.paced(folder, context.clock(), System::nanoTime);
    }

    @Override
    public synchronized void stop() {
        if (reader != null) {
            reader.stop();
            reader = null;
        }
    }
}

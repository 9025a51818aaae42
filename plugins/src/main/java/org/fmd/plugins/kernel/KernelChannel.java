// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fmd.api.EventSource;
import org.fmd.api.ModuleInfo;
import org.fmd.api.PropertySpec;
import org.fmd.api.Settings;
import org.fmd.api.SourceContext;
import org.fmd.api.replay.RecordedInput;
import org.fmd.api.replay.Recording;
import org.fmd.api.replay.ReplayContext;
import org.fmd.api.replay.ReplaySource;
import org.fmd.plugins.kernel.capture.CaptureFolder;
import org.fmd.plugins.kernel.capture.CaptureForm;
import org.fmd.plugins.kernel.capture.CapturePort;
import org.fmd.plugins.kernel.jna.LiveKernel;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.source.RecordedForm;
import org.fmd.plugins.kernel.text.TextLogForm;
import org.fmd.plugins.kernel.text.TextLogPort;
import org.fmd.plugins.kernel.tracefs.TraceInstance;
import org.jspecify.annotations.Nullable;

/** The module {@code kernel-channel}: observes the kernel's trace events, log and uevents, posts the ereports of SCSI disks. */
public final class KernelChannel implements EventSource, ReplaySource {
    static final String NAME = "kernel-channel";
    static final String VERSION = "1.0";

    /** What it reads beside the live kernel, in the order in which an input is tried. */
    private static final List<RecordedForm> FORMS = List.of(new CaptureForm(), new TextLogForm());

    private @Nullable Reader reader;

    @Override
    public ModuleInfo info() {
        return new ModuleInfo(
                NAME,
                VERSION,
                "errors of SCSI disks from the kernel's trace events, log and uevents",
                List.of(
                        PropertySpec.of(
                                "kmsg", PropertySpec.Type.TEXT, "/dev/kmsg", "the kernel's log; empty to leave it out"),
                        PropertySpec.of("uevents", PropertySpec.Type.BOOL, "true", "listen to the kernel's uevents"),
                        PropertySpec.of(
                                "trace",
                                PropertySpec.Type.TEXT,
                                "/sys/kernel/tracing",
                                "where tracefs is mounted; empty to leave trace events out, and with them all retries"),
                        PropertySpec.of(
                                "trace-buffer",
                                PropertySpec.Type.INT,
                                "128",
                                "KiB of trace events that the kernel keeps for each processor until they are read"),
                        PropertySpec.of(
                                "trace-instance",
                                PropertySpec.Type.TEXT,
                                "fmd",
                                "the name of the buffer; another one for each daemon of the host"),
                        PropertySpec.choice(
                                "sense-probe",
                                "ask for the sense of each attempt by a probe event: where the kernel's own events tell"
                                        + " none, never, or always, which tells the bad block as well",
                                "auto",
                                "off",
                                "on"),
                        PropertySpec.of(
                                "fm-capable",
                                PropertySpec.Type.TEXT,
                                "",
                                "rules by which ereports of devices are switched off: 'driver=usb-storage off; all on'"),
                        PropertySpec.choice(
                                "fm-scsi-log", "write what the disk driver saw to the log", "off", "fatal", "all"),
                        PropertySpec.of(
                                "capture",
                                PropertySpec.Type.TEXT,
                                "",
                                "a capture folder, or a kernel log as text, to play instead of the live kernel"),
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
        Reductions reductions = new Reductions(context);
        if (!port.missing().isEmpty()) {
            reductions.add(port.missing().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining("; ")));
        }
        reader = Reader.start(context, port, reductions);
    }

    private static KernelPort open(SourceContext context) throws IOException {
        Settings settings = context.settings();
        String capture = settings.text("capture");
        if (capture.isEmpty()) {
            LiveKernel.Wanted wanted =
                    new LiveKernel.Wanted(settings.text("kmsg"), settings.bool("uevents"), tracing(settings));
            return LiveKernel.open(wanted, context.clock());
        }
        if (Files.isRegularFile(Path.of(capture))) {
            return TextLogPort.open(Path.of(capture), ZoneId.systemDefault());
        }
        CaptureFolder folder = CaptureFolder.read(Path.of(capture));
        return settings.text("capture-pace").equals("fast")
                ? CapturePort.fast(folder)
                : CapturePort.paced(folder, context.clock(), System::nanoTime);
    }

    private static TraceInstance.@Nullable Settings tracing(Settings settings) {
        String tracefs = settings.text("trace");
        if (tracefs.isEmpty()) {
            return null;
        }
        return new TraceInstance.Settings(
                Path.of(tracefs),
                settings.text("trace-instance"),
                (int) Math.max(8, Math.min(1 << 20, settings.integer("trace-buffer"))),
                TraceInstance.Probe.valueOf(settings.text("sense-probe").toUpperCase(Locale.ROOT)),
                Path.of("/sys/kernel/btf"));
    }

    @Override
    public Optional<Recording> open(RecordedInput input, ReplayContext context) throws IOException {
        for (RecordedForm form : FORMS) {
            Optional<KernelPort> port = form.open(input, (problem, line) -> context.unreadable(line, problem));
            if (port.isPresent()) {
                return Optional.of(new KernelRecording(form.name(), port.get(), context));
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized void stop() {
        if (reader != null) {
            reader.stop();
            reader = null;
        }
    }
}

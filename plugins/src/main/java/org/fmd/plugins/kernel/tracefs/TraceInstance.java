// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.tracefs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fmd.plugins.kernel.trace.EventFormat;
import org.fmd.plugins.kernel.trace.FormatProblem;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of trace events that is ours alone: a folder below {@code instances} of tracefs, with filters and switches of its own
 * (kernel channel reference §2.1). Enabling events in it disturbs nobody else's tracing.
 *
 * <p>A daemon that was killed leaves it behind; then it is switched off, and taken over.
 */
public final class TraceInstance implements Closeable {
    private static final Pattern NOW = Pattern.compile("now ts:\\s*(\\d{1,12})\\.(\\d{6})");
    private static final Pattern CPU = Pattern.compile("cpu(\\d{1,6})");

    /** When to ask for sense by a probe of our own. */
    public enum Probe {
        /** Where the kernel's own events tell none. */
        AUTO,
        /** Always: the probe tells the bad block as well. */
        ON,
        OFF
    }

    /**
     * How to trace.
     *
     * @param tracefs where tracefs is mounted
     * @param name of the instance
     * @param bufferKib KiB for each processor
     * @param probe when to ask for sense
     * @param btf the folder with the type information of the kernel, which the probe needs
     */
    public record Settings(Path tracefs, String name, int bufferKib, Probe probe, Path btf) {}

    private static final int MAX_FILE = 32 << 10;
    private static final String DONE = "scsi/scsi_dispatch_cmd_done";

    private final Settings settings;
    private final Path tracefs;
    private final Path folder;
    private final boolean leftOver;
    private final Set<String> enabled = new HashSet<>();
    private final Map<String, String> problems = new HashMap<>();

    private TraceInstance(Settings settings, Path folder, boolean leftOver) {
        this.settings = settings;
        this.tracefs = settings.tracefs;
        this.folder = folder;
        this.leftOver = leftOver;
    }

    /**
     * Makes the instance, or takes one over, with all events off.
     *
     * @throws IOException if it cannot be had; the message names the remedy
     */
    public static TraceInstance open(Settings settings) throws IOException {
        Path tracefs = settings.tracefs;
        Path folder = tracefs.resolve("instances").resolve(settings.name);
        boolean leftOver = false;
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            leftOver = true;
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "no '" + tracefs.resolve("instances") + "': mount tracefs there (mount -t tracefs tracefs "
                            + tracefs + ")",
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "cannot make '" + folder + "': " + reason(e)
                            + "; the daemon must be root, and the kernel not locked down for confidentiality",
                    e);
        }
        TraceInstance instance = new TraceInstance(settings, folder, leftOver);
        instance.write("events/enable", "0");
        instance.write("buffer_size_kb", Integer.toString(settings.bufferKib));
        // With this clock a time stamp is that of the kernel's log.
        instance.write("trace_clock", "perf");
        // Else poll(2) sleeps until the buffer is half full.
        if (Files.exists(folder.resolve("buffer_percent"))) {
            instance.write("buffer_percent", "0");
        }
        instance.write("tracing_on", "1");
        return instance;
    }

    /** Whether it was there before, and may hold what somebody else has wanted. */
    public boolean isLeftOver() {
        return leftOver;
    }

    /**
     * Reads how its pages are laid out.
     *
     * @throws IOException if the kernel has a layout that cannot be read
     */
    public PageLayout layout() throws IOException {
        try {
            return PageLayout.parse(read(tracefs.resolve("events/header_page")), ByteOrder.nativeOrder());
        } catch (FormatProblem e) {
            throw new IOException("'" + tracefs.resolve("events/header_page") + "': " + e.getMessage(), e);
        }
    }

    /** Returns the buffers of all possible processors. */
    public List<Path> pipes() throws IOException {
        List<Path> pipes = new ArrayList<>();
        try (Stream<Path> processors = Files.list(folder.resolve("per_cpu"))) {
            processors
                    .filter(p -> CPU.matcher(String.valueOf(p.getFileName())).matches())
                    .sorted()
                    .forEach(p -> pipes.add(p.resolve("trace_pipe_raw")));
        }
        return pipes;
    }

    /**
     * Enables the events that the kernel has by now, each with its filter first.
     *
     * @return what can be read, with everything that was enabled before; events of a module appear when it is loaded
     */
    public TraceEvents enable() {
        Map<String, EventFormat> formats = new HashMap<>();
        readFormat(DONE, formats);
        if (wantsProbe(formats.get(DONE))) {
            try {
                SenseProbe.define(tracefs, settings.btf);
                problems.remove(SenseProbe.EVENT);
            } catch (IOException e) {
                problems.put(SenseProbe.EVENT, "no probe event for sense: " + reason(e));
            }
        }
        for (String event : TraceEvents.known()) {
            readFormat(event, formats);
        }
        TraceEvents events = TraceEvents.of(formats);
        events.filters().forEach((event, filter) -> {
            if (!enabled.contains(event)) {
                enable(event, filter);
            }
        });
        return events;
    }

    private void readFormat(String event, Map<String, EventFormat> formats) {
        Path file = folder.resolve("events").resolve(event).resolve("format");
        try {
            formats.put(event, EventFormat.parse(event, read(file)));
        } catch (NoSuchFileException e) {
            enabled.remove(event); // its module is not loaded, or the kernel does not have it
        } catch (IOException e) {
            problems.put(event, "cannot read '" + file + "': " + reason(e));
        } catch (FormatProblem e) {
            problems.put(event, String.valueOf(e.getMessage()));
        }
    }

    private boolean wantsProbe(@Nullable EventFormat done) {
        if (done == null || settings.probe == Probe.OFF) {
            return false;
        }
        boolean tellsSense =
                done.fields().containsKey("sense_key") || done.fields().containsKey("sense_data");
        return settings.probe == Probe.ON || !tellsSense;
    }

    /** An event that cannot be filtered stays off: unfiltered it would tell of each command. */
    private void enable(String event, String filter) {
        try {
            write("events/" + event + "/filter", filter.isEmpty() ? "0" : filter);
            write("events/" + event + "/enable", "1");
            enabled.add(event);
            problems.remove(event);
        } catch (IOException e) {
            problems.put(event, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the events that are enabled. */
    public Set<String> enabled() {
        return Set.copyOf(enabled);
    }

    /** Returns why events that the kernel has are not enabled, by event. */
    public Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    /**
     * Returns what the wall clock said when the trace clock said 0, in nanoseconds since 1970; good for some minutes, as the
     * clocks drift apart.
     *
     * @param clock tells the wall clock
     */
    public long epochNanos(InstantSource clock) throws IOException {
        String stats = read(folder.resolve("per_cpu/cpu0/stats"));
        Instant wall = clock.instant();
        Matcher now = NOW.matcher(stats);
        if (!now.find()) {
            throw new IOException("'" + folder.resolve("per_cpu/cpu0/stats") + "' tells no time");
        }
        long trace = Long.parseLong(now.group(1)) * 1_000_000_000L + Long.parseLong(now.group(2)) * 1000;
        return wall.getEpochSecond() * 1_000_000_000L + wall.getNano() - trace;
    }

    private void write(String file, String value) throws IOException {
        Path path = folder.resolve(file);
        try {
            Files.write(path, value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("cannot write '" + value + "' to '" + path + "': " + reason(e), e);
        }
    }

    /** In large pieces: {@code header_page} gives all in the first read, however small, and then nothing. */
    private static String read(Path file) throws IOException {
        byte[] piece = new byte[MAX_FILE];
        int length = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(piece); n > 0; n = in.read(piece, length, piece.length - length)) {
                length += n;
            }
        }
        return new String(piece, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** Removes the instance; the pipes must be closed before. */
    @Override
    public void close() throws IOException {
        write("events/enable", "0");
        Files.delete(folder);
        SenseProbe.remove(tracefs);
    }
}

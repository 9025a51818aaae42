// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.fmd.plugins.kernel.kmsg.KmsgRecord;
import org.fmd.plugins.kernel.source.Source;
import org.jspecify.annotations.Nullable;

/** The records of a capture in order of time. Immutable. */
public final class CaptureFolder {
    private static final long MAX_BYTES = 256L << 20;
    private static final int MAX_DATAGRAM = 1 << 20;

    /** One record; the array is never changed. */
    static final class Entry {
        final Source source;
        final byte[] bytes;
        /** Nanoseconds since the epoch. */
        final long wallNanos;

        final boolean history;

        Entry(Source source, byte[] bytes, long wallNanos, boolean history) {
            this.source = source;
            this.bytes = bytes;
            this.wallNanos = wallNanos;
            this.history = history;
        }
    }

    /** A moment in the three clocks of a capture: nanoseconds since the epoch, monotonic nanoseconds, microseconds of the kernel's log. */
    private record Mark(long wallNanos, long monotonicNanos, long kernelMicros) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Source, String> missing = new EnumMap<>(Source.class);
    private final Mark act;
    private final @Nullable CaptureTrace trace;

    private CaptureFolder(Mark act, @Nullable CaptureTrace trace) {
        this.act = act;
        this.trace = trace;
    }

    /**
     * Reads a capture. A missing record file is noted in {@link #missing}.
     *
     * @throws IOException if there is no readable {@code meta.json} with a mark {@code act}, or no record file
     */
    public static CaptureFolder read(Path folder) throws IOException {
        Mark act = readAct(folder.resolve("meta.json"));
        CaptureTrace trace = CaptureTrace.isIn(folder) ? CaptureTrace.read(folder) : null;
        CaptureFolder capture = new CaptureFolder(act, trace);
        Path kmsg = folder.resolve("kmsg.raw");
        Path uevents = folder.resolve("uevent.bin");
        if (Files.exists(kmsg)) {
            capture.addKmsg(bounded(kmsg));
        } else {
            capture.missing.put(Source.KMSG, "no file '" + kmsg + "'");
        }
        if (Files.exists(uevents)) {
            capture.addUevents(bounded(uevents));
        } else {
            capture.missing.put(Source.UEVENTS, "no file '" + uevents + "'");
        }
        if (trace == null) {
            capture.missing.put(Source.TRACE, "no file '" + folder.resolve("live.bin") + "' with a folder 'format'");
        } else {
            trace.pages().forEach(capture::addPage);
        }
        if (capture.missing.size() == Source.values().length) {
            throw new IOException("'" + folder + "' is no capture: it has no kmsg.raw, uevent.bin or live.bin");
        }
        capture.entries.sort(Comparator.comparingLong(e -> e.wallNanos));
        return capture;
    }

    private static byte[] bounded(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("'" + file + "' is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        return Files.readAllBytes(file);
    }

    private static Mark readAct(Path meta) throws IOException {
        Map<String, @Nullable Object> top;
        try {
            top = Json.parseObject(bounded(meta));
        } catch (JsonProblem e) {
            throw new IOException("'" + meta + "' is no JSON: " + e.getMessage(), e);
        }
        if (top.get("marks") instanceof List<?> marks) {
            for (Object mark : marks) {
                if (mark instanceof Map<?, ?> fields && "act".equals(fields.get("name"))) {
                    return markOf(fields, meta);
                }
            }
        }
        throw new IOException("'" + meta + "' has no mark 'act': what to conclude from is not known");
    }

    private static Mark markOf(Map<?, ?> fields, Path meta) throws IOException {
        if (fields.get("realtime_ns") instanceof Number wall
                && fields.get("monotonic_ns") instanceof Number monotonic
                && fields.get("trace_clock_s") instanceof Number seconds) {
            return new Mark(wall.longValue(), monotonic.longValue(), Math.round(seconds.doubleValue() * 1e6));
        }
        throw new IOException(
                "'" + meta + "': mark 'act' needs the numbers realtime_ns, monotonic_ns and trace_clock_s");
    }

    /** A record ends before the first line after it that does not start with a blank. */
    private void addKmsg(byte[] all) {
        int from = 0;
        long micros = 0;
        while (from < all.length) {
            int to = from;
            do {
                while (to < all.length && all[to] != '\n') {
                    to++;
                }
                to = Math.min(all.length, to + 1);
            } while (to < all.length && all[to] == ' ');
            byte[] bytes = Arrays.copyOfRange(all, from, to);
            // One that is malformed stands beside its neighbour.
            micros = KmsgRecord.parse(bytes, bytes.length) instanceof KmsgRecord record ? record.micros() : micros;
            long since = micros - act.kernelMicros();
            entries.add(new Entry(Source.KMSG, bytes, act.wallNanos() + since * 1000, since < 0));
            from = to;
        }
    }

    private void addUevents(byte[] all) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() > 0) {
            int at = in.position();
            int length = in.remaining() < 12 ? -1 : in.getInt();
            if (length < 0 || length > MAX_DATAGRAM || length > in.remaining() - 8) {
                throw new IOException("uevent.bin is damaged at byte " + at);
            }
            long since = in.getLong() - act.monotonicNanos();
            byte[] bytes = new byte[length];
            in.get(bytes);
            entries.add(new Entry(Source.UEVENTS, bytes, act.wallNanos() + since, since < 0));
        }
    }

    private void addPage(CaptureTrace.Page page) {
        long since = page.monotonicNanos() - act.monotonicNanos();
        entries.add(new Entry(Source.TRACE, page.bytes(), act.wallNanos() + since, since < 0));
    }

    /** Returns the trace, null if there is none. */
    @Nullable
    CaptureTrace trace() {
        return trace;
    }

    /** Returns what the wall clock said when the clock of the trace, which is that of the log, said 0. */
    long epochNanos() {
        return act.wallNanos() - act.kernelMicros() * 1000;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    Map<Source, String> missing() {
        return Map.copyOf(missing);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.plugins.kernel.trace.EventFormat;
import org.fmd.plugins.kernel.trace.FormatProblem;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;

/**
 * The trace of a capture: {@code live.bin}, the pages as a filtered instance gave them, and the folder {@code format}.
 *
 * @param layout of its pages
 * @param events that can be read in them
 * @param pages in the order in which they were read
 */
public record CaptureTrace(PageLayout layout, TraceEvents events, List<Page> pages) {
    private static final int MAX_PAGE = 1 << 20;
    private static final int HEAD = 16;

    /** One page. */
    public static final class Page {
        private final byte[] bytes;
        private final long monotonicNanos;
        private final int cpu;

        Page(byte[] bytes, long monotonicNanos, int cpu) {
            this.bytes = bytes;
            this.monotonicNanos = monotonicNanos;
            this.cpu = cpu;
        }

        /** Returns head and data; not to be changed. */
        public byte[] bytes() {
            return bytes;
        }

        /** Returns when it was read, by the monotonic clock of the recording. */
        long monotonicNanos() {
            return monotonicNanos;
        }

        /** Returns whose buffer it is of. */
        int cpu() {
            return cpu;
        }
    }

    public CaptureTrace {
        pages = List.copyOf(pages);
    }

    /** Whether a folder has a trace. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve("live.bin")) && Files.exists(folder.resolve("format/header_page"));
    }

    /**
     * Reads the trace of a capture; all captures come from machines that put the lowest byte first.
     *
     * @throws IOException if it cannot be read, or is damaged; the message names file and place
     */
    public static CaptureTrace read(Path folder) throws IOException {
        Path formats = folder.resolve("format");
        try {
            PageLayout layout = PageLayout.parse(text(formats.resolve("header_page")), ByteOrder.LITTLE_ENDIAN);
            Map<String, EventFormat> known = new HashMap<>();
            for (String event : TraceEvents.known()) {
                Path file = formats.resolve(event.replace('/', '.'));
                if (Files.exists(file)) {
                    known.put(event, EventFormat.parse(event, text(file)));
                }
            }
            return new CaptureTrace(layout, TraceEvents.of(known), pages(folder.resolve("live.bin")));
        } catch (FormatProblem e) {
            throw new IOException("'" + formats + "': " + e.getMessage(), e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static List<Page> pages(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Page> pages = new ArrayList<>();
        while (in.hasRemaining()) {
            int at = in.position();
            int length = in.remaining() < HEAD ? -1 : in.getInt();
            if (length < 0 || length > MAX_PAGE || length > in.remaining() - (HEAD - Integer.BYTES)) {
                throw new IOException("'" + file + "' is damaged at byte " + at);
            }
            long nanos = in.getLong();
            int cpu = in.getInt();
            byte[] bytes = new byte[length];
            in.get(bytes);
            pages.add(new Page(bytes, nanos, cpu));
        }
        return pages;
    }
}

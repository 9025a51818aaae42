// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.fmd.model.event.Ereport;
import org.jspecify.annotations.Nullable;

/**
 * Reads ereports from lines of plain JSON, one object a line, as {@code fmdump -e -j} prints them; compressed by gzip or not.
 *
 * <p>The form has no types, so a whole number comes back as uint64, a negative one as int64; a text that is such a number
 * beyond 2^53, and a hexadecimal one under the name of an identity, are numbers again. {@code __tod} tells the time, where
 * there is none {@code time} does; {@code ref} is passed over. Empty lines do not count for anything but the number of the
 * line. A line that cannot be read is told and does not end the reading.
 *
 * <p>A line of the usual form is read by {@link LineScanner}, everything else, and all that is wrong, by {@link PlainEreport}.
 * Memory is bounded whatever comes: a line longer than 16 MiB is not kept.
 */
public final class EreportLines implements Closeable {
    /** What a line is. */
    public enum Kind {
        /** {@link #ereport} has it. */
        EREPORT,
        /** An event of another family, for instance {@code list.repaired}; {@link #members} has it. */
        OTHER,
        /** {@link #problem} says why. */
        UNREADABLE,
        /** There is no line any more. */
        END
    }

    private static final int LONGEST = 16 << 20;
    private static final int CHUNK = 1 << 16;
    /** So many bytes behind the last one may be looked at. */
    static final int PADDING = 16;

    private final InputStream in;
    private final LineScanner scanner = new LineScanner();
    private byte[] buffer = new byte[4 * CHUNK];
    private int from;
    private int limit;
    /** Behind the last line feed that the buffer holds: a line that begins before it is there as a whole. */
    private int complete;

    private boolean ended;
    private long line;
    private long bytes;
    private @Nullable Ereport ereport;
    private @Nullable Map<String, @Nullable Object> members;
    private String problem = "";

    /**
     * Reads the lines of a stream, which is closed with this.
     *
     * @throws IOException if the stream cannot be read at all
     */
    public EreportLines(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, 2);
        byte[] magic = peeked.readNBytes(2);
        peeked.unread(magic);
        boolean zipped = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        this.in = zipped ? new GZIPInputStream(peeked, 1 << 16) : peeked;
    }

    /** Goes on to the next line that holds something; what the line before held is gone. */
    public Kind next() throws IOException {
        ereport = null;
        members = null;
        problem = "";
        while (from < complete || more()) {
            line++;
            Ereport scanned = scanner.scan(buffer, from);
            if (scanned != null) {
                from = scanner.next();
                ereport = scanned;
                return Kind.EREPORT;
            }
            int start = from;
            int end = lineFeed(start);
            from = end + 1;
            if (end - start > LONGEST) {
                problem = "the line has more than " + LONGEST + " bytes";
                return Kind.UNREADABLE;
            }
            if (!blank(start, end)) {
                return slowly(start, end);
            }
        }
        return problem.isEmpty() ? Kind.END : Kind.UNREADABLE;
    }

    private int lineFeed(int start) {
        int end = start;
        while (buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private Kind slowly(int start, int end) {
        try {
            PlainEreport read = PlainEreport.read(buffer, start, end - start);
            ereport = read.ereport();
            members = read.members();
            return ereport == null ? Kind.OTHER : Kind.EREPORT;
        } catch (JsonProblem e) {
            problem = String.valueOf(e.getMessage());
            return Kind.UNREADABLE;
        }
    }

    private boolean blank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Reads until a whole line is there; false if there is none any more, or the stream breaks off, of which the problem tells. */
    private boolean more() throws IOException {
        int searched = from;
        while (!ended) {
            // Too long to be kept: of what was read only the fact that it is too much stays.
            limit = Math.min(limit, from + LONGEST + 1);
            searched = limit - from;
            if (!fill()) {
                return false;
            }
            for (int i = limit - 1; i >= searched; i--) {
                if (buffer[i] == '\n') {
                    complete = i + 1;
                    return true;
                }
            }
        }
        // The end of a last line without a line feed looks like one.
        complete = from < limit ? limit + 1 : 0;
        return from < complete;
    }

    /** Brings those that wait to the front of the buffer and more behind them; false if the stream is broken, of which {@link #problem} tells. */
    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, limit - from);
        }
        limit -= from;
        from = 0;
        complete = 0;
        if (limit + PADDING + CHUNK > buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count;
        try {
            count = in.read(buffer, limit, buffer.length - PADDING - limit);
        } catch (EOFException | ZipException e) {
            ended = true;
            limit = from;
            line++;
            problem = "the compressed file is damaged here: " + e.getMessage();
            return false;
        }
        if (count < 0) {
            ended = true;
        } else {
            limit += count;
            bytes += count;
        }
        Arrays.fill(buffer, limit, limit + PADDING, (byte) '\n');
        return true;
    }

    /** Returns the number of the line, from 1. */
    public long line() {
        return line;
    }

    /** Returns how many bytes were read so far, after they were unpacked. */
    public long bytes() {
        return bytes;
    }

    /** Returns what the line holds; throws {@link IllegalStateException} if that is no ereport. */
    public Ereport ereport() {
        if (ereport == null) {
            throw new IllegalStateException("line " + line + " holds no ereport");
        }
        return ereport;
    }

    /** Returns the members of an event of another family; throws {@link IllegalStateException} if the line holds none. */
    public Map<String, @Nullable Object> members() {
        if (members == null) {
            throw new IllegalStateException("line " + line + " holds no other event");
        }
        return members;
    }

    /** Returns why the line cannot be read; empty if it can be. */
    public String problem() {
        return problem;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

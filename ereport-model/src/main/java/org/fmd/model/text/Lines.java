// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, compressed by gzip or not, each at most 4 MiB: of a longer one the rest is passed over. */
final class Lines implements Closeable {
    static final int LONGEST = 4 << 20;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private byte[] line = new byte[1 << 12];
    private int at;
    private int limit;
    private long number;
    private boolean cut;
    private @Nullable String broken;

    Lines(InputStream in) throws IOException {
        BufferedInputStream peeked = new BufferedInputStream(in, 1 << 16);
        peeked.mark(2);
        int first = peeked.read();
        int second = peeked.read();
        peeked.reset();
        boolean zipped = first == 0x1f && second == 0x8b;
        this.in = zipped ? new GZIPInputStream(peeked, 1 << 16) : peeked;
    }

    /** Returns the next line without its end, null if there is none. */
    @Nullable
    String next() throws IOException {
        int length = 0;
        boolean any = false;
        cut = false;
        while (at < limit || fill()) {
            any = true;
            byte b = buffer[at++];
            if (b == '\n') {
                break;
            }
            if (length == LONGEST) {
                cut = true;
                continue;
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = b;
        }
        if (!any) {
            return null;
        }
        number++;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    private boolean fill() throws IOException {
        if (broken != null) {
            return false;
        }
        try {
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
        } catch (EOFException | ZipException e) {
            broken = "the compressed text is damaged here: " + e.getMessage();
            limit = 0;
        }
        at = 0;
        return limit > 0;
    }

    /** Returns the number of the line that {@link #next} gave, from 1. */
    long number() {
        return number;
    }

    /** Whether that line was longer than can be kept. */
    boolean wasCut() {
        return cut;
    }

    /** Returns why the stream ended before its end; null if it did not. */
    @Nullable
    String broken() {
        return broken;
    }

    @Override
    public void close() throws IOException {
        buffer = new byte[0];
        in.close();
    }
}

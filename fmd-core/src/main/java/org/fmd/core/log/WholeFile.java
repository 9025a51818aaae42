// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/** Replaces a file as a whole: after a crash it is the old one or the new one. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes the bytes one after the other; they are durable when this returns.
     *
     * @throws IOException if that is not possible; the old file stays
     */
    public static void write(LogFiles files, String name, byte[]... parts) throws IOException {
        write(files, name, List.of(parts).iterator());
    }

    /**
     * Writes the parts as they are made, so that they need never be in memory together.
     *
     * @throws IOException if that is not possible; the old file stays
     */
    public static void write(LogFiles files, String name, Iterator<byte[]> parts) throws IOException {
        String fresh = name + "+";
        try (LogFile file = files.open(fresh, LogFiles.Mode.CREATE)) {
            long at = 0;
            while (parts.hasNext()) {
                ByteBuffer bytes = ByteBuffer.wrap(parts.next());
                while (bytes.hasRemaining()) {
                    int count = file.write(bytes, at);
                    if (count <= 0) {
                        throw new IOException("the system took none of " + bytes.remaining() + " bytes");
                    }
                    at += count;
                }
            }
            file.force();
        }
        files.rename(fresh, name);
        files.forceNames();
    }

    /**
     * Reads all of a file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static byte[] read(LogFiles files, String name) throws IOException {
        try (LogFile file = files.open(name, LogFiles.Mode.READ)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream((int) Math.min(file.size(), 1 << 28));
            ByteBuffer chunk = ByteBuffer.allocate(64 << 10);
            long at = 0;
            for (int count = file.read(chunk, at); count > 0; count = file.read(chunk.clear(), at)) {
                all.write(chunk.array(), 0, count);
                at += count;
            }
            return all.toByteArray();
        }
    }
}

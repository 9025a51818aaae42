// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * {@link LogFile} for reading alone. Not on a channel: a command opens hundreds of files, and before anything is compiled that
 * takes ten times as long; and an interrupt does not close it.
 */
final class PlainLogFile implements LogFile {

    private static final int COPY = 64 << 10;

    private final RandomAccessFile file;

    PlainLogFile(Path path) throws IOException {
        try {
            file = new RandomAccessFile(path.toString(), "r");
        } catch (FileNotFoundException e) {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(path.toString());
            }
            throw Files.isReadable(path) ? e : new AccessDeniedException(path.toString());
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("negative position " + position);
        }
        if (!into.hasRemaining()) {
            return 0;
        }
        file.seek(position);
        if (into.hasArray()) {
            int got = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
            into.position(into.position() + Math.max(0, got));
            return got;
        }
        byte[] bytes = new byte[Math.min(COPY, into.remaining())];
        int got = file.read(bytes, 0, bytes.length);
        if (got > 0) {
            into.put(bytes, 0, got);
        }
        return got;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        throw new IOException("the file is open for reading alone");
    }

    @Override
    public void force() throws IOException {
        throw new IOException("the file is open for reading alone");
    }

    @Override
    public void truncate(long length) throws IOException {
        throw new IOException("the file is open for reading alone");
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

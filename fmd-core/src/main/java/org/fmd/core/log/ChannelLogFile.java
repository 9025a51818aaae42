// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link LogFile} on a {@link FileChannel}.
 *
 * <p>An interrupt closes a file channel under the thread which uses it. A log must outlive that, so the file is opened anew,
 * the operation (all are positional and may be repeated) is done again, and the thread keeps its interrupt status.
 */
final class ChannelLogFile implements LogFile {

    /** One positional operation on whatever channel is open. */
    private interface Operation {
        long on(FileChannel channel) throws IOException;
    }

    private final Path path;
    private final boolean writable;
    private final @Nullable Object identity;
    private FileChannel channel;
    private boolean closed;

    ChannelLogFile(Path path, LogFiles.Mode mode) throws IOException {
        this.path = path;
        this.writable = mode != LogFiles.Mode.READ;
        this.channel = FileChannel.open(path, options(mode));
        this.identity = keyOf(path);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int mark = into.position();
        return (int) uninterrupted(ch -> {
            into.position(mark);
            return ch.read(into, position);
        });
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        int mark = from.position();
        return (int) uninterrupted(ch -> {
            from.position(mark);
            return ch.write(from, position);
        });
    }

    @Override
    public void force() throws IOException {
        uninterrupted(ch -> {
            ch.force(false); // the length counts as content: fdatasync(2) writes what is needed to read the data back
            return 0;
        });
    }

    @Override
    public void truncate(long length) throws IOException {
        uninterrupted(ch -> {
            ch.truncate(length);
            return 0;
        });
    }

    @Override
    public long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }

    private long uninterrupted(Operation operation) throws IOException {
        boolean interrupted = Thread.interrupted(); // set beforehand, it would close the channel for nothing
        try {
            while (true) {
                if (closed) {
                    throw new ClosedChannelException();
                }
                try {
                    return operation.on(channel);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    channel = reopen();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Opens the same file again, under whatever name rotation has given it meanwhile. */
    private FileChannel reopen() throws IOException {
        OpenOption[] options = options(writable ? LogFiles.Mode.WRITE : LogFiles.Mode.READ);
        if (isSame(path)) {
            return FileChannel.open(path, options);
        }
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(path.toAbsolutePath().getParent(), this::isSame)) {
            for (Path sibling : siblings) {
                return FileChannel.open(sibling, options);
            }
        }
        throw new NoSuchFileException(path.toString(), null, "gone while a thread that used it was interrupted");
    }

    private boolean isSame(Path candidate) {
        try {
            return Objects.equals(identity, keyOf(candidate));
        } catch (IOException e) {
            return false;
        }
    }

    /** Device and inode, as the file system sees a file. */
    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static OpenOption[] options(LogFiles.Mode mode) {
        return switch (mode) {
            case READ -> new OpenOption[] {StandardOpenOption.READ};
            case WRITE -> new OpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE};
            case CREATE ->
                new OpenOption[] {
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING
                };
        };
    }
}

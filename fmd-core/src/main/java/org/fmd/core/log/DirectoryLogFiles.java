// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link LogFiles} in a directory of the file system. */
final class DirectoryLogFiles implements LogFiles {

    private final Path directory;
    private @Nullable FileStore store;

    DirectoryLogFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public String path(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public List<String> names() throws IOException {
        String[] found = directory.toFile().list(); // not a stream, which asks the system about each file
        if (found != null) {
            return List.of(found);
        }
        try (DirectoryStream<Path> refused = Files.newDirectoryStream(directory)) {
            throw new IOException("'" + directory + "' cannot be listed, " + refused);
        }
    }

    @Override
    public LogFile open(String name, Mode mode) throws IOException {
        Path path = directory.resolve(name);
        return mode == Mode.READ ? new PlainLogFile(path) : new ChannelLogFile(path, mode);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(directory.resolve(name));
    }

    @Override
    public void forceNames() throws IOException {
        try (FileChannel self = FileChannel.open(directory, StandardOpenOption.READ)) {
            self.force(true);
        }
    }

    @Override
    public long usableSpace() {
        try {
            FileStore known = store;
            if (known == null) {
                known = Files.getFileStore(directory); // reads the mount table, so once is enough
                store = known;
            }
            return known.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}

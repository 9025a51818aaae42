// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One directory of log files: the seam between the event log and the operating system. Names are plain file names, without
 * a separator. {@link #in} gives the real directory; tests and the crash simulator bring a directory in memory which can
 * refuse, cut and forget.
 */
public interface LogFiles {

    /** How a file is opened. */
    enum Mode {
        /** An existing file, for reading alone. */
        READ,
        /** An existing file, for reading and writing. */
        WRITE,
        /** A file for reading and writing, created or emptied. */
        CREATE
    }

    /** The path of a name, for messages. */
    String path(String name);

    /** The names of what is here, in no particular order; not all of it need be files. */
    List<String> names() throws IOException;

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException when it does not exist and the mode does not create it
     */
    LogFile open(String name, Mode mode) throws IOException;

    /** Renames in one step; a file which has the new name is replaced. Durable after {@link #forceNames}. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file. Durable after {@link #forceNames}. */
    void delete(String name) throws IOException;

    /** Makes creations, renames and deletions done so far durable. */
    void forceNames() throws IOException;

    /** Bytes which may still be written here, {@link Long#MAX_VALUE} when the system does not say. */
    long usableSpace();

    /** The files of a real directory, which must exist when a method is called. */
    static LogFiles in(Path directory) {
        return new DirectoryLogFiles(directory);
    }
}

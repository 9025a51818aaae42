// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogHeader;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.jspecify.annotations.Nullable;

/**
 * A log to be read: all files of one label in a directory, or one file.
 *
 * @param directory where its files, and those of the other labels, are
 * @param file the name of the one file, null for the history
 * @param label what kind of log it is
 */
record LogSource(Path directory, @Nullable String file, LogLabel label) {

    /** The history of one label. */
    static LogSource history(Path directory, LogLabel label) {
        return new LogSource(directory, null, label);
    }

    /**
     * One file, whose own header says what it is.
     *
     * @throws org.fmd.core.log.LogException if it is no log
     */
    static LogSource file(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        Path directory = parent == null ? absolute : parent;
        String name = String.valueOf(absolute.getFileName());
        LogHeader header = LogHeader.peek(LogFiles.in(directory), name);
        return new LogSource(directory, name, LogLabel.of(header.label()).orElse(LogLabel.INFO));
    }

    LogFiles files() {
        return LogFiles.in(directory);
    }

    /** Returns the file that is named, or else the current one. */
    Path path() {
        return directory.resolve(file == null ? label.fileName() : file);
    }

    LogReader open(Consumer<Damage> damage) throws IOException {
        return file == null ? LogReader.history(files(), label, damage) : LogReader.file(files(), file, damage);
    }
}

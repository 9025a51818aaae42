// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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

    /**
     * Returns the names of its files, oldest first: {@code errlog.1}, {@code errlog.0}, which people have renamed, {@code
     * errlog-00000001}, {@code errlog-00000002}, {@code errlog}. None if there is no such directory.
     */
    List<String> names() throws IOException {
        if (file != null) {
            return List.of(file);
        }
        String current = label.fileName();
        TreeMap<Long, String> numbered = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.equals(current)) {
                    numbered.put(Long.MAX_VALUE, name);
                } else if (name.startsWith(current) && isNumber(name, current.length() + 1)) {
                    long number = Long.parseLong(name.substring(current.length() + 1));
                    char mark = name.charAt(current.length());
                    if (mark == '-' || mark == '.') {
                        numbered.put(mark == '-' ? number + 1 : -number, name);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return new ArrayList<>(numbered.values());
    }

    private static boolean isNumber(String name, int from) {
        for (int i = from; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return name.length() > from && name.length() <= from + 18;
    }

    LogReader open(Consumer<Damage> damage) throws IOException {
        return file == null ? LogReader.history(files(), label, damage) : LogReader.file(files(), file, damage);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a walk over every byte of one file of a log has found.
 *
 * @param path the file
 * @param header its header; null when it cannot be read, or not by this program: then {@code damage} says why
 * @param sealed whether it is compressed
 * @param bytes its length
 * @param records whole events
 * @param earliest time of the earliest event; null if there is none
 * @param latest time of the latest event; null if there is none
 * @param damage all that could not be read, in order of place
 * @param unfinished bytes behind the last record of a file that may still be written; they are no damage yet
 */
public record LogVerify(
        String path,
        @Nullable LogHeader header,
        boolean sealed,
        long bytes,
        long records,
        @Nullable Instant earliest,
        @Nullable Instant latest,
        List<Damage> damage,
        long unfinished) {

    public LogVerify {
        damage = List.copyOf(damage);
    }

    /** Whether everything in it can be read. */
    public boolean isSound() {
        return damage.isEmpty();
    }

    /** Checks all files of one label in a directory, oldest first. */
    public static List<LogVerify> history(LogFiles files, LogLabel label) throws IOException {
        List<LogVerify> found = new ArrayList<>();
        for (String name : LogHistory.names(files, label.fileName())) {
            found.add(file(files, name));
        }
        return found;
    }

    /**
     * Checks one file.
     *
     * @throws IOException when the file system refuses; never for what stands in the file
     */
    public static LogVerify file(LogFiles files, String name) throws IOException {
        String path = files.path(name);
        List<Damage> damage = new ArrayList<>();
        long bytes;
        try (LogFile file = files.open(name, LogFiles.Mode.READ)) {
            bytes = file.size();
        }
        LogReader opened;
        LogHeader header;
        try {
            header = LogHeader.peek(files, name);
            opened = LogReader.file(files, name, damage::add);
        } catch (LogException e) {
            damage.add(new Damage(path, e.offset(), 0, String.valueOf(e.getMessage())));
            return new LogVerify(path, null, false, bytes, 0, null, null, damage, 0);
        }
        try (LogReader reader = opened) {
            long records = 0;
            long earliest = -1L;
            long latest = 0;
            while (reader.advance()) {
                if (!reader.bodyValid()) {
                    continue; // told
                }
                records++;
                earliest = Long.compareUnsigned(reader.timeNanos(), earliest) < 0 ? reader.timeNanos() : earliest;
                latest = Long.compareUnsigned(reader.timeNanos(), latest) > 0 ? reader.timeNanos() : latest;
            }
            reader.touchRest();
            return new LogVerify(
                    path,
                    header,
                    header.isSealed(),
                    bytes,
                    records,
                    records == 0 ? null : LogTime.instant(earliest),
                    records == 0 ? null : LogTime.instant(latest),
                    damage,
                    reader.unfinished());
        }
    }
}

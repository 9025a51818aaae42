// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.IOException;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.model.event.Ereport;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.jspecify.annotations.Nullable;

/** The ereports of an error log. */
final class ErrorLogLane implements Lane {
    private final LogReader reader;
    private final Unread unread;

    private ErrorLogLane(LogReader reader, Unread unread) {
        this.reader = reader;
        this.unread = unread;
    }

    /** Reads one file. */
    static Lane file(LogFiles files, String name, Unread unread) throws IOException {
        return new ErrorLogLane(LogReader.file(files, name, damage -> add(damage, unread)), unread);
    }

    /** Reads all files of a state directory, the rotated ones first. */
    static Lane history(LogFiles files, Unread unread) {
        return new ErrorLogLane(LogReader.history(files, LogLabel.ERROR, damage -> add(damage, unread)), unread);
    }

    private static void add(Damage damage, Unread unread) {
        unread.add(0, damage.sentence());
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (reader.advance()) {
            try {
                if (TypedJson.readEvent(reader.body()) instanceof Ereport ereport) {
                    return new Item(ereport, reader.ref());
                }
                unread.add(0, "the record at " + reader.ref() + " is no ereport");
            } catch (JsonProblem e) {
                unread.add(0, "the record at " + reader.ref() + " is no event: " + e.getMessage());
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.fmd.api.replay.Recording;
import org.fmd.model.event.Ereport;
import org.jspecify.annotations.Nullable;

/** What a module's recording posts. */
final class RecordingLane implements Lane {
    private final Recording recording;
    private final Deque<Ereport> posted;

    /** {@code posted} is where the context of the recording puts them. */
    RecordingLane(Recording recording, Deque<Ereport> posted) {
        this.recording = recording;
        this.posted = posted;
    }

    /** Returns an empty place for what is posted. */
    static Deque<Ereport> place() {
        return new ArrayDeque<>();
    }

    @Override
    public @Nullable Item next() throws IOException {
        boolean more = true;
        while (posted.isEmpty() && more) {
            more = recording.play();
        }
        Ereport ereport = posted.poll();
        return ereport == null ? null : new Item(ereport, null);
    }

    @Override
    public void close() throws IOException {
        recording.close();
    }
}

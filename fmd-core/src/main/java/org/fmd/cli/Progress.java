// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.fmd.core.log.LogHeader;
import org.fmd.core.log.LogReader;
import org.fmd.core.log.LogSeal;
import org.fmd.model.event.LogRef;

/**
 * How far a long scan has come, on one line of standard error that is wiped out again. Only where a person looks at it, and only
 * when nothing was shown for a second.
 */
final class Progress {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final int LOOK_EVERY = 1024;
    private static final String WIPE = "\r\033[K";

    private final Surroundings surroundings;
    private final PrintWriter err;
    /** Of each file the bytes of the files of its log before it, as long as they were before they were sealed. */
    private final Map<UUID, Long> before = new HashMap<>();

    private final Map<LogSource, LogRef> reached = new HashMap<>();
    private final List<LogSource> sources = new ArrayList<>();
    private long expected;
    private long records;
    private long lookedAt;
    private boolean drawn;

    /** Makes one that has come nowhere yet. */
    Progress(Surroundings surroundings, PrintWriter err) {
        this.surroundings = surroundings;
        this.err = err;
        this.lookedAt = surroundings.nanos();
    }

    /** Counts the files of a log among what is to be read. */
    void expect(LogSource source) {
        sources.add(source);
    }

    /** Looks how long the logs are: not before somebody has waited, since that takes time as well. */
    private void measure() {
        for (LogSource source : sources) {
            expected += measured(source);
        }
        sources.clear();
    }

    private long measured(LogSource source) {
        long ofLog = 0;
        try {
            for (String name : source.names()) {
                LogHeader header = LogHeader.peek(source.files(), name);
                LogSeal seal = header.seal();
                before.put(header.id(), ofLog);
                ofLog += seal == null ? Files.size(source.directory().resolve(name)) : seal.end();
            }
        } catch (IOException e) {
            return 0; // the reader will say what is wrong with the file
        }
        return ofLog;
    }

    /** Tells of a record that was read at that place. */
    void step(LogSource source, LogReader reader) {
        records++;
        if (records % LOOK_EVERY == 0) {
            reached.put(source, reader.ref());
            drawIfDue();
        }
    }

    /** Tells of an event that was taken from something whose length nobody knows. */
    void step() {
        records++;
        if (records % LOOK_EVERY == 0) {
            drawIfDue();
        }
    }

    private void drawIfDue() {
        long now = surroundings.nanos();
        if (now - lookedAt >= QUIET_NANOS) {
            lookedAt = now;
            draw();
        }
    }

    private void draw() {
        long bytes = 0;
        measure();
        for (LogRef ref : reached.values()) {
            bytes += before.getOrDefault(ref.logId(), 0L) + ref.offset();
        }
        String part = expected == 0 ? "" : ", " + Math.min(100, 100 * bytes / expected) + "%";
        err.print(WIPE + "fmdump: " + records + " records read" + part);
        err.flush();
        drawn = true;
    }

    /** Wipes the line, before something else is shown or at the end. */
    void clear() {
        if (drawn) {
            err.print(WIPE);
            err.flush();
            drawn = false;
        }
    }
}

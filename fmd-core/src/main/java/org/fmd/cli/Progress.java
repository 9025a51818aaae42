// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;

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
    private long expected;
    private long bytes;
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
        try {
            for (String name : source.names()) {
                expected += Files.size(source.directory().resolve(name));
            }
        } catch (IOException e) {
            expected = 0; // the reader will say what is wrong with the directory
        }
    }

    /** Tells of a record of that length that was read. */
    void step(int length) {
        bytes += length;
        records++;
        if (records % LOOK_EVERY == 0) {
            long now = surroundings.nanos();
            if (now - lookedAt >= QUIET_NANOS) {
                lookedAt = now;
                draw();
            }
        }
    }

    private void draw() {
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

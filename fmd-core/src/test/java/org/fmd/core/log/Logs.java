// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the tests of the log share: plain records, logs made of them, and all that can be read back. */
final class Logs {

    static final LogOrigin ORIGIN =
            new LogOrigin("fmd 1.0", "host7", "6.1.0-18-amd64", "#1 SMP Debian 6.1.76-1", "amd64");
    static final Instant START = Instant.parse("2026-03-01T12:00:00.123456789Z");
    static final String CLASS = "ereport.io.scsi.cmd.disk.dev.rqs.merr";

    /** Damage is a failure of the test. */
    static final Consumer<Damage> NO_DAMAGE = damage -> {
        throw new AssertionError("unexpected: " + damage.sentence());
    };

    private Logs() {}

    /** UUIDs 1, 2, 3, … and a clock that stands still. */
    static LogOptions options() {
        long[] last = {0};
        Supplier<UUID> ids = () -> new UUID(0x0123_4567_89AB_4CDEL, ++last[0]);
        return new LogOptions(0, InstantSource.fixed(START), ids);
    }

    static LogRecord record(String text) {
        return LogRecord.of(START, new UUID(7, text.length()), CLASS, text.getBytes(StandardCharsets.UTF_8));
    }

    static EventLog open(LogFiles files) throws IOException {
        return EventLog.open(files, LogLabel.ERROR, ORIGIN, LogOptions.DEFAULT);
    }

    /** The bytes of a log with these bodies. */
    static byte[] logOf(String... bodies) throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        append(files, bodies);
        return files.bytes("errlog");
    }

    static void append(LogFiles files, String... bodies) throws IOException {
        try (EventLog log = open(files)) {
            for (String body : bodies) {
                log.append(record(body));
            }
        }
    }

    /** A directory whose errlog has these bytes. */
    static FakeLogFiles filesWith(byte[] errlog) {
        FakeLogFiles files = new FakeLogFiles();
        files.put("errlog", errlog);
        return files;
    }

    static List<String> readAll(LogFiles files) throws IOException {
        return readAll(files, NO_DAMAGE);
    }

    /** The bodies of the whole history. */
    static List<String> readAll(LogFiles files, Consumer<Damage> damage) throws IOException {
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, damage)) {
            return drain(reader);
        }
    }

    /** The bodies from where a reader stands. */
    static List<String> drain(LogReader reader) throws IOException {
        List<String> bodies = new ArrayList<>();
        while (reader.advance()) {
            bodies.add(reader.entry().record().bodyText());
        }
        return bodies;
    }
}

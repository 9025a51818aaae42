// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogRecord;
import org.fmd.core.log.LogSealer;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.fmd.model.text.TextEvent;
import org.jspecify.annotations.Nullable;

/**
 * The logs that an import makes. Lists wait until all ereports are written, since they refer to these: a reference to an ereport that
 * came along leads to its place in the new log, another stays as it was.
 */
final class ImportLogs implements Closeable {
    private static final String REFERENCES = "__ereports";
    private static final int SYNC_EVERY = 4096;

    /** So large is a file before the next one begins. */
    private static final long FILE_SIZE = 16L << 20;

    private static final LogOptions OPTIONS = LogOptions.DEFAULT;

    private final Path directory;
    private final LogFiles files;
    private final LogOrigin origin;
    private final LogOptions options;
    private final Map<LogLabel, EventLog> logs = new EnumMap<>(LogLabel.class);
    private final Map<LogLabel, Long> counts = new EnumMap<>(LogLabel.class);
    private final List<TextEvent> lists = new ArrayList<>();
    private final RefMap places = new RefMap();

    private ImportLogs(Path directory, LogOrigin origin, LogOptions options) {
        this.directory = directory;
        this.files = LogFiles.in(directory);
        this.origin = origin;
        this.options = options;
    }

    /** Makes the directory if there is none; refuses one that has logs in it. */
    static ImportLogs in(Path directory, String host, Surroundings surroundings) throws CommandFailure, IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw CommandFailure.failed("cannot import into '" + directory + "': it is a file, not a directory", null);
        }
        for (LogLabel label : LogLabel.values()) {
            if (Files.exists(directory)
                    && !LogSource.history(directory, label).names().isEmpty()) {
                throw CommandFailure.failed(
                        "cannot import into '" + directory + "': there is a log in it; name a new or empty directory",
                        null);
            }
        }
        Files.createDirectories(directory);
        LogOrigin here = LogOrigin.ofThisHost("fmdump import");
        LogOrigin origin = host.isEmpty() ? here : new LogOrigin(here.creator(), host, "-", "-", "-");
        return new ImportLogs(
                directory,
                origin,
                new LogOptions(OPTIONS.minFree(), surroundings::now, UUID::randomUUID)
                        .rotating(FILE_SIZE, LogOptions.NEVER));
    }

    /** Returns the log that keeps such an event, null if none does. */
    static @Nullable LogLabel label(TextEvent event) {
        if (event.eventClass().isA("ereport")) {
            return LogLabel.ERROR;
        }
        if (event.eventClass().isA("list")) {
            return LogLabel.FAULT;
        }
        return event.eventClass().isA("ireport") ? LogLabel.INFO : null;
    }

    /** Adds an event; returns why the log does not take it, null if it does. */
    @Nullable
    String add(LogLabel label, TextEvent event) throws IOException {
        if (label == LogLabel.FAULT) {
            lists.add(event);
            return null;
        }
        return append(label, event, event.members());
    }

    /** Adds the lists that have waited, makes all durable, and seals the files that are full. */
    void finish() throws IOException {
        for (TextEvent list : lists) {
            append(LogLabel.FAULT, list, withPlaces(list.members()));
        }
        lists.clear();
        for (EventLog log : logs.values()) {
            log.sync();
        }
        for (LogLabel label : logs.keySet()) {
            for (String name : LogSource.history(directory, label).names()) {
                if (!name.equals(label.fileName())) {
                    LogSealer.seal(files, name);
                }
            }
        }
    }

    private NvList withPlaces(NvList list) {
        List<String> before = list.strings(REFERENCES);
        if (before.isEmpty()) {
            return list;
        }
        List<String> now = new ArrayList<>();
        for (String text : before) {
            LogRef ref = LogRef.parse(text).map(places::get).orElse(null);
            now.add(ref == null ? text : ref.toString());
        }
        return list.toBuilder().strings(REFERENCES, now).build();
    }

    private @Nullable String append(LogLabel label, TextEvent event, NvList members) throws IOException {
        EventLog log = logs.get(label);
        if (log == null) {
            log = EventLog.open(files, label, origin, options);
            logs.put(label, log);
        }
        LogRef place;
        try {
            place = log.append(
                    LogRecord.of(event.tod(), event.uuid(), event.eventClass().name(), TypedJson.write(members)));
        } catch (LogException e) {
            if (e.condition() == LogException.Condition.RECORD_TOO_LARGE) {
                return String.valueOf(e.getMessage());
            }
            throw e;
        }
        if (log.unsynced() >= SYNC_EVERY) {
            log.sync();
        }
        counts.merge(label, 1L, Long::sum);
        if (label == LogLabel.ERROR && event.ref() != null) {
            places.put(event.ref(), place);
        }
        return null;
    }

    long count(LogLabel label) {
        return counts.getOrDefault(label, 0L);
    }

    @Override
    public void close() throws IOException {
        for (EventLog log : logs.values()) {
            log.close();
        }
    }
}

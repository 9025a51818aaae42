// SPDX-License-Identifier: Apache-2.0
package org.fmd.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogKeeper;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogRecord;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.EreportLines;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;

/**
 * Writes the ereports of {@code esc generate}, one a line on the standard input, into logs as the daemon would, rotated and
 * sealed; and to each five thousandth a list in the fault log. Prints what they take.
 */
final class LogFeed {

    private static final int BATCH = 512;
    private static final int CASE_EVERY = 5000;

    private LogFeed() {}

    /** Argument: the folder. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        LogFiles files = LogFiles.in(folder);
        Random random = new Random(1);
        LogOptions options = new LogOptions(
                        0, InstantSource.system(), () -> new UUID(random.nextLong(), random.nextLong()))
                .rotating(16 << 20, LogOptions.NEVER);
        LogKeeper keeper = new LogKeeper(files, Long.MAX_VALUE, text -> System.err.println("LogFeed: " + text));
        long count = 0;
        long plain = 0;
        long[] sealing = {0};
        List<LogRef> causes = new ArrayList<>();
        UUID lastCase = LogRecord.NO_UUID;
        try (EventLog errors = EventLog.open(files, LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options);
                EventLog faults = EventLog.open(files, LogLabel.FAULT, LogOrigin.ofThisHost("fmd"), options);
                EreportLines lines = new EreportLines(new BufferedInputStream(System.in, 1 << 20))) {
            errors.whenRotated(
                    () -> {
                        long start = System.nanoTime();
                        keeper.work();
                        sealing[0] += System.nanoTime() - start;
                    },
                    failure -> System.err.println(failure));
            for (EreportLines.Kind kind = lines.next(); kind != EreportLines.Kind.END; kind = lines.next()) {
                if (kind != EreportLines.Kind.EREPORT) {
                    continue;
                }
                Ereport ereport = lines.ereport();
                LogRecord record = LogRecord.of(
                        ereport.tod(), LogRecord.NO_UUID, ereport.eventClass().name(), TypedJson.write(ereport));
                causes.add(errors.append(record));
                plain += 44 + record.eventClass().length() + record.body().length;
                if (++count % BATCH == 0) {
                    errors.sync();
                }
                if (count % CASE_EVERY == 0) {
                    lastCase = new UUID(random.nextLong(), random.nextLong());
                    faults.append(caseOf(lastCase, ereport, causes.subList(causes.size() - 5, causes.size())));
                    causes.clear();
                }
            }
        }
        keeper.work();
        long bytes = 0;
        int sealed = 0;
        for (String name : files.names()) {
            if (name.startsWith("errlog")) {
                bytes += Files.size(folder.resolve(name));
                sealed++;
            }
        }
        System.out.printf(
                "ereports=%d files=%d plain=%.1f now=%.1f sealing_us=%.2f last_case=%s%n",
                count, sealed, (double) plain / count, (double) bytes / count, sealing[0] / 1e3 / count, lastCase);
    }

    private static LogRecord caseOf(UUID uuid, Ereport cause, List<LogRef> causes) {
        NvList list = NvList.builder()
                .string("class", "list.suspect")
                .string("uuid", uuid.toString())
                .string("code", "DISK-8000-4Q")
                .strings("__ereports", causes.stream().map(LogRef::toString).toList())
                .build();
        return LogRecord.of(cause.tod(), uuid, "list.suspect", TypedJson.write(list));
    }
}

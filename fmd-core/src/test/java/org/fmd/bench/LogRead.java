// SPDX-License-Identifier: Apache-2.0
package org.fmd.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogQuery;
import org.fmd.core.log.LogReader;
import org.fmd.core.log.LogTally;
import org.fmd.core.log.LogVerify;

/** Asks one question of the logs in a folder, as a command would whose parsing of arguments takes no time, and prints how many. */
final class LogRead {

    private LogRead() {}

    /** Arguments: the folder, then {@code device NAME FROM UNTIL}, {@code case UUID}, {@code last N}, {@code class END}, {@code days}, {@code all} or {@code verify}. */
    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        LogFiles files = LogFiles.in(Path.of(args[0]));
        long found = switch (args[1]) {
            case "device" ->
                show(
                        files,
                        LogLabel.ERROR,
                        LogQuery.ALL
                                .device(args[2])
                                .from(Instant.parse(args[3]))
                                .until(Instant.parse(args[4])));
            case "case" -> show(files, LogLabel.FAULT, LogQuery.ALL.uuids(Set.of(UUID.fromString(args[2]))));
            case "last" -> show(files, LogLabel.ERROR, LogQuery.ALL.last(Long.parseLong(args[2])));
            case "class" -> {
                String end = args[2];
                yield pass(files, LogQuery.ALL.eventClass(name -> name.endsWith(end)));
            }
            case "days" -> days(files);
            case "all" -> show(files, LogLabel.ERROR, LogQuery.ALL);
            case "verify" ->
                LogVerify.history(files, LogLabel.ERROR).stream()
                        .mapToLong(LogVerify::records)
                        .sum();
            default -> throw new IllegalArgumentException(args[1]);
        };
        System.out.println(args[1] + " " + found + " " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    /** With bodies. */
    private static long show(LogFiles files, LogLabel label, LogQuery query) throws IOException {
        long bytes = 0;
        long found = 0;
        try (LogReader reader =
                LogReader.history(files, label, LogRead::damaged).select(query)) {
            while (reader.advance()) {
                found++;
                bytes += reader.body().length;
            }
        }
        return bytes < 0 ? -1 : found;
    }

    /** Without bodies, as for a short listing. */
    private static long pass(LogFiles files, LogQuery query) throws IOException {
        long found = 0;
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, LogRead::damaged)
                .headersOnly()
                .select(query)) {
            while (reader.advance()) {
                found += reader.timeNanos() != 0 ? 1 : 0;
            }
        }
        return found;
    }

    private static long days(LogFiles files) throws IOException {
        LogTally tally = LogTally.perClass().per(ChronoUnit.DAYS, ZoneOffset.UTC);
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, LogRead::damaged)) {
            reader.count(tally);
        }
        return tally.lines().size();
    }

    private static void damaged(Damage damage) {
        System.out.println(damage.sentence());
    }
}

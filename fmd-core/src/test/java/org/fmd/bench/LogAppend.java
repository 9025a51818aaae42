// SPDX-License-Identifier: Apache-2.0
package org.fmd.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogRecord;

/**
 * How fast the log takes ereports, against a plain file: the same bytes appended with one {@code write} and one {@code fdatasync}
 * for each batch. Log and file take turns, so that what disturbs one disturbs the other.
 */
final class LogAppend {

    private static final int ROUNDS = 9;

    private LogAppend() {}

    /** Arguments: a folder on a real disk, events in a round of large batches. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int events = Integer.parseInt(args[1]);
        String body = "{\"class\":\"ereport.io.scsi.cmd.disk.dev.rqs.merr\"," + "\"x\":1,".repeat(58) + "\"y\":2}";
        LogRecord record = LogRecord.of(
                Instant.parse("2026-03-01T12:00:00Z"),
                LogRecord.NO_UUID,
                "ereport.io.scsi.cmd.disk.dev.rqs.merr",
                body.getBytes(StandardCharsets.UTF_8));
        int length = 44 + record.eventClass().length() + record.body().length;
        System.out.printf("%-8s %12s %12s %8s   records of %d bytes%n", "batch", "log/s", "file/s", "ratio", length);
        for (int batch : new int[] {1, 8, 64, 1024}) {
            int count = batch == 1 ? Math.min(events, 2000) : batch == 8 ? Math.min(events, 16_000) : events;
            double[] log = new double[ROUNDS];
            double[] file = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                log[round] = log(folder.resolve("log-" + batch), record, count, batch);
                file[round] = plain(folder.resolve("plain-" + batch), length, count, batch);
            }
            Arrays.sort(log);
            Arrays.sort(file);
            double ours = count / log[ROUNDS / 2];
            double theirs = count / file[ROUNDS / 2];
            System.out.printf("%-8d %12.0f %12.0f %8.2f%n", batch, ours, theirs, ours / theirs);
        }
    }

    private static double log(Path folder, LogRecord record, int count, int batch) throws IOException {
        Files.createDirectories(folder);
        LogOptions options = LogOptions.DEFAULT.rotating(16 << 20, Duration.ofDays(7));
        try (EventLog log = EventLog.open(LogFiles.in(folder), LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options)) {
            long start = System.nanoTime();
            for (int i = 1; i <= count; i++) {
                log.append(record);
                if (i % batch == 0) {
                    log.sync();
                }
            }
            log.sync();
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static double plain(Path path, int length, int count, int batch) throws IOException {
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(length * batch);
            long start = System.nanoTime();
            for (int i = 0; i < count; i += batch) {
                bytes.clear().limit(length * Math.min(batch, count - i));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(false);
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }
}

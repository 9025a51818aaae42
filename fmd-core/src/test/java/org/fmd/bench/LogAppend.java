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
 * for each batch. Log and file take turns at each batch, so that what disturbs one disturbs the other.
 */
final class LogAppend {

    private LogAppend() {}

    /** Arguments: a folder on a real disk, batches of each size. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int syncs = Integer.parseInt(args[1]);
        String body = "{\"class\":\"ereport.io.scsi.cmd.disk.dev.rqs.merr\"," + "\"x\":1,".repeat(58) + "\"y\":2}";
        LogRecord record = LogRecord.of(
                Instant.parse("2026-03-01T12:00:00Z"),
                LogRecord.NO_UUID,
                "ereport.io.scsi.cmd.disk.dev.rqs.merr",
                body.getBytes(StandardCharsets.UTF_8));
        int length = 44 + record.eventClass().length() + record.body().length;
        System.out.printf(
                "%-8s %12s %12s %8s %14s %14s %8s   records of %d bytes%n",
                "batch", "log/s", "file/s", "ratio", "log median us", "file median us", "ratio", length);
        for (int batch : new int[] {1, 8, 64, 1024}) {
            measure(folder.resolve("batch-" + batch), record, length, syncs, batch);
        }
    }

    private static void measure(Path folder, LogRecord record, int length, int syncs, int batch) throws IOException {
        Files.createDirectories(folder);
        LogOptions options = LogOptions.DEFAULT.rotating(16 << 20, Duration.ofDays(7));
        ByteBuffer bytes = ByteBuffer.allocateDirect(length * batch);
        long[] ours = new long[syncs];
        long[] theirs = new long[syncs];
        try (EventLog log = EventLog.open(LogFiles.in(folder), LogLabel.ERROR, LogOrigin.ofThisHost("fmd"), options);
                FileChannel file = FileChannel.open(
                        folder.resolve("plain"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            for (int i = -syncs / 4; i < syncs; i++) {
                long start = System.nanoTime();
                for (int k = 0; k < batch; k++) {
                    log.append(record);
                }
                log.sync();
                long middle = System.nanoTime();
                bytes.clear();
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(false);
                if (i >= 0) { // before that it warms up
                    ours[i] = middle - start;
                    theirs[i] = System.nanoTime() - middle;
                }
            }
        }
        double perLog = rate(ours, batch);
        double perFile = rate(theirs, batch);
        Arrays.sort(ours);
        Arrays.sort(theirs);
        double logMedian = ours[syncs / 2] / 1e3;
        double fileMedian = theirs[syncs / 2] / 1e3;
        System.out.printf(
                "%-8d %12.0f %12.0f %8.2f %14.0f %14.0f %8.2f%n",
                batch, perLog, perFile, perLog / perFile, logMedian, fileMedian, fileMedian / logMedian);
    }

    private static double rate(long[] nanos, int batch) {
        return batch * nanos.length / (Arrays.stream(nanos).sum() / 1e9);
    }
}

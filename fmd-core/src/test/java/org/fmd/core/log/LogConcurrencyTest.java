// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader beside a writer, on real files: it sees each record once, in order and whole, and no damage. */
class LogConcurrencyTest {

    private static final int FILES = 8;
    private static final int PER_FILE = 2_000;

    @Test
    @Timeout(60)
    void readsWhileTheLogIsWrittenAndRotated(@TempDir Path dir) throws Exception {
        LogFiles files = LogFiles.in(dir);
        FutureTask<Integer> reading = new FutureTask<>(() -> readAll(files));
        Thread reader = new Thread(reading, "reader");
        reader.start();
        try {
            write(files);
            assertEquals(FILES * PER_FILE, reading.get());
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            reading.cancel(true);
            reader.join();
        }
    }

    private static void write(LogFiles files) throws IOException {
        int number = 0;
        for (int file = 0; file < FILES; file++) {
            try (EventLog log = Logs.open(files)) {
                for (int i = 0; i < PER_FILE; i++) {
                    log.append(Logs.record(number++ + ":" + "y".repeat(number % 700)));
                    if (number % 64 == 0) {
                        log.sync();
                    }
                }
            }
            if (file < FILES - 1) {
                LogHistory.setAside(files, "errlog", "errlog");
            }
        }
    }

    private static int readAll(LogFiles files) throws IOException {
        int expected = 0;
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, Logs.NO_DAMAGE)) {
            while (expected < FILES * PER_FILE && !Thread.currentThread().isInterrupted()) {
                while (reader.advance()) {
                    String body = reader.entry().record().bodyText();
                    assertEquals(expected + ":" + "y".repeat((expected + 1) % 700), body);
                    expected++;
                }
                Thread.onSpinWait();
            }
        }
        return expected;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a command takes from the process around it, so that nothing below reads a clock, an environment or a terminal. */
public interface Surroundings {

    Instant now();

    /** Returns the zone in which times are shown. */
    ZoneId zone();

    /** Returns the image: the folder with {@code dict}; null where nobody said. */
    @Nullable
    Path home();

    /** Returns whether a person looks at standard output. */
    boolean hasTerminal();

    /** Returns a writer whose text is shown page by page; closing it waits for the reader to have read. */
    PrintWriter pager() throws IOException;

    /** Returns those of this process. */
    static Surroundings ofProcess() {
        return new OfProcess();
    }

    /** The real ones. */
    final class OfProcess implements Surroundings {
        private final Instant now = Instant.now();

        private OfProcess() {}

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public ZoneId zone() {
            return ZoneId.systemDefault();
        }

        @Override
        public @Nullable Path home() {
            String told = System.getProperty("fmd.home");
            if (told == null) {
                told = System.getenv("FMD_HOME");
            }
            return told == null || told.isEmpty() ? null : Path.of(told);
        }

        @Override
        public boolean hasTerminal() {
            try {
                String target =
                        Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public PrintWriter pager() throws IOException {
            String command = System.getenv("PAGER");
            return new PagerProcess(command == null || command.isBlank() ? "more" : command).writer();
        }
    }
}

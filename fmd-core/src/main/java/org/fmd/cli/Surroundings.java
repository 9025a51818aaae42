// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TimeZone;
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

    /** Returns whether a person looks at standard error. */
    boolean errorHasTerminal();

    /** Returns a clock that only goes forward, in nanoseconds from an unknown start. */
    long nanos();

    /** Waits a moment for something new to happen; returns false when there is to be no more waiting. */
    boolean pause();

    /** Returns a variable of the environment, empty if it is not set. */
    String variable(String name);

    /** Returns standard input. */
    InputStream input();

    /** Returns a writer whose text is shown page by page; closing it waits for the reader to have read. */
    PrintWriter pager() throws IOException;

    /** Returns those of this process. */
    static Surroundings ofProcess() {
        return new OfProcess();
    }

    /** The real ones. */
    final class OfProcess implements Surroundings {
        /** How long a follower waits before it looks again. */
        private static final long PAUSE_MILLIS = 500;

        private OfProcess() {}

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public ZoneId zone() {
            String name = TimeZone.getDefault().getID();
            // Most servers need no rules of zones: to load them all takes 7 ms.
            return name.equals("UTC") || name.equals("Etc/UTC")
                    ? ZoneId.ofOffset("UTC", ZoneOffset.UTC)
                    : ZoneId.systemDefault();
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
            return isTerminal(1);
        }

        @Override
        public boolean errorHasTerminal() {
            return isTerminal(2);
        }

        private static boolean isTerminal(int descriptor) {
            try {
                String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                        .toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean pause() {
            try {
                Thread.sleep(PAUSE_MILLIS);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public String variable(String name) {
            String value = System.getenv(name);
            return value == null ? "" : value;
        }

        @Override
        public InputStream input() {
            return System.in;
        }

        @Override
        public PrintWriter pager() throws IOException {
            String command = System.getenv("PAGER");
            return new PagerProcess(command == null || command.isBlank() ? "more" : command).writer();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.fmd.model.event.Event;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a daemon has logged, where no daemon need run: for the tools that a module brings along. The one provider is found
 * by {@link java.util.ServiceLoader}.
 */
public interface EventHistory {

    /** An event and the place where it is logged. */
    record Entry(LogRef ref, Event event) {}

    /** Goes through a history once, oldest first. Belongs to one thread. */
    interface Reading extends Closeable {

        /**
         * Returns the next event, null at the end.
         *
         * @throws IOException when the file system refuses to list or read; never for what stands in a file
         */
        @Nullable
        Entry next() throws IOException;

        /** Returns how many bytes of log the events took that were returned so far. */
        long bytes();
    }

    /**
     * Opens the logs of a directory: all ereports of the error log and all lists of suspects of the fault log, rotated files
     * included, merged by the time that they carry. Each log keeps its own order. A daemon may be writing them.
     *
     * @param damage told, in a sentence with the place, of each stretch or file that is passed over since it cannot be read
     * @throws IOException with a sentence for people if there is no such directory, or no error log in it
     */
    Reading open(Path directory, Consumer<String> damage) throws IOException;
}

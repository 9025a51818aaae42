// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;

/** One form in which {@code fmdump} shows events. */
interface RecordPrinter {

    /** Returns the line above the first event, empty if the form has none. */
    String heading();

    /** Prints an event; throws, before anything is printed, if it cannot be read. */
    void print(LoggedEvent event, PrintWriter out) throws IOException;

    /** Prints what was held back, now that no more events are there. */
    default void finish(PrintWriter out) throws IOException {
        // Most forms hold nothing back.
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** A log that is run through rules: goes from record to record, once. What a record held is gone when the next one is asked for. */
public interface ErrorLog extends Closeable {
    /** What a record is. */
    enum Kind {
        /** {@link #ereport} has it. */
        EREPORT,
        /** An event of another family; {@link #repair} has what it says. */
        OTHER,
        /** {@link #problem} says why. */
        UNREADABLE,
        /** There is none any more. */
        END
    }

    /** The word that something works again. */
    interface Repair {
        /** When, since the epoch. */
        long nanos();

        /** What works again; what is nowhere in the topology is left out. */
        List<TopoPath> places(Topology topology);
    }

    /** Goes on to the next record; throws {@link IOException} if the log cannot be read on. */
    Kind next() throws IOException;

    /** Returns the ereport; throws {@link IllegalStateException} if the record is none. */
    Ereport ereport();

    /** Returns the name of the ereport: where it is logged, or {@link org.fmd.eversholt.eft.Replay#line} of a text. */
    LogRef ref();

    /** Returns what an event of another family says; null if it is no repair. */
    @Nullable
    Repair repair();

    /** Returns the number of the line, from 1; 0 where there are no lines. */
    long line();

    /** Returns what cannot be read, and why. */
    String problem();

    /** Returns how many bytes were read so far, after they were unpacked. */
    long bytes();
}

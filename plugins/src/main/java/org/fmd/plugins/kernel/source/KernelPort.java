// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/** What records are read from. */
public interface KernelPort extends Closeable {

    /** Returns the sources that were wanted but could not be opened, with the reason. */
    Map<Source, String> missing();

    /**
     * Waits for records and hands over those that are there.
     *
     * @param deadline when to return at the latest, by the clock of {@link #now}; empty to wait without end
     * @return false if nothing will ever come again
     * @throws IOException if waiting itself fails
     */
    boolean await(OptionalLong deadline, RawSink sink) throws IOException;

    /** Whether a disk has nothing in flight at the moment; false if that is not known. */
    boolean isIdle(String disk);

    /** Returns the current time by the clocks of the arrivals. */
    Arrival now();

    /** Makes {@link #await} return soon. May be called by any thread, and after {@link #close}. */
    void wake();
}

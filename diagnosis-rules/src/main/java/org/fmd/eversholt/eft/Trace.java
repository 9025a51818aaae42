// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.OutGroup;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the engine's shoulder: told of each step that decides something, in the order in which they are taken. An engine
 * that works has none, and pays a comparison with null for it.
 */
interface Trace {
    /**
     * A group's N was held against what has come.
     *
     * @param n how many are owed, at least 1
     * @param yes how many have come; the count ends when there are enough
     * @param open how many may still come, or hang on something that may
     * @param passable whether some arrow of the group is not closed by its constraint; if none is, nothing is owed
     */
    default void owed(OutGroup group, long n, long yes, long open, boolean passable) {}

    /** An ereport that has not been seen is owed by then, in nanoseconds since the first ereport. */
    default void awaited(EventInstance ereport, long deadline) {}

    /**
     * What must follow from a problem has come, or still can, and its effects were held against what was seen.
     *
     * @param unexplained an event that was seen and does not follow from the problem, null if there is none
     */
    default void explains(EventInstance problem, @Nullable EventInstance unexplained) {}

    /** The arrow leads from a problem that stands, over whatever is between, to an event that was seen or may come. */
    default void led(InstanceArrow arrow) {}

    /** A suspect was put on record with its engine. */
    default void counted(SerdEngine engine, boolean fired) {}
}

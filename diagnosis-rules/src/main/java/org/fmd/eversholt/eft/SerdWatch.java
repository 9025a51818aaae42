// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.SerdEngine;

/** Somebody who wants to know of every record of a SERD engine, to find out what other limits would have done. */
public interface SerdWatch {
    /**
     * A record.
     *
     * @param engine the engine as it is declared
     * @param instance what tells this engine apart from others of the declaration: suffix, place, id. Has equality and a text
     * @param at the component that the engine is kept for
     * @param problemClass the suspect on whose behalf
     * @param problemAt where that suspect is
     * @param nanos the time that is recorded
     * @param times how often it is recorded, unsigned; recording ends when the engine fires
     * @param fired whether it did
     */
    record Tally(
            SerdEngine engine,
            Object instance,
            TopoPath at,
            String problemClass,
            TopoPath problemAt,
            long nanos,
            long times,
            boolean fired) {}

    void recorded(Tally tally);

    /** A suspect is faulty no more: engines of that place hold nothing any more, nor do those that it fed if {@code fed}. */
    void repaired(String problemClass, TopoPath path, boolean fed);
}

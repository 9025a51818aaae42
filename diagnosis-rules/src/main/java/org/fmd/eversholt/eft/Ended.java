// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.CaseKey;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.InstanceGraph;
import org.fmd.eversholt.compile.World;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * What is left of an exercise: all that its last evaluation looked at, so that it can be made again with somebody looking over
 * its shoulder, and what came of it.
 *
 * @param nanos when it ended, since the epoch
 * @param certainties the published suspects
 * @param counted the suspected upsets, and what was put on record with engines
 */
record Ended(
        CaseKey key,
        InstanceGraph graph,
        World world,
        EventInstance first,
        Report opener,
        List<Seen> seen,
        long waited,
        long nanos,
        How how,
        Map<EventKey, Integer> certainties,
        List<Counted> counted) {

    /** How an exercise ended. */
    enum How {
        SOLVED,
        UNDIAGNOSABLE,
        CLOSED,
        /** It has not. */
        WAITING
    }

    /** An event that was seen. */
    record Seen(EventInstance event, NvList payload, long nanos) {}

    /**
     * A suspect that was held against its engine.
     *
     * @param engine null for an upset that has none
     * @param tally null if the suspect has no component for its engine
     */
    record Counted(EventKey suspect, @Nullable SerdEngine engine, SerdRecorder.@Nullable Tally tally) {
        boolean fired() {
            return tally != null && tally.recorded().fired();
        }

        /** {@code upset.x@disk0: serd.x@disk0 counts 3 of 11}. */
        @Override
        public String toString() {
            if (engine == null) {
                return suspect + " heals itself";
            }
            if (tally == null) {
                return suspect + " has no component for " + engine;
            }
            SerdEngines.Recorded recorded = tally.recorded();
            return suspect + ": " + tally.engine()
                    + (recorded.fired()
                            ? " fired"
                            : " counts " + recorded.count() + " of "
                                    + (recorded.limits().n() + 1L));
        }
    }

    /** @param conclusion null if the exercise found no suspects */
    static Ended of(Exercise exercise, Report trigger, How how, @Nullable Conclusion conclusion) {
        List<Seen> seen = new ArrayList<>();
        for (EventInstance event : exercise.observed()) {
            NvList payload = exercise.payload(event);
            seen.add(new Seen(
                    event,
                    payload == null ? NvList.EMPTY : payload,
                    exercise.opener().nanos() + exercise.firstSeen(event)));
        }
        Map<EventKey, Integer> certainties = new LinkedHashMap<>();
        List<List<Diagnosis>> published = conclusion == null ? List.of() : conclusion.published();
        published.forEach(one -> one.forEach(diagnosis -> certainties.put(
                new EventKey(diagnosis.eventClass(), diagnosis.at().path()), diagnosis.certainty())));
        return new Ended(
                exercise.key(),
                exercise.graph(),
                exercise.world(),
                exercise.first(),
                exercise.opener(),
                List.copyOf(seen),
                exercise.waited(),
                Math.max(trigger.nanos(), exercise.opener().nanos() + exercise.waited()),
                how,
                certainties,
                conclusion == null ? List.of() : List.copyOf(conclusion.counted()));
    }

    /** The exercise as it was before its last evaluation, but for what earlier ones had ruled out. */
    Exercise again() {
        Exercise again = new Exercise(graph, world, first, opener, key);
        seen.forEach(one -> again.see(one.event, one.payload, one.nanos));
        again.waited(waited);
        return again;
    }

    boolean saw(EventInstance event) {
        return seen.stream().anyMatch(one -> one.event == event);
    }
}

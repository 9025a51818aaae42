// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.api.CaseKey;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.InstanceGraph;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * What is left of an exercise: all that its last evaluation looked at, so that it can be made again with somebody looking over
 * its shoulder, and what came of it.
 *
 * @param nanos when it ended, since the epoch
 * @param certainties the published suspects
 * @param held the suspected upsets, and what was put on record with engines
 */
record Ended(
        CaseKey key,
        InstanceGraph graph,
        Component center,
        Report opener,
        List<Seen> seen,
        long waited,
        long nanos,
        How how,
        Map<EventKey, Integer> certainties,
        List<Outcome.Held> held) {

    /** How an exercise ended. */
    enum How {
        SOLVED,
        UNDIAGNOSABLE,
        CLOSED,
        /** It has not. */
        WAITING
    }

    /**
     * An event that was seen.
     *
     * @param source the ereport; null if a SERD engine delivered it
     */
    record Seen(
            EventInstance event,
            NvList payload,
            long nanos,
            @Nullable Report source) {}

    /** @param conclusion null if the exercise found no suspects */
    static Ended of(Exercise exercise, Report trigger, How how, @Nullable Conclusion conclusion) {
        List<Seen> seen = new ArrayList<>();
        for (EventInstance event : exercise.observed()) {
            NvList payload = exercise.payload(event);
            seen.add(new Seen(
                    event,
                    payload == null ? NvList.EMPTY : payload,
                    exercise.opener().nanos() + exercise.firstSeen(event),
                    exercise.source(event)));
        }
        Map<EventKey, Integer> certainties = new LinkedHashMap<>();
        List<List<Diagnosis>> published = conclusion == null ? List.of() : conclusion.published();
        published.forEach(one -> one.forEach(diagnosis -> certainties.put(
                new EventKey(diagnosis.eventClass(), diagnosis.at().path()), diagnosis.certainty())));
        return new Ended(
                exercise.key(),
                exercise.graph(),
                exercise.center(),
                exercise.opener(),
                List.copyOf(seen),
                exercise.waited(),
                Math.max(trigger.nanos(), exercise.opener().nanos() + exercise.waited()),
                how,
                certainties,
                conclusion == null ? List.of() : List.copyOf(conclusion.held()));
    }

    /** The exercise as it was before its last evaluation, but for what earlier ones had ruled out. */
    Exercise again() {
        Exercise again = new Exercise();
        // Not the report itself, which counts the cases that it opens.
        again.begin(graph, center, opener.copy(), Set.of());
        seen.forEach(one -> again.see(one.event, one.payload, one.nanos));
        again.waited(waited);
        return again;
    }

    /** The event that the exercise began with. */
    EventKey firstKey() {
        return key(graph.opener() == null ? seen.get(0).event() : graph.opener());
    }

    /** An event of the graph, by the component it lies on. */
    EventKey key(EventInstance event) {
        return event.key(center);
    }
}

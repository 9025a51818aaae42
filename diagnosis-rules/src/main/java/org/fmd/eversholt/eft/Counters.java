// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.StatEngine;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;

/** The stat engines: how many faults were published for a component (eversholt reference §3.4). */
final class Counters {
    private final Map<EventKey, Long> values = new LinkedHashMap<>();

    long value(EventKey counter) {
        return values.getOrDefault(counter, 0L);
    }

    /** Counts suspects that are published, unless all of them are known to be broken already. */
    void published(Exercise exercise, List<EventInstance> suspects, DiagnosisCore.FaultOracle faults) {
        if (suspects.stream().allMatch(suspect -> isFaulty(exercise, suspect, faults))) {
            return;
        }
        for (EventInstance suspect : suspects) {
            StatEngine counter = suspect.event().properties().counter();
            Component at = counter == null
                    ? null
                    : exercise.at(suspect).cut(counter.name().path());
            if (counter != null && at != null) {
                values.merge(new EventKey(counter.name().eventClass(), at.path()), 1L, Long::sum);
            }
        }
    }

    /** Whether what would be taken out of service for the suspect has an open fault; if nothing would be, it has none. */
    private static boolean isFaulty(Exercise exercise, EventInstance suspect, DiagnosisCore.FaultOracle faults) {
        List<String> declared = suspect.event().properties().asru();
        Component at = exercise.at(suspect);
        TopoNode node = at.node();
        Component own = node == null || node.asru() == null ? null : at;
        Component unit = declared == null ? own : at.cut(declared);
        return unit != null && faults.hasFault(unit, "");
    }

    /** Sets a counter to what it stood at. */
    void set(EventKey counter, long value) {
        values.put(counter, value);
    }

    /** The counters that were raised, in the order in which they first were. */
    Map<EventKey, Long> all() {
        return values;
    }

    /** Sets to 0 the counters at paths of which this is true. */
    void resetAt(Predicate<TopoPath> paths) {
        values.keySet().removeIf(counter -> paths.test(counter.path()));
    }
}

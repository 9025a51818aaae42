// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.OutGroup;
import org.jspecify.annotations.Nullable;

/** Keeps what an evaluation did. */
final class Recording implements Trace {
    /** How far a group met its N. */
    record Owed(OutGroup group, long n, long yes, long open, boolean passable) {
        boolean met() {
            return !passable || Long.compareUnsigned(yes, n) >= 0;
        }

        boolean failed() {
            return passable && Long.compareUnsigned(yes + open, n) < 0;
        }
    }

    private final Map<EventInstance, Map<OutGroup, Owed>> owed = new LinkedHashMap<>();
    private final Map<EventInstance, Long> awaited = new LinkedHashMap<>();
    private final Map<EventInstance, Set<InstanceArrow>> led = new LinkedHashMap<>();
    private final Map<EventInstance, EventInstance> unexplained = new LinkedHashMap<>();
    private @Nullable Set<InstanceArrow> current;

    @Override
    public void owed(OutGroup group, long n, long yes, long open, boolean passable) {
        owed.computeIfAbsent(group.arrows().get(0).from(), from -> new LinkedHashMap<>())
                .put(group, new Owed(group, n, yes, open, passable));
    }

    @Override
    public void awaited(EventInstance ereport, long deadline) {
        awaited.merge(ereport, deadline, Math::min);
    }

    @Override
    public void explains(EventInstance problem, @Nullable EventInstance notExplained) {
        current = led.computeIfAbsent(problem, p -> new LinkedHashSet<>());
        if (notExplained != null) {
            unexplained.put(problem, notExplained);
        }
    }

    @Override
    public void led(InstanceArrow arrow) {
        if (current != null) {
            current.add(arrow);
        }
    }

    /** The groups of an event that something is owed of, as far as they were looked at. */
    List<Owed> owed(EventInstance event) {
        return new ArrayList<>(owed.getOrDefault(event, Map.of()).values());
    }

    /** By when an ereport is owed, null if nobody asked. */
    @Nullable
    Long awaited(EventInstance ereport) {
        return awaited.get(ereport);
    }

    /** Whether a problem's consequences were held against what was seen: its obligations were no obstacle. */
    boolean examined(EventInstance problem) {
        return led.containsKey(problem);
    }

    /** What was seen and does not follow from an examined problem, null if nothing. */
    @Nullable
    EventInstance unexplained(EventInstance problem) {
        return unexplained.get(problem);
    }

    /** The arrows over which a problem that stands leads to what was seen. */
    Set<InstanceArrow> led(EventInstance problem) {
        return led.getOrDefault(problem, Set.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of the rules placed on the components of the machine, with arrows: all that the explanation of one ereport can
 * need. Immutable; what an exercise finds out is kept beside it, by the numbers of events and arrows.
 */
public final class InstanceGraph {
    private final List<EventInstance> events;
    private final List<InstanceArrow> arrows;
    private final Map<EventKey, EventInstance> byKey;

    InstanceGraph(Map<EventKey, EventInstance> byKey, List<EventInstance> events, List<InstanceArrow> arrows) {
        this.byKey = Map.copyOf(byKey);
        this.events = List.copyOf(events);
        this.arrows = List.copyOf(arrows);
    }

    /** Null if the graph has no such event. */
    public @Nullable EventInstance find(EventKey key) {
        return byKey.get(key);
    }

    public List<EventInstance> events() {
        return events;
    }

    public List<InstanceArrow> arrows() {
        return arrows;
    }

    public boolean isEmpty() {
        return arrows.isEmpty();
    }
}

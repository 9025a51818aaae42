// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.EventKey;

/** The stat engines: how many faults were published for a component (eversholt reference §3.4). */
final class Counters {
    private final Map<EventKey, Long> values = new LinkedHashMap<>();

    long value(EventKey counter) {
        return values.getOrDefault(counter, 0L);
    }

    void raise(EventKey counter) {
        values.merge(counter, 1L, Long::sum);
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

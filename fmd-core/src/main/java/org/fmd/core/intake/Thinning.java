// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which ereports of a storm pass: of each detector and class the first so many, then one in so long. After a pause as many times
 * that long, the first so many pass again.
 *
 * <p>Per pair one time is kept, at which all that passed would be spread out evenly; what comes may be ahead of that by the first
 * so many. Pairs beyond a bound share one time, so that a flood of names takes no memory.
 */
final class Thinning {
    static final int MOST_PAIRS = 4096;

    private record Pair(String eventClass, String detector) {}

    private static final Pair OTHERS = new Pair("", "");

    private final Duration every;
    private final Duration ahead;
    /** The pair that was longest not met comes first. */
    private final Map<Pair, Instant> spread = new LinkedHashMap<>(16, 0.75f, true);

    Thinning(int keep, Duration every) {
        this.every = every;
        this.ahead = every.multipliedBy(keep);
    }

    /**
     * Counts an ereport that comes now.
     *
     * @param strict whether it may be left out; one that may not counts as well, as far as the first so many
     * @return whether it passes
     */
    boolean pass(String eventClass, String detector, Instant now, boolean strict) {
        Pair pair = slot(new Pair(eventClass, detector), now);
        Instant before = spread.getOrDefault(pair, now);
        Instant next = (before.isBefore(now) ? now : before).plus(every);
        Instant last = now.plus(ahead);
        if (!next.isAfter(last)) {
            spread.put(pair, next);
            return true;
        }
        if (!strict) {
            spread.put(pair, last);
        }
        return !strict;
    }

    private Pair slot(Pair pair, Instant now) {
        if (spread.containsKey(pair) || spread.size() < MOST_PAIRS) {
            return pair;
        }
        Iterator<Instant> oldest = spread.values().iterator();
        if (oldest.next().isAfter(now)) {
            return OTHERS;
        }
        oldest.remove(); // it is as if it had never been met
        return pair;
    }
}

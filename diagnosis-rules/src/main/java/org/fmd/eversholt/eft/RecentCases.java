// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.compile.EventKey;

/**
 * The cases that can be explained while the daemon runs: of each list of suspects the first that was published, since later
 * ones of the same are duplicates, and undiagnosable ones, of each kind the latest. What was closed in silence is not kept:
 * there may be many of those. Of either sort the oldest go when there are too many.
 */
final class RecentCases implements Ledger {
    private static final int MOST = 1024;

    /** A map that forgets its oldest entry. */
    private static final class Bounded<K> extends LinkedHashMap<K, Ended> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Ended> eldest) {
            return size() > MOST;
        }
    }

    private final Map<Set<EventKey>, Ended> published = new Bounded<>();
    private final Map<Object, Ended> others = new Bounded<>();

    @Override
    public boolean keeps(Ended.How how) {
        return how == Ended.How.SOLVED || how == Ended.How.UNDIAGNOSABLE;
    }

    @Override
    public void ended(Ended exercise) {
        if (exercise.how() == Ended.How.SOLVED) {
            published.putIfAbsent(exercise.certainties().keySet(), exercise);
        } else {
            others.put(exercise.firstKey(), exercise);
        }
    }

    /** Takes a case that was kept before, the oldest first; without {@code open} it is one whose suspects are repaired. */
    void take(Ended one, boolean open) {
        if (open || one.how() != Ended.How.SOLVED) {
            ended(one);
        } else {
            others.put(one.key(), one);
        }
    }

    /** Those whose suspects are not repaired, as far as is known; the latest last. */
    List<Ended> open() {
        return List.copyOf(published.values());
    }

    /** The others, the latest last. */
    List<Ended> past() {
        return List.copyOf(others.values());
    }

    /** A suspect is repaired: the next case that names it is no duplicate. */
    void repaired(EventKey suspect) {
        published.entrySet().removeIf(entry -> {
            boolean names = entry.getKey().contains(suspect);
            if (names) {
                others.put(entry.getValue().key(), entry.getValue());
            }
            return names;
        });
    }

    /** The latest last. */
    List<Ended> all() {
        List<Ended> all = new ArrayList<>(others.values());
        all.addAll(published.values());
        return all;
    }
}

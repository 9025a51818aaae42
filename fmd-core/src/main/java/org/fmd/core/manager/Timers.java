// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The timers of the engines, in order of due time and then of setting. */
final class Timers {

    /** A timer of an engine. */
    record Timer(String engine, long number, Instant due, long order) {}

    private record Key(String engine, long number) {}

    private final PriorityQueue<Timer> queue =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparingLong(Timer::order));
    private final Map<Key, Timer> byKey = new HashMap<>();
    private long order;

    void set(String engine, long number, Instant due) {
        cancel(engine, number);
        Timer timer = new Timer(engine, number, due, order++);
        byKey.put(new Key(engine, number), timer);
        queue.add(timer);
    }

    void cancel(String engine, long number) {
        Timer timer = byKey.remove(new Key(engine, number));
        if (timer != null) {
            queue.remove(timer);
        }
    }

    /** All that are set, in the order in which they were. */
    List<Timer> all() {
        return queue.stream().sorted(Comparator.comparingLong(Timer::order)).toList();
    }

    Optional<Instant> next() {
        return Optional.ofNullable(queue.peek()).map(Timer::due);
    }

    /** Takes the first timer that is due; null if none is. */
    @Nullable
    Timer take(Instant now) {
        Timer first = queue.peek();
        if (first == null || first.due().isAfter(now)) {
            return null;
        }
        queue.remove();
        byKey.remove(new Key(first.engine(), first.number()));
        return first;
    }
}

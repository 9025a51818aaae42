// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/**
 * Soft Error Rate Discrimination: an engine fires when more than N events lie within T (eversholt reference §3.3, fmd
 * reference §3.12). It fires once and is empty again.
 *
 * <p>An engine whose last event lies further back than T can never fire with it and is forgotten in time, so that engines
 * with a suffix per block do not pile up. If there are too many all the same, those go whose last event is the oldest.
 */
final class SerdEngines {
    private static final int SWEEP_AT_LEAST = 4096;
    private static final int AT_FIRST = 16;

    /**
     * What tells engines apart.
     *
     * @param id the value of the engine's global, empty for none
     */
    record Key(String engineClass, String suffix, TopoPath path, String id) {
        @Override
        public int hashCode() {
            return 31 * (31 * engineClass.hashCode() + suffix.hashCode()) + path.hashCode();
        }

        /** {@code serd.io.disk4711@chassis0/bay3/disk0}. */
        @Override
        public String toString() {
            return engineClass + suffix + "@" + path + (id.isEmpty() ? "" : ":" + id);
        }
    }

    /** N and T. */
    record Limits(int n, long nanos) {}

    /** A ring of at most N + 1 events. */
    static final class Engine {
        private final Key key;
        private final Limits limits;
        private long[] times;
        private LogRef[] ereports;
        private int first;
        private int size;
        private EventKey fedBy;
        private @Nullable Set<EventKey> fedByMore;
        private boolean fired;

        private Engine(Key key, Limits limits, EventKey problem) {
            this.key = key;
            this.limits = limits;
            this.fedBy = problem;
            int length = (int) Math.min(limits.n + 1L, AT_FIRST);
            this.times = new long[length];
            this.ereports = new LogRef[length];
        }

        Key key() {
            return key;
        }

        Limits limits() {
            return limits;
        }

        /** Whether the last record made it fire; it is forgotten then. */
        boolean fired() {
            return fired;
        }

        /** How many events it holds. */
        int count() {
            return size;
        }

        private void feed(String problemClass, TopoPath at) {
            if (fedBy.eventClass().equals(problemClass) && fedBy.path().equals(at)) {
                return;
            }
            if (fedByMore == null) {
                fedByMore = new HashSet<>();
            }
            fedByMore.add(new EventKey(problemClass, at));
        }

        private boolean isFedBy(EventKey problem) {
            return fedBy.equals(problem) || (fedByMore != null && fedByMore.contains(problem));
        }

        /** Keeps at most N before it adds; a clock that went back makes the span negative, which counts as within T. */
        private boolean record(long nanos, LogRef ereport) {
            if (size > limits.n) {
                first = place(1);
                size--;
            } else if (size == times.length) {
                grow();
            }
            int next = place(size);
            times[next] = nanos;
            ereports[next] = ereport;
            size++;
            return size > limits.n && nanos - times[first] <= limits.nanos;
        }

        private int place(int fromFirst) {
            int place = first + fromFirst;
            return place >= times.length ? place - times.length : place;
        }

        private void grow() {
            int length = (int) Math.min(2L * size, Math.max(limits.n + 1L, size + 1L));
            long[] longerTimes = new long[length];
            LogRef[] longerEreports = new LogRef[length];
            for (int i = 0; i < size; i++) {
                longerTimes[i] = times[place(i)];
                longerEreports[i] = ereports[place(i)];
            }
            times = longerTimes;
            ereports = longerEreports;
            first = 0;
        }

        private long last() {
            return times[place(size - 1)];
        }

        private boolean stale(long now) {
            return now - last() > limits.nanos;
        }

        /** The ereports it holds, each once. */
        List<LogRef> held() {
            Set<LogRef> held = new LinkedHashSet<>();
            for (int i = 0; i < size; i++) {
                held.add(ereports[place(i)]);
            }
            return List.copyOf(held);
        }
    }

    private final Map<Key, Engine> engines = new LinkedHashMap<>();
    private final int most;
    private int sweepAt = SWEEP_AT_LEAST;
    private long dropped;

    /** @param most how many engines may hold events, 0 for any number */
    SerdEngines(int most) {
        this.most = most == 0 ? Integer.MAX_VALUE : most;
    }

    /** How many engines that could still have fired were forgotten since there were too many. */
    long dropped() {
        return dropped;
    }

    /** The engine of that name; null if it holds nothing. */
    @Nullable
    Engine find(Key key) {
        return engines.get(key);
    }

    /**
     * Makes an engine that holds nothing yet.
     *
     * @param problem the suspect on whose behalf
     */
    Engine make(Key key, Limits limits, long now, EventKey problem) {
        makeRoom(now);
        Engine engine = new Engine(key, limits, problem);
        engines.put(key, engine);
        return engine;
    }

    /**
     * Records an ereport.
     *
     * @param times how often it is recorded; recording ends when the engine fires
     * @param problemClass the class of the suspect on whose behalf
     * @param at where that suspect is
     */
    void record(Engine engine, long times, long nanos, LogRef ereport, String problemClass, TopoPath at) {
        engine.feed(problemClass, at);
        // After N+1 records one more only pushes out the oldest of the same.
        long enough = Long.compareUnsigned(times, engine.limits.n + 1L) > 0 ? engine.limits.n + 1L : times;
        for (long i = 0; i < enough && !engine.fired; i++) {
            engine.fired = engine.record(nanos, ereport);
        }
        if (engine.fired || engine.size == 0) {
            engines.remove(engine.key);
        }
    }

    /** Forgets what can never fire with what it holds; if there are too many still, the sixteenth with the oldest events. */
    private void makeRoom(long now) {
        if (engines.size() < Math.min(sweepAt, most)) {
            return;
        }
        engines.values().removeIf(engine -> engine.stale(now));
        if (engines.size() >= most) {
            List<Map.Entry<Key, Engine>> oldest = new ArrayList<>(engines.entrySet());
            oldest.sort(Comparator.comparingLong(entry -> entry.getValue().last()));
            int surplus = Math.max(1, most / 16);
            oldest.subList(0, surplus).forEach(entry -> engines.remove(entry.getKey()));
            dropped += surplus;
        }
        sweepAt = Math.max(SWEEP_AT_LEAST, 2 * engines.size());
    }

    /** Forgets the engines at paths of which this is true. */
    void resetAt(Predicate<TopoPath> paths) {
        engines.keySet().removeIf(key -> paths.test(key.path));
    }

    /** Forgets the engines that held events of that problem. */
    void resetFedBy(EventKey problem) {
        engines.values().removeIf(engine -> engine.isFedBy(problem));
    }
}

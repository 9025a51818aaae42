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
import java.util.function.Supplier;
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

    /**
     * What tells engines apart.
     *
     * @param id the value of the engine's global, empty for none
     */
    record Key(String engineClass, String suffix, TopoPath path, String id) {
        /** {@code serd.io.disk4711@chassis0/bay3/disk0}. */
        @Override
        public String toString() {
            return engineClass + suffix + "@" + path + (id.isEmpty() ? "" : ":" + id);
        }
    }

    /** N and T. */
    record Limits(int n, long nanos) {}

    /** What one record did: whether the engine fired, how many events it holds or held, and, if it fired, which ereports. */
    record Recorded(boolean fired, Limits limits, int count, List<LogRef> ereports) {}

    /** A ring of at most N + 1 events. */
    private static final class Engine {
        private final Limits limits;
        private long[] times = new long[4];
        private LogRef[] ereports = new LogRef[4];
        private int first;
        private int size;
        private EventKey fedBy;
        private @Nullable Set<EventKey> fedByMore;

        Engine(Limits limits, EventKey problem) {
            this.limits = limits;
            this.fedBy = problem;
        }

        void feed(String problemClass, TopoPath at) {
            if (fedBy.eventClass().equals(problemClass) && fedBy.path().equals(at)) {
                return;
            }
            if (fedByMore == null) {
                fedByMore = new HashSet<>();
            }
            fedByMore.add(new EventKey(problemClass, at));
        }

        boolean isFedBy(EventKey problem) {
            return fedBy.equals(problem) || (fedByMore != null && fedByMore.contains(problem));
        }

        /** Keeps at most N before it adds; a clock that went back makes the span negative, which counts as within T. */
        boolean record(long nanos, LogRef ereport) {
            if (size > limits.n) {
                first = (first + 1) % times.length;
                size--;
            } else if (size == times.length) {
                grow();
            }
            int next = (first + size) % times.length;
            times[next] = nanos;
            ereports[next] = ereport;
            size++;
            return size > limits.n && nanos - times[first] <= limits.nanos;
        }

        private void grow() {
            int length = (int) Math.min(2L * size, Math.max(limits.n + 1L, size + 1L));
            long[] longerTimes = new long[length];
            LogRef[] longerEreports = new LogRef[length];
            for (int i = 0; i < size; i++) {
                longerTimes[i] = times[(first + i) % size];
                longerEreports[i] = ereports[(first + i) % size];
            }
            times = longerTimes;
            ereports = longerEreports;
            first = 0;
        }

        long last() {
            return times[(first + size - 1) % times.length];
        }

        boolean stale(long now) {
            return now - last() > limits.nanos;
        }

        List<LogRef> held() {
            Set<LogRef> held = new LinkedHashSet<>();
            for (int i = 0; i < size; i++) {
                held.add(ereports[(first + i) % times.length]);
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

    /**
     * Records an ereport.
     *
     * @param limits N and T for an engine that is new or empty; one that holds events keeps its own
     * @param times how often it is recorded; recording ends when the engine fires
     * @param problemClass the class of the suspect on whose behalf
     * @param at where that suspect is
     */
    Recorded record(
            Key key,
            Supplier<Limits> limits,
            long times,
            long nanos,
            LogRef ereport,
            String problemClass,
            TopoPath at) {
        Engine engine = engines.get(key);
        if (engine == null) {
            makeRoom(nanos);
            engine = new Engine(limits.get(), new EventKey(problemClass, at));
            engines.put(key, engine);
        } else {
            engine.feed(problemClass, at);
        }
        // After N+1 records one more only pushes out the oldest of the same.
        long enough = Long.compareUnsigned(times, engine.limits.n + 1L) > 0 ? engine.limits.n + 1L : times;
        boolean fired = false;
        for (long i = 0; i < enough && !fired; i++) {
            fired = engine.record(nanos, ereport);
        }
        if (fired || engine.size == 0) {
            engines.remove(key);
        }
        return new Recorded(fired, engine.limits, engine.size, fired ? engine.held() : List.of());
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

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.model.event.LogRef;

/**
 * Soft Error Rate Discrimination: an engine fires when more than N events lie within T (eversholt reference §3.3, fmd
 * reference §3.12). It fires once and is empty again.
 *
 * <p>An engine whose last event lies further back than T can never fire with it and is forgotten in time, so that engines
 * with a suffix per block do not pile up.
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

    /** What one record did: whether the engine fired, how many events it holds or held, and which ereports they are. */
    record Recorded(boolean fired, Limits limits, int count, List<LogRef> ereports) {}

    private record Entry(long nanos, LogRef ereport) {}

    private static final class Engine {
        private final Limits limits;
        private final Deque<Entry> entries = new ArrayDeque<>();
        private final Set<EventKey> fedBy = new HashSet<>();

        Engine(Limits limits) {
            this.limits = limits;
        }

        /** Keeps at most N before it adds; a clock that went back makes the span negative, which counts as within T. */
        boolean record(Entry entry) {
            while (entries.size() > limits.n) {
                entries.removeFirst();
            }
            entries.addLast(entry);
            return entries.size() > limits.n && entry.nanos - entries.getFirst().nanos <= limits.nanos;
        }

        int current() {
            return (int) entries.stream()
                    .filter(entry -> entries.getLast().nanos - entry.nanos <= limits.nanos)
                    .count();
        }

        boolean stale(long now) {
            return entries.isEmpty() || now - entries.getLast().nanos > limits.nanos;
        }
    }

    private final Map<Key, Engine> engines = new LinkedHashMap<>();
    private int sweepAt = SWEEP_AT_LEAST;

    /**
     * Records an ereport.
     *
     * @param limits N and T for an engine that is new or empty; one that holds events keeps its own
     * @param times how often it is recorded; recording ends when the engine fires
     * @param problem the suspect on whose behalf
     */
    Recorded record(Key key, Limits limits, long times, long nanos, LogRef ereport, EventKey problem) {
        sweep(nanos);
        Engine engine = engines.get(key);
        if (engine == null || engine.entries.isEmpty()) {
            engine = new Engine(limits);
            engines.put(key, engine);
        }
        engine.fedBy.add(problem);
        // After N+1 records one more only pushes out the oldest of the same.
        long enough = Long.compareUnsigned(times, engine.limits.n + 1L) > 0 ? engine.limits.n + 1L : times;
        boolean fired = false;
        for (long i = 0; i < enough && !fired; i++) {
            fired = engine.record(new Entry(nanos, ereport));
        }
        List<LogRef> held =
                engine.entries.stream().map(Entry::ereport).distinct().toList();
        Recorded recorded = new Recorded(fired, engine.limits, engine.entries.size(), held);
        if (fired) {
            engines.remove(key);
        }
        return recorded;
    }

    /** How many events the engine of that name holds that lie within T of the last one. */
    int counted(String name) {
        return engines.entrySet().stream()
                .filter(engine -> engine.getKey().toString().equals(name))
                .mapToInt(engine -> engine.getValue().current())
                .sum();
    }

    /**
     * How an engine stands.
     *
     * @param count how many events lie within T of the last
     * @param oldest the time of the first of these, since the epoch
     */
    record State(String engine, int count, Limits limits, long oldest) {}

    /** How the engines of a class at a place stand, whatever their suffixes and ids; only those that hold something. */
    List<State> states(String engineClass, TopoPath path) {
        List<State> states = new ArrayList<>();
        engines.forEach((key, engine) -> {
            // In the reference's dialect the suffix is part of the class.
            if (key.path.equals(path) && key.engineClass.startsWith(engineClass) && !engine.entries.isEmpty()) {
                long last = engine.entries.getLast().nanos;
                long oldest = engine.entries.stream()
                        .mapToLong(Entry::nanos)
                        .filter(nanos -> last - nanos <= engine.limits.nanos)
                        .findFirst()
                        .orElse(last);
                states.add(new State(key.toString(), engine.current(), engine.limits, oldest));
            }
        });
        return states;
    }

    private void sweep(long now) {
        if (engines.size() >= sweepAt) {
            engines.values().removeIf(engine -> engine.stale(now));
            sweepAt = Math.max(SWEEP_AT_LEAST, 2 * engines.size());
        }
    }

    /** Forgets the engines at paths of which this is true. */
    void resetAt(Predicate<TopoPath> paths) {
        engines.keySet().removeIf(key -> paths.test(key.path));
    }

    /** Forgets the engines that held events of that problem. */
    void resetFedBy(EventKey problem) {
        engines.values().removeIf(engine -> engine.fedBy.contains(problem));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.eft.SerdWatch;
import org.jspecify.annotations.Nullable;

/**
 * How often the engines of one declaration would have fired with other N and T, from their records: each instance is run once
 * with every pair. An instance fires when more than N records lie within T, and is empty then (eversholt reference §3.3).
 *
 * <p>The records are those that were made with the limits in force. Where a diagnosis changes what is recorded afterwards (a
 * rule that asks {@code has_fault}) other limits might have seen other records.
 */
public final class SerdTable {
    private static final boolean[] NONE = {};
    private static final int MOST_EVENTS = 100_000;
    private static final int SWEEP_AT_LEAST = 4096;

    private final String engine;
    private final long[] ns;
    private final long[] windows;
    private final long[] fired;
    private final long longest;
    private final Map<Object, Instance> instances = new HashMap<>();
    private int sweepAt = SWEEP_AT_LEAST;
    private long records;
    private long firedAsItWas;
    private long seen;

    /** Times of the newest records, and how many of them each pair still holds. */
    private static final class Instance {
        private final TopoPath at;
        private final int[] held;
        private final Set<Fed> fedBy = new HashSet<>();
        private String lastClass = "";
        private @Nullable TopoPath lastAt;
        private long[] times = new long[8];
        private int newest = -1;
        private long last;

        Instance(TopoPath at, int pairs) {
            this.at = at;
            this.held = new int[pairs];
        }

        /** Notes a problem that records are made for, nearly always the one before. */
        void fed(String problemClass, TopoPath by) {
            if (!lastClass.equals(problemClass) || !by.equals(lastAt)) {
                lastClass = problemClass;
                lastAt = by;
                fedBy.add(new Fed(problemClass, by));
            }
        }

        /** Adds a record; no more than {@code most} are ever asked for. */
        void add(long nanos, int most) {
            int next = newest + 1;
            if (next == times.length && times.length < most) {
                times = Arrays.copyOf(times, Math.min(most, 2 * times.length));
            }
            newest = next % times.length;
            times[newest] = nanos;
            last = nanos;
        }

        long before(int records) {
            return times[Math.floorMod(newest - records, times.length)];
        }
    }

    private record Fed(String problemClass, TopoPath at) {}

    /**
     * Makes an empty table.
     *
     * @param ns the values of N, in rising order
     * @param windows the values of T in nanoseconds, in rising order
     */
    public SerdTable(String engine, List<Long> ns, List<Long> windows) {
        this.engine = engine;
        this.ns = ns.stream()
                .mapToLong(n -> n)
                .filter(n -> n >= 0 && n < MOST_EVENTS)
                .toArray();
        this.windows = windows.stream().mapToLong(t -> t).toArray();
        this.fired = new long[this.ns.length * this.windows.length];
        this.longest = windows.stream().mapToLong(t -> t).max().orElse(0);
    }

    /** Half of a number, one less, the number, one more, twice as much. */
    public static List<Long> around(long n) {
        return new ArrayList<>(new TreeSet<>(List.of(n / 2, Math.max(0, n - 1), n, n + 1, 2 * n)));
    }

    /** A quarter of a time, half, the time, twice and four times as much. */
    public static List<Long> aroundTime(long nanos) {
        long longest = Long.MAX_VALUE / 4;
        long time = Math.max(4, Math.min(nanos, longest));
        return List.of(time / 4, time / 2, time, 2 * time, 4 * time);
    }

    public void add(SerdWatch.Tally tally) {
        records++;
        firedAsItWas += tally.fired() ? 1 : 0;
        sweep(tally.nanos());
        Instance instance = instances.get(tally.instance());
        if (instance == null) {
            seen++;
            instance = new Instance(tally.at(), fired.length);
            instances.put(tally.instance(), instance);
        }
        instance.fed(tally.problemClass(), tally.problemAt());
        record(instance, tally.nanos(), tally.times());
    }

    private void record(Instance instance, long nanos, long times) {
        int most = (int) (ns.length == 0 ? 0 : ns[ns.length - 1]) + 1;
        // After N+1 records one more only pushes out the oldest of the same.
        long copies = Long.compareUnsigned(times, most) > 0 ? most : times;
        boolean[] over = copies == 1 ? NONE : new boolean[fired.length];
        for (long copy = 0; copy < copies; copy++) {
            instance.add(nanos, most);
            for (int i = 0; i < ns.length; i++) {
                int n = (int) ns[i];
                long span = nanos - instance.before(n);
                for (int j = 0; j < windows.length; j++) {
                    int pair = i * windows.length + j;
                    if (copies > 1 && over[pair]) {
                        continue;
                    }
                    instance.held[pair] = Math.min(n + 1, instance.held[pair] + 1);
                    if (instance.held[pair] == n + 1 && span <= windows[j]) {
                        fired[pair]++;
                        instance.held[pair] = 0;
                        if (copies > 1) {
                            over[pair] = true;
                        }
                    }
                }
            }
        }
    }

    /** Forgets instances whose newest record is older than every T, in time. */
    private void sweep(long now) {
        if (instances.size() >= sweepAt) {
            instances.values().removeIf(instance -> now - instance.last > longest);
            sweepAt = Math.max(SWEEP_AT_LEAST, 2 * instances.size());
        }
    }

    /** Empties the instances of a place, and those that a problem fed if {@code fed}. */
    public void repaired(String problemClass, TopoPath path, boolean fed) {
        Fed problem = new Fed(problemClass, path);
        instances.values().removeIf(i -> i.at.equals(path) || (fed && i.fedBy.contains(problem)));
    }

    public String engine() {
        return engine;
    }

    /** Returns the values of N, in rising order. */
    public List<Long> ns() {
        return Arrays.stream(ns).boxed().toList();
    }

    /** Returns the values of T in nanoseconds, in rising order. */
    public List<Long> windows() {
        return Arrays.stream(windows).boxed().toList();
    }

    /** Returns how many records there were. */
    public long records() {
        return records;
    }

    /** Returns how many instances there were; one that was forgotten and came back counts again. */
    public long instances() {
        return seen;
    }

    /** Returns how often the engines did fire, with the limits that were in force. */
    public long fired() {
        return firedAsItWas;
    }

    /** Returns how often they would have fired with the {@code i}-th N and the {@code j}-th T. */
    public long fired(int i, int j) {
        return fired[i * windows.length + j];
    }
}

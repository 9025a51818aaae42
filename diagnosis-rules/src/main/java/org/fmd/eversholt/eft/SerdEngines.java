// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.ComponentTree;
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
    /** So often one ereport counts at most, whatever a rule or a payload says: each time takes memory. */
    static final int MOST_TIMES = 1 << 16;

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
        private final String engineClass;
        /** The component at its path, null if there is none now. */
        private @Nullable Component at;
        /** The next one without suffix and id at the same component. */
        private @Nullable Engine beside;

        private @Nullable Engine before;
        private @Nullable Engine after;
        private final Limits limits;
        private long[] times;
        private LogRef[] ereports;
        private int first;
        private int size;
        private final String fedByClass;
        private final TopoPath fedAt;
        private @Nullable Set<EventKey> fedByMore;
        private boolean fired;

        private Engine(Key key, @Nullable Component at, Limits limits, EventKey problem) {
            this.key = key;
            this.at = at;
            this.limits = limits;
            this.engineClass = key.engineClass;
            this.fedByClass = problem.eventClass();
            this.fedAt = problem.path();
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
            if (fedByClass.equals(problemClass) && fedAt.equals(at)) {
                return;
            }
            if (fedByMore == null) {
                fedByMore = new HashSet<>();
            }
            fedByMore.add(new EventKey(problemClass, at));
        }

        private boolean isFedBy(EventKey problem) {
            return (fedByClass.equals(problem.eventClass()) && fedAt.equals(problem.path()))
                    || (fedByMore != null && fedByMore.contains(problem));
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

        /** The place of the first event that lies within T of the last, from the first that is held. */
        int firstCurrent() {
            int at = 0;
            while (at + 1 < size && last() - times[(first + at) % times.length] > limits.nanos) {
                at++;
            }
            return at;
        }

        /** Who fed it, the first one first. */
        List<EventKey> fedBy() {
            List<EventKey> all = new ArrayList<>();
            all.add(new EventKey(fedByClass, fedAt));
            if (fedByMore != null) {
                all.addAll(fedByMore);
            }
            return all;
        }

        /** Shows what it holds, the oldest first. */
        void forEach(BiConsumer<Long, LogRef> event) {
            for (int i = 0; i < size; i++) {
                event.accept(times[place(i)], ereports[place(i)]);
            }
        }

        /** Holds one more, whatever follows from it; for an engine that is remembered. */
        void hold(long nanos, LogRef ereport) {
            record(nanos, ereport);
        }

        /** The ereports it holds, oldest first; one that was recorded several times is there as often. */
        List<LogRef> held() {
            LogRef[] held = new LogRef[size];
            for (int i = 0; i < size; i++) {
                held[i] = ereports[place(i)];
            }
            return Arrays.asList(held);
        }
    }

    private final int most;
    private final boolean apart;
    private @Nullable ComponentTree tree;
    /** Those without suffix and id by the place of their component in the walk, chained. */
    private @Nullable Engine[] plain = {};
    /** The others. */
    private final Map<Key, Engine> named = new HashMap<>();
    /** All of them in the order in which they were made. */
    private @Nullable Engine first;

    private @Nullable Engine last;
    private int size;
    private int sweepAt = SWEEP_AT_LEAST;
    private long dropped;

    /**
     * @param most how many engines may hold events, 0 for any number
     * @param apart whether the suffix is kept apart from the class; else it is part of it, and what looks alike is one
     */
    SerdEngines(int most, boolean apart) {
        this.most = most == 0 ? Integer.MAX_VALUE : most;
        this.apart = apart;
    }

    /** How many engines that could still have fired were forgotten since there were too many. */
    long dropped() {
        return dropped;
    }

    /** All that hold something, in the order in which they were made. */
    List<Engine> all() {
        List<Engine> all = new ArrayList<>(size);
        for (Engine one = first; one != null; one = one.after) {
            all.add(one);
        }
        return all;
    }

    /** With how many engines it looks for those that can be forgotten. */
    int sweepAt() {
        return sweepAt;
    }

    /** Goes on counting from there; for one that holds nothing yet. */
    void resume(int sameSweepAt, long sameDropped) {
        sweepAt = sameSweepAt;
        dropped = sameDropped;
    }

    /** Takes up an engine that is remembered, which holds nothing yet. */
    Engine add(Key key, Limits limits, List<EventKey> fedBy) {
        Engine engine = new Engine(key, tree == null ? null : tree.at(key.path), limits, fedBy.get(0));
        fedBy.forEach(problem -> engine.feed(problem.eventClass(), problem.path()));
        append(engine);
        return engine;
    }

    /** The component that keeps engines for one of that tree, null if the hardware has changed and it is gone. */
    @Nullable
    Component keeper(Component at, ComponentTree of) {
        return tree == null || of == tree ? at : tree.at(at.path());
    }

    /**
     * The engine of that name; null if it holds nothing.
     *
     * @param path the component that it is for
     * @param at the {@link #keeper} of that
     */
    @Nullable
    Engine find(TopoPath path, @Nullable Component at, String engineClass, String suffix, String id) {
        if (at == null || !isPlain(suffix, id)) {
            return named.get(key(path, engineClass, suffix, id));
        }
        for (Engine one = there(at); one != null; one = one.beside) {
            if (one.engineClass.equals(engineClass)) {
                return one;
            }
        }
        return null;
    }

    private boolean isPlain(String suffix, String id) {
        return apart && suffix.isEmpty() && id.isEmpty();
    }

    private @Nullable Engine there(Component at) {
        return at.walk() < plain.length ? plain[at.walk()] : null;
    }

    /** The name of an engine. */
    Key key(TopoPath path, String engineClass, String suffix, String id) {
        return apart ? new Key(engineClass, suffix, path, id) : new Key(engineClass + suffix, "", path, id);
    }

    /**
     * Makes an engine that holds nothing yet.
     *
     * @param at the {@link #keeper} of the component that it is for
     * @param problem the suspect on whose behalf
     */
    Engine make(Key key, @Nullable Component at, Limits limits, long now, EventKey problem) {
        makeRoom(now);
        Engine engine = new Engine(key, at, limits, problem);
        append(engine);
        return engine;
    }

    private void append(Engine engine) {
        enter(engine);
        engine.before = last;
        if (last == null) {
            first = engine;
        } else {
            last.after = engine;
        }
        last = engine;
        size++;
    }

    private void enter(Engine engine) {
        Component at = engine.at;
        if (at == null || !isPlain(engine.key.suffix, engine.key.id)) {
            named.put(engine.key, engine);
            return;
        }
        int place = at.walk();
        if (place >= plain.length) {
            plain = Arrays.copyOf(plain, Math.max(place + 1, 2 * plain.length));
        }
        engine.beside = plain[place];
        plain[place] = engine;
    }

    private void remove(Engine engine) {
        if (engine.before == null) {
            first = engine.after;
        } else {
            engine.before.after = engine.after;
        }
        if (engine.after == null) {
            last = engine.before;
        } else {
            engine.after.before = engine.before;
        }
        size--;
        Component at = engine.at;
        if (at == null || !isPlain(engine.key.suffix, engine.key.id)) {
            named.remove(engine.key);
            return;
        }
        int place = at.walk();
        Engine one = plain[place];
        if (one == engine) {
            plain[place] = engine.beside;
            return;
        }
        while (one != null && one.beside != engine) {
            one = one.beside;
        }
        if (one != null) {
            one.beside = engine.beside;
        }
    }

    private void removeIf(Predicate<Engine> gone) {
        for (Engine one = first; one != null; one = one.after) {
            if (gone.test(one)) {
                remove(one);
            }
        }
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
        long most = Math.min(engine.limits.n + 1L, MOST_TIMES);
        long enough = Long.compareUnsigned(times, most) > 0 ? most : times;
        for (long i = 0; i < enough && !engine.fired; i++) {
            engine.fired = engine.record(nanos, ereport);
        }
        if (engine.fired || engine.size == 0) {
            remove(engine);
        }
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
        for (Engine engine = first; engine != null; engine = engine.after) {
            Key key = engine.key;
            // In the reference's dialect the suffix is part of the class.
            if (key.path.equals(path) && key.engineClass.startsWith(engineClass) && engine.size > 0) {
                int skipped = engine.firstCurrent();
                long oldest = engine.times[(engine.first + skipped) % engine.times.length];
                states.add(new State(key.toString(), engine.size - skipped, engine.limits, oldest));
            }
        }
        return states;
    }

    /** How many events the engine of that name holds that lie within T of the last one. */
    int counted(String name) {
        int sum = 0;
        for (Engine engine = first; engine != null; engine = engine.after) {
            if (engine.key.toString().equals(name)) {
                sum += engine.size - engine.firstCurrent();
            }
        }
        return sum;
    }

    /** Forgets what can never fire with what it holds; if there are too many still, the sixteenth with the oldest events. */
    private void makeRoom(long now) {
        if (size < Math.min(sweepAt, most)) {
            return;
        }
        removeIf(engine -> engine.stale(now));
        if (size >= most) {
            List<Engine> oldest = new ArrayList<>(size);
            for (Engine one = first; one != null; one = one.after) {
                oldest.add(one);
            }
            oldest.sort(Comparator.comparingLong(Engine::last));
            int surplus = Math.max(1, most / 16);
            oldest.subList(0, surplus).forEach(this::remove);
            dropped += surplus;
        }
        sweepAt = Math.max(SWEEP_AT_LEAST, 2 * size);
    }

    /** The hardware is now this: forgets the engines of components that are gone. */
    void topologyChanged(ComponentTree newTree) {
        removeIf(engine -> newTree.at(engine.key.path) == null);
        tree = newTree;
        plain = new Engine[newTree.size()];
        named.clear();
        for (Engine one = first; one != null; one = one.after) {
            one.at = newTree.at(one.key.path);
            one.beside = null;
            enter(one);
        }
    }

    /** Forgets the engines at a path. */
    void resetAt(TopoPath path) {
        removeIf(engine -> engine.key.path.equals(path));
    }

    /** Forgets the engines that held events of that problem. */
    void resetFedBy(EventKey problem) {
        removeIf(engine -> engine.isFedBy(problem));
    }
}

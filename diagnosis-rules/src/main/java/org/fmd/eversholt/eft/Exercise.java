// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fmd.api.CaseKey;
import org.fmd.eversholt.check.Window;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.InstanceGraph;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.compile.Value;
import org.fmd.eversholt.compile.World;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * One open attempt to explain a set of ereports by a single problem: the graph around the first of them, and what has been
 * seen and found out since. An exercise keeps the world that it began in.
 *
 * <p>Most exercises end with the ereport that opened them. Such an object is {@linkplain #begin begun} again for another
 * one, so nobody may hold on to an exercise that is over.
 */
final class Exercise {
    private static final Truth[] NO_VERDICTS = {};

    private @Nullable InstanceGraph graph;
    private @Nullable Component center;
    private @Nullable Report opener;
    private @Nullable CaseKey key;
    private Set<EventKey> trips = Set.of();
    private Set<EventKey> delivering = Set.of();
    private int[] seen = {};
    private long[] firstSeen = {};
    private @Nullable NvList[] payloads = {};
    /** Where the payloads came from; null for what a SERD engine delivered. */
    private @Nullable Report[] sources = {};

    private boolean[] stripped = {};
    private boolean strips;
    private Truth[] verdicts = NO_VERDICTS;
    private Map<String, Value> globals = new LinkedHashMap<>();
    private final Map<EventInstance, Effects> effects = new HashMap<>();
    private final List<EventInstance> observed = new ArrayList<>();
    private final List<EventInstance> suspects = new ArrayList<>();
    /** Without the opener's, which is always the first. */
    private final Set<LogRef> attached = new LinkedHashSet<>();

    private long waited;
    private @Nullable Timer timer;
    private boolean waiting;
    private boolean settled;
    private boolean over;

    /** A timer that is set: its number, and the time since the first ereport that it stands for. */
    record Timer(long number, long wake) {}

    /** What a rejected trial must not leave behind. */
    static final class Memory {
        private final Truth[] verdicts;
        private final @Nullable Map<String, Value> globals;

        private Memory(Truth[] verdicts, @Nullable Map<String, Value> globals) {
            this.verdicts = verdicts;
            this.globals = globals;
        }
    }

    /**
     * Begins with a graph around a component, nothing seen yet. For a new object, or one that is over and never waited.
     *
     * @param newOpener the ereport that opens the exercise: all deadlines are counted from its time
     * @param newTrips the trip ereports without which it would not be
     */
    void begin(InstanceGraph newGraph, Component newCenter, Report newOpener, Set<EventKey> newTrips) {
        graph = newGraph;
        center = newCenter;
        opener = newOpener;
        trips = newTrips;
        delivering = Set.of();
        key = newOpener.newCase();
        int events = newGraph.events().size();
        int arrows = newGraph.arrows().size();
        if (seen.length < events) {
            seen = new int[events];
            firstSeen = new long[events];
            payloads = new NvList[events];
            sources = new Report[events];
            stripped = new boolean[events];
        }
        if (verdicts.length < arrows) {
            verdicts = new Truth[arrows];
        }
        Arrays.fill(verdicts, 0, arrows, Truth.DEFERRED);
        over = false;
    }

    /** Leaves nothing of what was seen, so that the object can begin again. */
    void clear() {
        for (int i = 0; i < observed.size(); i++) {
            int index = observed.get(i).index();
            seen[index] = 0;
            payloads[index] = null;
            sources[index] = null;
        }
        observed.clear();
        suspects.clear();
        if (!globals.isEmpty()) {
            globals = new LinkedHashMap<>();
        }
        if (!effects.isEmpty()) {
            effects.clear();
        }
        if (!attached.isEmpty()) {
            attached.clear();
        }
        waited = 0;
        graph = null;
        center = null;
        opener = null;
        key = null;
    }

    InstanceGraph graph() {
        return Objects.requireNonNull(graph);
    }

    World world() {
        return graph().world();
    }

    /** The component that the exercise began with. */
    Component center() {
        return Objects.requireNonNull(center);
    }

    /** The trip ereports without which the exercise would not be. */
    Set<EventKey> trips() {
        return trips;
    }

    /** The trip ereports that its own engines deliver at its end. */
    Set<EventKey> delivering() {
        return delivering;
    }

    void delivering(Set<EventKey> fired) {
        delivering = fired;
    }

    /** The event that the exercise began with. */
    EventInstance first() {
        return Objects.requireNonNull(graph().opener());
    }

    Report opener() {
        return Objects.requireNonNull(opener);
    }

    CaseKey key() {
        return Objects.requireNonNull(key);
    }

    Component at(EventInstance event) {
        return event.at(center());
    }

    EventKey key(EventInstance event) {
        return event.key(center());
    }

    /** Whether no surviving problem leads to the event any more. */
    boolean stripped(EventInstance event) {
        return strips && stripped[event.index()];
    }

    /** Whether both ends of the arrow are still in play. */
    boolean alive(InstanceArrow arrow) {
        return !strips
                || (!stripped[arrow.from().index()] && !stripped[arrow.to().index()]);
    }

    /** Takes an event out of play. */
    void strip(EventInstance event) {
        strips = true;
        stripped[event.index()] = true;
    }

    boolean seen(EventInstance event) {
        return seen[event.index()] > 0;
    }

    /** When the event was first seen, in nanoseconds since the first ereport; may be negative. */
    long firstSeen(EventInstance event) {
        return firstSeen[event.index()] - opener().nanos();
    }

    /** Whether the arrow's target came before the arrow's window opens; the first ereport of all never does. */
    boolean early(InstanceArrow arrow) {
        Window window = arrow.window();
        return window != null
                && window.minNanos() > 0
                && arrow.to() != first()
                && seen(arrow.to())
                && firstSeen(arrow.to()) < window.minNanos();
    }

    /** Null until the event is seen. */
    @Nullable
    NvList payload(EventInstance event) {
        return payloads[event.index()];
    }

    /** Notes that an event was seen. */
    void see(EventInstance event, NvList payload, long nanos) {
        if (seen[event.index()]++ == 0) {
            observed.add(event);
            firstSeen[event.index()] = nanos;
        }
        payloads[event.index()] = payload;
    }

    /** Takes the last {@link #see} of the event back. */
    void unsee(EventInstance event, @Nullable NvList payloadBefore) {
        if (--seen[event.index()] == 0) {
            observed.remove(event);
        }
        payloads[event.index()] = payloadBefore;
    }

    /** The ereport that the event's payload is that of; null if a SERD engine delivered it. */
    @Nullable
    Report source(EventInstance event) {
        return sources[event.index()];
    }

    /** Says where the event's payload came from. */
    void source(EventInstance event, @Nullable Report report) {
        sources[event.index()] = report;
    }

    /** How often the event was seen. */
    int count(EventInstance event) {
        return seen[event.index()];
    }

    /** What was seen, in the order it first came. */
    List<EventInstance> observed() {
        return observed;
    }

    /** The problems that stood when the exercise ended, in the order in which they were met. */
    List<EventInstance> suspects() {
        return suspects;
    }

    Truth verdict(InstanceArrow arrow) {
        return verdicts[arrow.index()];
    }

    void verdict(InstanceArrow arrow, Truth truth) {
        verdicts[arrow.index()] = truth;
    }

    Map<String, Value> globals() {
        return globals;
    }

    Memory remember() {
        return new Memory(verdicts.clone(), globals.isEmpty() ? null : new LinkedHashMap<>(globals));
    }

    void restore(Memory memory) {
        verdicts = memory.verdicts;
        globals = memory.globals == null ? new LinkedHashMap<>() : memory.globals;
    }

    /** What {@code set...} functions noted for a problem. */
    Effects effects(EventInstance problem) {
        Effects noted = effects.isEmpty() ? null : effects.get(problem);
        return noted == null ? Effects.NONE : noted;
    }

    /** Where {@code set...} functions can note something for a problem. */
    Effects effectsToSet(EventInstance problem) {
        return effects.computeIfAbsent(problem, p -> new Effects());
    }

    /** All that {@code set...} functions noted. */
    Map<EventInstance, Effects> allEffects() {
        return effects;
    }

    /** Notes that an ereport belongs to the case; false if it did already. */
    boolean attach(LogRef ereport) {
        return !ereport.equals(opener().ref()) && attached.add(ereport);
    }

    /** The ereports of the case besides the opener's. */
    Set<LogRef> attached() {
        return attached;
    }

    /** The exercise's clock, in nanoseconds since the first ereport; it moves only when a timer is due. */
    long waited() {
        return waited;
    }

    void waited(long nanos) {
        waited = nanos;
    }

    @Nullable
    Timer timer() {
        return timer;
    }

    void timer(@Nullable Timer newTimer) {
        timer = newTimer;
    }

    /** Whether the exercise waits, or has waited, for more to come. */
    boolean waiting() {
        return waiting;
    }

    /** Says that the exercise waits, and whether another look at it with nothing new would find what the last one found. */
    void waiting(boolean nothingStripped) {
        waiting = true;
        settled = nothingStripped;
    }

    boolean settled() {
        return settled;
    }

    /** Goes on where an exercise stood that is remembered; for one that has begun and to which nothing happened yet. */
    void resume(CaseKey sameKey, long sameWaited, Timer sameTimer) {
        key = sameKey;
        waited = sameWaited;
        timer = sameTimer;
    }

    /** Notes that an event was seen so often before. */
    void sawBefore(EventInstance event, int times, long firstNanos, NvList payload, @Nullable Report source) {
        int index = event.index();
        observed.add(event);
        seen[index] = times;
        firstSeen[index] = firstNanos;
        payloads[index] = payload;
        sources[index] = source;
    }

    boolean over() {
        return over;
    }

    void end() {
        over = true;
    }

    @Override
    public String toString() {
        return graph == null ? "no exercise" : key + " of " + key(first());
    }
}

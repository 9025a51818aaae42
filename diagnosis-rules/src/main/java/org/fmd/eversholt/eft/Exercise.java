// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.api.CaseKey;
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
 */
final class Exercise {
    private final InstanceGraph graph;
    private final World world;
    private final EventInstance first;
    private final Report opener;
    private final CaseKey key;
    private final int[] seen;
    private final long[] firstSeen;
    private final @Nullable NvList[] payloads;
    private final boolean[] stripped;
    private Truth[] verdicts;
    private Map<String, Value> globals = new LinkedHashMap<>();
    private final Map<EventInstance, Effects> effects = new HashMap<>();
    private final List<EventInstance> observed = new ArrayList<>();
    private final Set<LogRef> attached = new LinkedHashSet<>();
    private long waited;
    private @Nullable Timer timer;
    private boolean concluding;
    private boolean over;

    /** A timer that is set: its number, and the time since the first ereport that it stands for. */
    record Timer(long number, long wake) {}

    /** What a rejected trial must not leave behind. */
    static final class Memory {
        private final Truth[] verdicts;
        private final Map<String, Value> globals;

        private Memory(Truth[] verdicts, Map<String, Value> globals) {
            this.verdicts = verdicts;
            this.globals = globals;
        }
    }

    Exercise(InstanceGraph graph, World world, EventInstance first, Report opener, CaseKey key) {
        this.graph = graph;
        this.world = world;
        this.first = first;
        this.opener = opener;
        this.key = key;
        this.seen = new int[graph.events().size()];
        this.firstSeen = new long[seen.length];
        this.payloads = new NvList[seen.length];
        this.stripped = new boolean[seen.length];
        this.verdicts = new Truth[graph.arrows().size()];
        Arrays.fill(verdicts, Truth.DEFERRED);
    }

    World world() {
        return world;
    }

    /** The event that the exercise began with. */
    EventInstance first() {
        return first;
    }

    /** The ereport that opened the exercise: all deadlines are counted from its time. */
    Report opener() {
        return opener;
    }

    CaseKey key() {
        return key;
    }

    /** Null if the graph has no such event, or no surviving problem leads to it. */
    @Nullable
    EventInstance find(EventKey event) {
        EventInstance found = graph.find(event);
        return found == null || stripped[found.index()] ? null : found;
    }

    /** Whether both ends of the arrow are still in play. */
    boolean alive(InstanceArrow arrow) {
        return !stripped[arrow.from().index()] && !stripped[arrow.to().index()];
    }

    /** Takes out of play all events but these. */
    void keep(Set<EventInstance> kept) {
        for (EventInstance event : graph.events()) {
            stripped[event.index()] |= !kept.contains(event);
        }
    }

    boolean seen(EventInstance event) {
        return seen[event.index()] > 0;
    }

    /** When the event was first seen, in nanoseconds since the first ereport; may be negative. */
    long firstSeen(EventInstance event) {
        return firstSeen[event.index()] - opener.nanos();
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

    /** What was seen, in the order it first came. */
    List<EventInstance> observed() {
        return observed;
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
        return new Memory(verdicts.clone(), new LinkedHashMap<>(globals));
    }

    void restore(Memory memory) {
        verdicts = memory.verdicts;
        globals = memory.globals;
    }

    /** What {@code set...} functions noted for a problem. */
    Effects effects(EventInstance problem) {
        return effects.computeIfAbsent(problem, p -> new Effects());
    }

    /** Notes that an ereport belongs to the case; false if it did already. */
    boolean attach(LogRef ereport) {
        return attached.add(ereport);
    }

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

    boolean over() {
        return over;
    }

    void end() {
        over = true;
    }

    /** Says that the exercise is being ended: what its own engines deliver is not for it. */
    void concluding() {
        concluding = true;
    }

    boolean isConcluding() {
        return concluding;
    }

    InstanceGraph graph() {
        return graph;
    }

    @Override
    public String toString() {
        return key + " of " + first;
    }
}

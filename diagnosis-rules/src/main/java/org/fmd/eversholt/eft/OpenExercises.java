// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.jspecify.annotations.Nullable;

/**
 * The exercises that wait, by the ereports that they have in play, so that an ereport meets those that can use it and no
 * others, however many there are. For one ereport they are in the order in which they began.
 */
final class OpenExercises {
    /** An exercise and the event of its graph that is asked for. */
    record Seat(Exercise exercise, EventInstance event) {}

    private static final Seat[] NONE = {};
    private static final int FEW = 4096;

    private final Map<EventKey, Seat[]> byEvent = new HashMap<>();
    /** How many events there are for each value of a few bits of their hash: nearly always enough to know that there is none. */
    private final int[] few = new int[FEW];

    private final Set<Exercise> all = new LinkedHashSet<>();

    /** The exercises that wait, in the order in which they began to. */
    Set<Exercise> all() {
        return all;
    }

    /** The exercises that the event can be offered to; not to be changed, and not changed later. */
    Seat[] having(Sighting sighting) {
        return few[sighting.hash() & FEW - 1] == 0 ? NONE : byEvent.getOrDefault(sighting.key(), NONE);
    }

    /** Enters all ereports of an exercise that has begun to wait. */
    void enter(Exercise exercise) {
        all.add(exercise);
        for (EventInstance event : exercise.graph().events()) {
            if (event.kind() == EventKind.EREPORT && !exercise.stripped(event)) {
                Seat seat = new Seat(exercise, event);
                EventKey key = exercise.key(event);
                if (byEvent.merge(key, new Seat[] {seat}, OpenExercises::join).length == 1) {
                    few[key.hashCode() & FEW - 1]++;
                }
            }
        }
    }

    private static Seat[] join(Seat[] before, Seat[] last) {
        Seat[] longer = Arrays.copyOf(before, before.length + 1);
        longer[before.length] = last[0];
        return longer;
    }

    /** Forgets all ereports of an exercise that is over. */
    void leave(Exercise exercise) {
        all.remove(exercise);
        for (EventInstance event : exercise.graph().events()) {
            if (event.kind() == EventKind.EREPORT && !exercise.stripped(event)) {
                leave(exercise, event);
            }
        }
    }

    /** Forgets an event that is about to be taken out of play. */
    void leave(Exercise exercise, EventInstance event) {
        EventKey key = exercise.key(event);
        Seat[] rest = without(byEvent.getOrDefault(key, NONE), exercise);
        if (rest == null) {
            if (byEvent.remove(key) != null) {
                few[key.hashCode() & FEW - 1]--;
            }
        } else {
            byEvent.put(key, rest);
        }
    }

    private static Seat @Nullable [] without(Seat[] seats, Exercise exercise) {
        int kept = 0;
        for (Seat seat : seats) {
            kept += seat.exercise == exercise ? 0 : 1;
        }
        if (kept == 0) {
            return null;
        }
        Seat[] rest = new Seat[kept];
        kept = 0;
        for (Seat seat : seats) {
            if (seat.exercise != exercise) {
                rest[kept++] = seat;
            }
        }
        return rest;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventName;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.SerdEngine;
import org.jspecify.annotations.Nullable;

/** All arrows of a program, by source and by target, in source order. */
final class Ways {
    private final List<Way> all = new ArrayList<>();
    private final Map<Event, List<Way>> out = new LinkedHashMap<>();
    private final Map<Event, List<Way>> in = new LinkedHashMap<>();
    private final IdentityHashMap<EventUse, Long> sizes = new IdentityHashMap<>();
    private final IdentityHashMap<EventUse, Boolean> alone = new IdentityHashMap<>();
    private final Set<String> trips = new HashSet<>();
    private final @Nullable Set<String> posted;
    private final Effort effort;

    private Ways(@Nullable Set<String> posted, Effort effort) {
        this.posted = posted;
        this.effort = effort;
    }

    static Ways of(Program program, @Nullable Set<String> posted, Effort effort) {
        Ways ways = new Ways(posted, effort);
        for (SerdEngine engine : program.serdEngines().values()) {
            EventName trip = engine.trip();
            if (trip != null) {
                ways.trips.add(trip.eventClass());
            }
        }
        program.propagations().forEach(ways::add);
        return ways;
    }

    private void add(Propagation propagation) {
        for (int column = 0; column < propagation.arrows().size(); column++) {
            for (EventUse from : propagation.columns().get(column)) {
                for (EventUse to : propagation.columns().get(column + 1)) {
                    Way way = new Way(propagation, column, from, to, closed(from, to));
                    all.add(way);
                    out.computeIfAbsent(from.event(), e -> new ArrayList<>()).add(way);
                    in.computeIfAbsent(to.event(), e -> new ArrayList<>()).add(way);
                }
            }
        }
    }

    private boolean closed(EventUse from, EventUse to) {
        if (to.guards().isEmpty() && from.guards().isEmpty()) {
            return false;
        }
        if (from.guards().isEmpty()) {
            return alone.computeIfAbsent(to, use -> never(from, to));
        }
        return never(from, to);
    }

    private boolean never(EventUse from, EventUse to) {
        if (!effort.spend(size(from) + size(to))) {
            return false;
        }
        Propositions propositions = Propositions.of(from, to);
        Formula both = Formula.both(propositions.all(from, true), propositions.all(to, false));
        return Satisfiability.never(both, propositions, effort);
    }

    private long size(EventUse use) {
        return sizes.computeIfAbsent(use, key -> {
            long[] parts = {1};
            use.guards().forEach(guard -> guard.walk(part -> parts[0]++));
            return parts[0];
        });
    }

    List<Way> all() {
        return all;
    }

    List<Way> outOf(Event event) {
        return out.getOrDefault(event, List.of());
    }

    List<Way> into(Event event) {
        return in.getOrDefault(event, List.of());
    }

    boolean trip(Event ereport) {
        return trips.contains(ereport.name().eventClass());
    }

    /** Whether it is known that nobody posts an ereport. */
    boolean unposted(Event event) {
        String eventClass = event.name().eventClass();
        return posted != null
                && event.kind() == EventKind.EREPORT
                && !posted.contains(eventClass)
                && !trips.contains(eventClass);
    }
}

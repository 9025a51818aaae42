// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the topology has decided: the arrows that lead away from an event on the machine, and why some of them are in no graph.
 * Put together when somebody asks why something does not follow.
 */
public final class Refusals {
    static final Refusals NONE = new Refusals(List.of());

    private final List<Draft> arrows;

    private Refusals(List<Draft> arrows) {
        this.arrows = arrows;
    }

    static Refusals of(RuleIndex rules, World world, Reads reads, EventKey from) {
        Component at = world.tree().at(from.path());
        return at == null ? NONE : new Refusals(GraphBuilder.awayFrom(rules, world, reads, from.eventClass(), at));
    }

    /** Whether the event leads to one that is wanted over arrows of which the topology forbids none. */
    public boolean reaches(EventKey from, Predicate<EventKey> wanted) {
        Map<EventKey, Set<EventKey>> next = new HashMap<>();
        for (Draft arrow : arrows) {
            if (arrow.refused() == null) {
                next.computeIfAbsent(arrow.fromKey(), key -> new LinkedHashSet<>())
                        .add(arrow.toKey());
            }
        }
        return closure(Set.of(from), next).stream().anyMatch(wanted);
    }

    /** Why arrows are missing on the ways to the events that are wanted, in the order of the rules, each reason once. */
    public List<Reason> before(Predicate<EventKey> wanted) {
        Map<EventKey, Set<EventKey>> previous = new HashMap<>();
        Set<EventKey> goals = new HashSet<>();
        for (Draft arrow : arrows) {
            previous.computeIfAbsent(arrow.toKey(), key -> new LinkedHashSet<>())
                    .add(arrow.fromKey());
            if (wanted.test(arrow.toKey())) {
                goals.add(arrow.toKey());
            }
        }
        Set<EventKey> leading = closure(goals, previous);
        return arrows.stream()
                .filter(arrow -> leading.contains(arrow.toKey()))
                .map(Draft::refused)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static Set<EventKey> closure(Set<EventKey> from, Map<EventKey, Set<EventKey>> next) {
        Set<EventKey> reached = new HashSet<>(from);
        Deque<EventKey> pending = new ArrayDeque<>(from);
        while (!pending.isEmpty()) {
            for (EventKey key : next.getOrDefault(pending.remove(), Set.of())) {
                if (reached.add(key)) {
                    pending.add(key);
                }
            }
        }
        return reached;
    }
}

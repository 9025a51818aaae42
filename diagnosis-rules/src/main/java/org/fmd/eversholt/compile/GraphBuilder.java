// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fmd.eversholt.compile.RuleIndex.Needed;
import org.fmd.eversholt.compile.RuleIndex.Occurrence;
import org.jspecify.annotations.Nullable;

/**
 * Builds the instance graph around one ereport: everything that can lead to it, and everything that those events lead to
 * in turn. Statements are placed only where they touch what is in the graph already, so the cost does not grow with the
 * rest of the machine.
 */
final class GraphBuilder {
    private static final int MOST_ARROWS = 1_000_000;

    /** An event on a component, whose arrows are to be found. */
    private record Spot(String eventClass, Component at) {
        EventKey key() {
            return new EventKey(eventClass, at.path());
        }
    }

    private final RuleIndex rules;
    private final @Nullable Needed needed;
    private final World world;
    private final Reads reads;
    private final Judge judge;
    private final Problems problems;
    private final SortedMap<Placement, List<Draft>> placements = new TreeMap<>();
    private final Map<EventKey, List<Draft>> into = new HashMap<>();
    private final Map<EventKey, List<Draft>> outOf = new HashMap<>();

    private int arrows;

    /** @param needed the statements that matter, null for all */
    private GraphBuilder(
            RuleIndex rules, @Nullable Needed needed, World world, Reads reads, Judge judge, Problems problems) {
        this.rules = rules;
        this.needed = needed;
        this.world = world;
        this.reads = reads;
        this.judge = judge;
        this.problems = problems;
    }

    /**
     * Returns the graph around an ereport.
     *
     * @param needed the statements that matter to that class there
     * @param reads its centre is the component of the ereport; told what the graph is built on
     * @param problems told of statements and constraints that cannot be evaluated
     */
    static InstanceGraph build(
            RuleIndex rules, Needed needed, World world, Reads reads, String ereportClass, Problems problems) {
        GraphBuilder builder = new GraphBuilder(rules, needed, world, reads, new Judge(problems), problems);
        builder.downFrom(builder.upFrom(new Spot(ereportClass, reads.center())));
        List<Draft> drafts = new ArrayList<>();
        builder.placements.values().forEach(drafts::addAll);
        return new GraphAssembler(world, reads.center()).assemble(ereportClass, drafts, reads.answers());
    }

    /** Returns all arrows that lead away from an event, one after the other, those that the topology forbids included. */
    static List<Draft> awayFrom(RuleIndex rules, World world, Reads reads, String eventClass, Component at) {
        Problems nobody = (place, what) -> {};
        GraphBuilder builder = new GraphBuilder(rules, null, world, reads, new Judge(nobody, true), nobody);
        builder.downFrom(Set.of(new Spot(eventClass, at)));
        List<Draft> drafts = new ArrayList<>();
        builder.placements.values().forEach(drafts::addAll);
        return drafts;
    }

    /** Finds all that can lead to the ereport; returns it with the ereport. */
    private Set<Spot> upFrom(Spot ereport) {
        Set<Spot> reached = new LinkedHashSet<>(Set.of(ereport));
        Deque<Spot> pending = new ArrayDeque<>(reached);
        while (!pending.isEmpty()) {
            Spot spot = pending.remove();
            expand(rules.asTarget(spot.eventClass, spot.at), spot.at);
            for (Draft draft : into.getOrDefault(spot.key(), List.of())) {
                Spot cause = new Spot(draft.fromKey().eventClass(), draft.from());
                if (reached.add(cause)) {
                    pending.add(cause);
                }
            }
        }
        return reached;
    }

    /** Finds all that those events lead to. */
    private void downFrom(Set<Spot> causes) {
        Set<Spot> reached = new LinkedHashSet<>(causes);
        Deque<Spot> pending = new ArrayDeque<>(reached);
        while (!pending.isEmpty()) {
            Spot spot = pending.remove();
            expand(rules.asSource(spot.eventClass, spot.at), spot.at);
            for (Draft draft : outOf.getOrDefault(spot.key(), List.of())) {
                Spot effect = new Spot(draft.toKey().eventClass(), draft.to());
                if (reached.add(effect)) {
                    pending.add(effect);
                }
            }
        }
    }

    private void expand(List<Occurrence> occurrences, Component at) {
        for (Occurrence occurrence : occurrences) {
            if (needed != null
                    && !needed.statements().get(occurrence.statement().index())) {
                continue;
            }
            List<Placement> found = Placing.of(occurrence.statement(), world.tree(), reads, occurrence.use(), at);
            if (found.size() > Placing.MOST || arrows > MOST_ARROWS) {
                problems.add(
                        occurrence.statement().propagation().span(),
                        "too many ways to place its events on this machine; tie their paths together");
            } else {
                found.forEach(this::add);
            }
        }
    }

    private void add(Placement placement) {
        if (placements.containsKey(placement)) {
            return;
        }
        List<Draft> drafts = Draft.all(placement, world, reads, judge, problems);
        placements.put(placement, drafts);
        arrows += drafts.size();
        for (Draft draft : drafts) {
            into.computeIfAbsent(draft.toKey(), key -> new ArrayList<>()).add(draft);
            outOf.computeIfAbsent(draft.fromKey(), key -> new ArrayList<>()).add(draft);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoPath;
import org.jspecify.annotations.Nullable;

/**
 * The events of the rules placed on the components of the machine, with arrows: all that the explanation of one ereport can
 * need. Not changed once it is made, but for what was learned of its {@link FirstLook}; what an exercise finds out is kept beside it, by the numbers of events and arrows. A graph whose events
 * all lie on the way from the root to its centre may be used around every component that {@link Graphs} gives it for.
 */
public final class InstanceGraph {
    /** What an event is found by: its path, or how far it lies above the centre. */
    private record Spot(String eventClass, Object place) {}

    private final World world;
    private final List<EventInstance> events;
    private final List<InstanceArrow> arrows;
    private final Map<Spot, EventInstance> bySpot = new HashMap<>();
    private final @Nullable EventInstance opener;
    private final boolean variables;
    private final FirstLook firstLook = new FirstLook();
    private final List<Reads.Answer> answers;

    /**
     * @param ereportClass the class of the ereport that the graph is around
     * @param answers what was asked while it was built
     */
    InstanceGraph(
            World world,
            String ereportClass,
            List<EventInstance> events,
            List<InstanceArrow> arrows,
            List<Reads.Answer> answers) {
        this.world = world;
        this.answers = answers;
        this.events = List.copyOf(events);
        this.arrows = List.copyOf(arrows);
        for (EventInstance event : events) {
            Component fixed = event.seat().fixed();
            Object place = fixed == null ? (Object) event.seat().up() : fixed.path();
            bySpot.put(new Spot(event.eventClass(), place), event);
        }
        this.opener = bySpot.get(new Spot(ereportClass, 0));
        this.variables = arrows.stream().anyMatch(arrow -> arrow.guard().variables());
    }

    /** The arrows that lead away from an event of the rules, as the world was when the graph was built. */
    public Refusals refusals(RuleIndex rules, EventKey from, Component center) {
        World unwatched = world.unwatched();
        return Refusals.of(rules, unwatched, new Reads(unwatched, center, answers), from);
    }

    public World world() {
        return world;
    }

    /** The event of the ereport that the graph is around, null if no rule applies to it there. */
    public @Nullable EventInstance opener() {
        return opener;
    }

    /** Null if the graph around that component has no such event. */
    public @Nullable EventInstance find(EventKey key, Component center) {
        TopoPath path = key.path();
        int up = center.depth() - path.steps().size();
        boolean above = up >= 0 && center.ancestor(up).path().equals(path);
        return bySpot.get(new Spot(key.eventClass(), above ? (Object) up : path));
    }

    public List<EventInstance> events() {
        return events;
    }

    public List<InstanceArrow> arrows() {
        return arrows;
    }

    /** Whether a constraint of the graph reads or sets a variable. */
    public boolean variables() {
        return variables;
    }

    /** What first looks at this graph came to. */
    public FirstLook firstLook() {
        return firstLook;
    }

    public boolean isEmpty() {
        return arrows.isEmpty();
    }

    /** The facts that the graph was built on around that component: where they are answered alike it comes out the same. */
    public Map<FactAsked, Long> facts(Component center) {
        if (answers.isEmpty()) {
            return Map.of();
        }
        Map<FactAsked, Long> facts = new LinkedHashMap<>();
        for (Reads.Answer answer : answers) {
            if (answer.canChange()) {
                facts.put(answer.fact(center), answer.value());
            }
        }
        return facts;
    }

    /** A number that tells graphs around that component apart which the same rules were made into on other grounds. */
    public int shape(Component center) {
        int shape = 31 * events.size() + arrows.size();
        for (EventInstance event : events) {
            shape = 31 * shape + event.key(center).hashCode();
        }
        for (InstanceArrow arrow : arrows) {
            shape = 31 * (31 * shape + arrow.from().index()) + arrow.to().index();
        }
        return shape;
    }
}

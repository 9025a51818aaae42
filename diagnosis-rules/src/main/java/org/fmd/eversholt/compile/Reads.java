// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.api.topo.TopoPath;
import org.jspecify.annotations.Nullable;

/**
 * What the building of a graph looked at besides the rules and the names on the way from the root to the graph's centre.
 *
 * <p>Building is a function of what it reads: where the same questions have the same answers the same graph comes out. A
 * graph that was built on nothing but the way down to its centre serves all components with the same names above them, as
 * long as the questions asked of those components are answered alike; one that was built on its centre's surroundings or on
 * numbers is its centre's own. What can change while the machine stays the same, faults and counters, is asked again each
 * time either of them is to be used.
 */
final class Reads {
    /** Something that was asked while a graph was built; to be asked again of another centre, or later. */
    sealed interface Question {
        Object ask(World world, Component center);
    }

    /** A property of a component on the way down. */
    record OfProperty(int up, String name) implements Question {
        @Override
        public Object ask(World world, Component center) {
            return Optional.ofNullable(world.property(center.ancestor(up), name));
        }
    }

    /** Whether a component has an open fault. */
    record OfFault(Seat seat, String pattern) implements Question {
        @Override
        public Object ask(World world, Component center) {
            return world.facts().hasFault(seat.on(center), pattern);
        }
    }

    /**
     * The value of a counter.
     *
     * @param elsewhere its place if that is not on the way down, else null
     */
    record OfCounter(int up, @Nullable TopoPath elsewhere, String counterClass) implements Question {
        @Override
        public Object ask(World world, Component center) {
            return world.facts().count(counterClass, path(center));
        }

        private TopoPath path(Component center) {
            return elsewhere == null ? center.ancestor(up).path() : elsewhere;
        }
    }

    /** A question with the answer that the graph was built on. */
    record Answer(Question question, Object answer) {
        /** Whether it can be another one while the machine stays the same. */
        boolean canChange() {
            return !(question instanceof OfProperty);
        }

        /** What was asked of a centre; for an answer that can change. */
        FactAsked fact(Component center) {
            if (question instanceof OfFault fault) {
                return new FactAsked(false, fault.pattern, fault.seat.on(center).path());
            }
            if (question instanceof OfCounter counter) {
                return new FactAsked(true, counter.counterClass, counter.path(center));
            }
            throw new IllegalStateException("a property is no fact that changes: " + question);
        }

        /** The answer as a number: that of a counter; 1 for yes, 0 for no. */
        long value() {
            return answer instanceof Long count ? count : Boolean.TRUE.equals(answer) ? 1 : 0;
        }
    }

    private final World world;
    private final Component center;
    private final Map<Question, Object> answers = new LinkedHashMap<>();
    private boolean own;

    Reads(World world, Component center) {
        this(world, center, List.of());
    }

    /** @param known what was answered before, and is so again */
    Reads(World world, Component center, List<Answer> known) {
        this.world = world;
        this.center = center;
        known.forEach(one -> answers.put(one.question, one.answer));
    }

    Component center() {
        return center;
    }

    /** Says that the graph is its centre's own: something was looked at that another centre need not have. */
    void own() {
        own = true;
    }

    boolean isOwn() {
        return own;
    }

    /** What was asked, in order, each question once; of an own graph only what can change while the machine does not. */
    List<Answer> answers() {
        List<Answer> list = new ArrayList<>();
        answers.forEach((question, answer) -> {
            if (!own || !(question instanceof OfProperty)) {
                list.add(new Answer(question, answer));
            }
        });
        return list;
    }

    private Object ask(Question question) {
        return answers.computeIfAbsent(question, q -> q.ask(world, center));
    }

    @Nullable
    String property(Component component, String name) {
        Seat seat = Seat.of(component, center);
        if (seat.fixed() != null) {
            own = true;
            return world.property(component, name);
        }
        return (String) ((Optional<?>) ask(new OfProperty(seat.up(), name))).orElse(null);
    }

    boolean hasFault(Component component, String pattern) {
        return (Boolean) ask(new OfFault(Seat.of(component, center), pattern));
    }

    long count(String counterClass, TopoPath path) {
        int up = center.depth() - path.steps().size();
        boolean above = up >= 0 && center.ancestor(up).path().equals(path);
        return (Long) ask(new OfCounter(above ? up : 0, above ? null : path, counterClass));
    }
}

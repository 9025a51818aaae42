// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.fmd.eversholt.check.Arrow;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.syntax.Decision;
import org.jspecify.annotations.Nullable;

/** From statements to a graph of events on components (eversholt reference §6.3 and 6.4). */
final class Expansion {
    private final Terms.World world;
    private final Graph graph = new Graph();

    private Expansion(Terms.World world) {
        this.world = world;
    }

    /** The statements that matter to an ereport of that class from a component of that name; null if none knows it. */
    static @Nullable List<Propagation> needed(Program program, String ereportClass, String component) {
        Map<String, Set<String>> effects = new LinkedHashMap<>();
        Map<String, EventKind> kinds = new LinkedHashMap<>();
        for (Propagation statement : program.propagations()) {
            for (int i = 0; i < statement.arrows().size(); i++) {
                for (EventUse source : sources(program, statement, i)) {
                    for (EventUse target : statement.columns().get(i + 1)) {
                        kinds.put(bare(source), source.event().kind());
                        kinds.put(bare(target), target.event().kind());
                        effects.computeIfAbsent(bare(source), key -> new LinkedHashSet<>())
                                .add(bare(target));
                    }
                }
            }
        }
        String report = ereportClass + "@" + component;
        if (!kinds.containsKey(report)) {
            return null;
        }
        Set<String> wanted = new HashSet<>();
        for (String event : kinds.keySet()) {
            Set<String> reached = reach(event, effects);
            if (kinds.get(event).isProblem() && reached.contains(report)) {
                wanted.addAll(reached);
            }
        }
        return program.propagations().stream()
                .filter(s -> IntStream.range(0, s.arrows().size())
                        .mapToObj(i -> sources(program, s, i))
                        .flatMap(List::stream)
                        .anyMatch(use -> wanted.contains(bare(use))))
                .toList();
    }

    /** The sources of an arrow; the reference sees but the last of them here. */
    private static List<EventUse> sources(Program program, Propagation statement, int arrow) {
        List<EventUse> sources = statement.columns().get(arrow);
        return program.dialect().has(Decision.PRUNE_ALL_SOURCES)
                ? sources
                : sources.subList(sources.size() - 1, sources.size());
    }

    private static String bare(EventUse use) {
        return use.event().name().eventClass() + "@" + use.event().name().component();
    }

    private static Set<String> reach(String event, Map<String, Set<String>> effects) {
        List<String> reached = new ArrayList<>(List.of(event));
        for (int i = 0; i < reached.size(); i++) {
            for (String effect : effects.getOrDefault(reached.get(i), Set.of())) {
                if (!reached.contains(effect)) {
                    reached.add(effect);
                }
            }
        }
        return new HashSet<>(reached);
    }

    static Graph expand(List<Propagation> statements, Terms.World world) {
        Expansion expansion = new Expansion(world);
        for (Propagation statement : statements) {
            List<EventUse> order = new ArrayList<>();
            for (List<EventUse> column : statement.columns()) {
                List<EventUse> lastFirst = new ArrayList<>(column);
                Collections.reverse(lastFirst);
                order.addAll(lastFirst);
            }
            expansion.place(statement, order, new ArrayList<>(), new HashMap<>());
        }
        for (Graph.Ev event : expansion.graph.events.values()) {
            event.in.forEach(g -> g.built = g.arrows.size());
        }
        return expansion.graph;
    }

    // ---- vertical: one place for each event ----------------------------------------------------

    private void place(
            Propagation statement, List<EventUse> rest, List<Graph.Placed> placed, Map<Integer, Long> bindings) {
        if (rest.isEmpty()) {
            arrows(statement, placed, bindings);
            return;
        }
        EventUse use = rest.get(0);
        List<EventUse> others = rest.subList(1, rest.size());
        BiConsumer<List<Tree.Node>, Map<Integer, Long>> found = (nodes, bound) -> {
            List<Graph.Placed> more = new ArrayList<>(placed);
            more.add(new Graph.Placed(use, nodes));
            place(statement, others, more, bound);
        };
        List<Tree.Node> known = known(use.path(), placed);
        List<Tree.Node> candidates = known.isEmpty()
                ? world.tree().walk()
                : known.get(known.size() - 1).children();
        if (!match(use.path(), known, candidates, bindings, found)) {
            place(statement, others, placed, bindings);
        }
    }

    /** The nodes that an event placed before gives: of the same path, else of one that begins alike. */
    private static List<Tree.Node> known(PathPattern pattern, List<Graph.Placed> placed) {
        for (Graph.Placed earlier : placed) {
            if (earlier.use().path().equals(pattern)) {
                return earlier.nodes();
            }
        }
        for (int i = placed.size() - 1; i >= 0; i--) {
            int shared = shared(pattern, placed.get(i).use().path());
            if (shared > 0) {
                return placed.get(i).nodes().subList(0, shared);
            }
        }
        return List.of();
    }

    /** How many leading components two patterns share, iterators included. */
    static int shared(PathPattern one, PathPattern other) {
        int shared = 0;
        while (shared < Math.min(one.steps().size(), other.steps().size())
                && one.steps().get(shared).equals(other.steps().get(shared))) {
            shared++;
        }
        return shared;
    }

    /** Finds the places of an event, given those of the first components; false if there is none. */
    private boolean match(
            PathPattern pattern,
            List<Tree.Node> matched,
            List<Tree.Node> candidates,
            Map<Integer, Long> bindings,
            BiConsumer<List<Tree.Node>, Map<Integer, Long>> found) {
        if (matched.size() == pattern.steps().size()) {
            found.accept(matched, bindings);
            return true;
        }
        PathPattern.Step step = pattern.steps().get(matched.size());
        boolean horizontal = step.index() instanceof Index.Variable variable && variable.horizontal();
        boolean any = false;
        for (Tree.Node node : candidates) {
            Map<Integer, Long> bound = new HashMap<>(bindings);
            if (node.name().equals(step.name()) && (horizontal || fits(step.index(), node.number(), bound))) {
                any |= match(pattern, with(matched, node), node.children(), bound, found);
                if (horizontal && any) {
                    return true; // all the others are found when the arrows are made
                }
            }
        }
        return any;
    }

    private static List<Tree.Node> with(List<Tree.Node> nodes, Tree.Node node) {
        List<Tree.Node> more = new ArrayList<>(nodes);
        more.add(node);
        return more;
    }

    /** Whether a number is the wanted one; binds an iterator that has none. */
    private boolean fits(Index index, long number, Map<Integer, Long> bindings) {
        if (index instanceof Index.Variable variable) {
            Long bound = bindings.putIfAbsent(variable.iterator().slot(), number);
            return bound == null || bound == number;
        }
        Long wanted = number(index, bindings, world);
        return wanted != null && wanted == number;
    }

    /** The number that an index stands for, null if it has none. */
    static @Nullable Long number(Index index, Map<Integer, Long> bindings, Terms.World world) {
        if (index instanceof Index.Fixed fixed) {
            return fixed.number();
        }
        if (index instanceof Index.Variable variable) {
            return bindings.get(variable.iterator().slot());
        }
        Object value = Terms.number(((Index.Computed) index).value(), bindings, world);
        return value instanceof Long number ? number : null;
    }

    // ---- horizontal: the arrows of one assignment ----------------------------------------------

    private void arrows(Propagation statement, List<Graph.Placed> placed, Map<Integer, Long> bindings) {
        for (int i = 0; i < statement.arrows().size(); i++) {
            Arrow arrow = statement.arrows().get(i);
            List<EventUse> targets = statement.columns().get(i + 1);
            Map<Graph.Ev, Graph.InGroup> inGroups = new HashMap<>();
            for (EventUse source : statement.columns().get(i)) {
                instances(source, placed, bindings, (from, sourceBound) -> {
                    Graph.OutGroup group = new Graph.OutGroup(arrow.n());
                    for (EventUse target : targets) {
                        instances(
                                target,
                                placed,
                                sourceBound,
                                (to, bound) -> add(arrow, from, to, bound, group, inGroups));
                    }
                });
            }
        }
    }

    /** All the places of an event, given that its first one is known. */
    private void instances(
            EventUse use,
            List<Graph.Placed> placed,
            Map<Integer, Long> bindings,
            BiConsumer<Graph.Placed, Map<Integer, Long>> found) {
        for (Graph.Placed one : placed) {
            if (one.use().span().equals(use.span())) {
                rematch(
                        one,
                        0,
                        List.of(),
                        false,
                        bindings,
                        (nodes, bound) -> found.accept(new Graph.Placed(use, nodes), bound));
            }
        }
    }

    private void rematch(
            Graph.Placed placed,
            int at,
            List<Tree.Node> matched,
            boolean moved,
            Map<Integer, Long> bindings,
            BiConsumer<List<Tree.Node>, Map<Integer, Long>> found) {
        List<PathPattern.Step> steps = placed.use().path().steps();
        if (at == steps.size()) {
            found.accept(matched, bindings);
            return;
        }
        PathPattern.Step step = steps.get(at);
        boolean horizontal = step.index() instanceof Index.Variable variable && variable.horizontal();
        Consumer<Tree.Node> next = node -> {
            Map<Integer, Long> bound = new HashMap<>(bindings);
            if (node.name().equals(step.name()) && fits(step.index(), node.number(), bound)) {
                rematch(placed, at + 1, with(matched, node), moved || horizontal, bound, found);
            }
        };
        if (!moved && !horizontal) {
            rematch(placed, at + 1, with(matched, placed.nodes().get(at)), false, bindings, found);
        } else if (at == 0) {
            world.tree().walk().forEach(next);
        } else {
            matched.get(at - 1).children().forEach(next);
        }
    }

    private void add(
            Arrow arrow,
            Graph.Placed from,
            Graph.Placed to,
            Map<Integer, Long> bindings,
            Graph.OutGroup group,
            Map<Graph.Ev, Graph.InGroup> inGroups) {
        if (arrow.n() instanceof Count.Unusable || arrow.k() instanceof Count.Unusable) {
            world.errors().accept(arrow.span());
            return;
        }
        Graph.Ev nobody = new Graph.Ev(to.use().event(), "");
        Graph.Arrow offered = new Graph.Arrow(graph.arrows.size(), nobody, nobody, from, to, bindings);
        Object value;
        try {
            value = new Terms(world, Terms.When.BUILD, offered, Map.of(), null).all();
        } catch (Terms.Stop stop) {
            world.errors().accept(stop.span);
            value = 0L;
        }
        if (value.equals(0L)) {
            return;
        }
        Graph.Ev source = graph.event(from);
        Graph.Ev target = graph.event(to);
        Graph.Arrow made = new Graph.Arrow(graph.arrows.size(), source, target, from, to, bindings);
        if (value != Terms.Unknown.DEFER) {
            made.verdict = true;
        }
        graph.arrows.add(made);
        outGroup(source, group).arrows.add(made);
        inGroup(target, arrow.k(), inGroups).arrows.add(made);
    }

    /** Groups with N of 0 are one for each event, and so are those with N of A. */
    private static Graph.OutGroup outGroup(Graph.Ev source, Graph.OutGroup group) {
        boolean merges = group.n instanceof Count.All || group.n.equals(new Count.Exactly(0));
        for (Graph.OutGroup other : source.out) {
            if (other == group || (merges && other.n.equals(group.n))) {
                return other;
            }
        }
        source.out.add(group);
        return group;
    }

    private static Graph.InGroup inGroup(Graph.Ev target, Count k, Map<Graph.Ev, Graph.InGroup> inGroups) {
        if (k.equals(Count.ONE)) {
            for (Graph.InGroup other : target.in) {
                if (other.k.equals(k)) {
                    return other;
                }
            }
        }
        Graph.InGroup group = inGroups.get(target);
        if (group == null) {
            group = new Graph.InGroup(k);
            inGroups.put(target, group);
            target.in.add(group);
        }
        return group;
    }
}

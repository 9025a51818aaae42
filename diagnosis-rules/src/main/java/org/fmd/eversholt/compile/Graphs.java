// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * The graphs around the components of one machine, each built once. A graph that was built on nothing but the way from the
 * root to its centre is shared by all components with that way ({@link Reads}); the others are kept for each component, the
 * most recently used ones up to a number of arrows.
 *
 * <p>Not safe for several threads.
 */
public final class Graphs {
    /** How many arrows are kept in graphs that belong to one component; an arrow takes some hundred bytes. */
    static final long MOST_ARROWS = 500_000;

    private final RuleIndex rules;
    private final Facts facts;
    private final Dialect dialect;
    private final Problems problems;
    private final @Nullable Watch watch;
    private final ComponentTree tree;
    private final Map<String, List<@Nullable Kind>> byClass = new HashMap<>();
    private final LinkedHashMap<Own, OwnGraphs> own = new LinkedHashMap<>(16, 0.75f, true);
    private long ownArrows;
    private long sharedArrows;

    /** An ereport class on all components of one shape. */
    private static final class Kind {
        private final RuleIndex.@Nullable Needed needed;
        private final World world;
        private boolean own;
        private Choice shared = new Choice();

        Kind(RuleIndex.@Nullable Needed needed, World world) {
            this.needed = needed;
            this.world = world;
        }
    }

    private record Own(String eventClass, Component at) {}

    private static final class OwnGraphs {
        private final Choice choice = new Choice();
        private long arrows;
    }

    /** Graphs that nobody watches. */
    Graphs(RuleIndex rules, ComponentTree tree, Facts facts, Dialect dialect, Problems problems) {
        this(rules, tree, facts, dialect, problems, null);
    }

    /**
     * @param problems told of statements and constraints that cannot be evaluated
     * @param watch told of what constraints come to, null for nobody
     */
    public Graphs(
            RuleIndex rules,
            ComponentTree tree,
            Facts facts,
            Dialect dialect,
            Problems problems,
            @Nullable Watch watch) {
        this.watch = watch;
        this.rules = rules;
        this.tree = tree;
        this.facts = facts;
        this.dialect = dialect;
        this.problems = problems;
    }

    /** The graph around an ereport, as it would be built now; null if no rule expects the class on this kind of component. */
    public @Nullable InstanceGraph around(String ereportClass, Component at) {
        Kind kind = kind(ereportClass, at);
        if (kind.needed == null) {
            return null;
        }
        if (kind.own) {
            return own(ereportClass, at, kind, kind.needed);
        }
        InstanceGraph known = kind.shared.find(kind.world, at);
        return known == null ? build(ereportClass, at, kind, kind.needed) : known;
    }

    /** The arrows that lead away from an event of the rules, as the world is now; of an unknown component none. */
    public Refusals refusals(EventKey from) {
        Component at = tree.at(from.path());
        World world = new World(tree, facts, null, dialect);
        return at == null ? Refusals.NONE : Refusals.of(rules, world, new Reads(world, at), from);
    }

    private Kind kind(String ereportClass, Component at) {
        List<@Nullable Kind> byShape = byClass.get(ereportClass);
        Kind kind = byShape == null || byShape.size() <= at.shape() ? null : byShape.get(at.shape());
        return kind == null ? newKind(ereportClass, at) : kind;
    }

    private Kind newKind(String ereportClass, Component at) {
        List<@Nullable Kind> byShape = byClass.computeIfAbsent(ereportClass, c -> new ArrayList<>());
        while (byShape.size() <= at.shape()) {
            byShape.add(null);
        }
        RuleIndex.Needed needed = rules.needed(ereportClass, at.name());
        Set<String> visible =
                needed == null || dialect.has(Decision.ALL_PROPERTIES_VISIBLE) ? null : needed.components();
        Kind kind = new Kind(needed, new World(tree, facts, visible, dialect, watch));
        byShape.set(at.shape(), kind);
        return kind;
    }

    private InstanceGraph own(String ereportClass, Component at, Kind kind, RuleIndex.Needed needed) {
        OwnGraphs graphs = own.get(new Own(ereportClass, at));
        InstanceGraph known = graphs == null ? null : graphs.choice.find(kind.world, at);
        return known == null ? build(ereportClass, at, kind, needed) : known;
    }

    private InstanceGraph build(String ereportClass, Component at, Kind kind, RuleIndex.Needed needed) {
        Reads reads = new Reads(kind.world, at);
        InstanceGraph graph = GraphBuilder.build(rules, needed, kind.world, reads, ereportClass, problems);
        if (kind.own || reads.isOwn()) {
            reads.own();
            kind.own = true;
            kind.shared = new Choice();
            keepOwn(new Own(ereportClass, at), reads, graph);
        } else {
            keepShared(kind, reads, graph);
        }
        return graph;
    }

    private void keepOwn(Own key, Reads reads, InstanceGraph graph) {
        OwnGraphs graphs = own.computeIfAbsent(key, k -> new OwnGraphs());
        graphs.choice.keep(reads.answers(), graph);
        graphs.arrows += weight(graph);
        ownArrows += weight(graph);
        Iterator<OwnGraphs> oldest = own.values().iterator();
        while (ownArrows > MOST_ARROWS && oldest.hasNext()) {
            ownArrows -= oldest.next().arrows;
            oldest.remove();
        }
    }

    /** There are few of these, unless counters without end are asked for; then all are built again. */
    private void keepShared(Kind kind, Reads reads, InstanceGraph graph) {
        sharedArrows += weight(graph);
        if (sharedArrows > MOST_ARROWS) {
            sharedArrows = weight(graph);
            byClass.values()
                    .forEach(shapes -> shapes.forEach(other -> {
                        if (other != null) {
                            other.shared = new Choice();
                        }
                    }));
        }
        kind.shared.keep(reads.answers(), graph);
    }

    private static long weight(InstanceGraph graph) {
        return 1L + graph.arrows().size();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

/** A graph that is kept is the graph that would be built. */
class GraphsTest {
    private static final String[] PATHS = {"a", "b", "a/b", "b/c", "c", "a/b/c"};
    private static final String[] CONDITIONS = {
        "payloadprop(\"m\") == 1",
        "confprop(PATH, \"p\") == \"x\"",
        "(payloadprop(\"m\") == 1 || confprop_defined(PATH, \"p\"))",
        "is_on(PATH)",
        "is_present(PATH)",
        "is_connected(PATH, PATH)",
        "!has_fault(PATH, \"fault.x.f0\")",
        "(payloadprop_defined(\"m\") || has_fault(PATH, \"\"))",
        "(payloadprop(\"m\") == 0 ? has_fault(PATH, \"\") : count(stat.x.s@PLAIN) == 0)",
        "count(stat.x.s@PLAIN) < 2",
        "setpayloadprop(\"k\", payloadprop(\"m\"))",
        "within(5s)"
    };

    /** Facts that change while the machine does not. */
    private static final class Changing implements Facts {
        private final Set<TopoPath> faulty = new HashSet<>();
        private final Map<TopoPath, Long> counts = new HashMap<>();

        @Override
        public boolean hasFault(Component component, String classPattern) {
            return faulty.contains(component.path());
        }

        @Override
        public long count(String counterClass, TopoPath path) {
            return counts.getOrDefault(path, 0L);
        }
    }

    private static Program program(String rules) {
        return Compiler.ours()
                .compile(List.of(new SourceFile("rules.esc", rules)))
                .programOrThrow();
    }

    @Test
    void aKeptGraphIsTheGraphThatWouldBeBuilt() {
        int reused = 0;
        int shared = 0;
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            String rules = rules(random);
            CompileResult compiled = Compiler.ours().compile(List.of(new SourceFile("rules.esc", rules)));
            if (!compiled.ok()) {
                continue;
            }
            ComponentTree tree = tree(random);
            Changing facts = new Changing();
            RuleIndex index = new RuleIndex(compiled.programOrThrow());
            Graphs graphs = new Graphs(index, tree, facts, Dialect.OURS, (place, problem) -> {});
            Map<InstanceGraph, Component> known = new HashMap<>(); // Graphs are equal only to themselves.
            List<TopoNode> nodes = tree.topology().nodes();
            for (int i = 0; i < 60; i++) {
                Component at = Objects.requireNonNull(
                        tree.at(nodes.get(random.nextInt(nodes.size())).path()));
                if (random.nextInt(4) == 0) {
                    facts.counts.merge(at.path(), 1L, Long::sum);
                    if (!facts.faulty.remove(at.path())) {
                        facts.faulty.add(at.path());
                    }
                }
                String ereport = "ereport.x.r" + random.nextInt(3);
                InstanceGraph graph = graphs.around(ereport, at);
                RuleIndex.Needed needed = index.needed(ereport, at.name());
                assertEquals(needed == null, graph == null);
                if (graph == null || needed == null) {
                    continue;
                }
                World world = new World(tree, facts, null, Dialect.OURS);
                InstanceGraph built =
                        GraphBuilder.build(index, needed, world, new Reads(world, at), ereport, (place, problem) -> {});
                assertEquals(describe(built, at), describe(graph, at), "seed " + seed + " at " + at + "\n" + rules);
                Component before = known.putIfAbsent(graph, at);
                reused += before == null ? 0 : 1;
                shared += before == null || before == at ? 0 : 1;
            }
        }
        assertTrue(reused > 2000, "too little reuse to say anything: " + reused);
        assertTrue(shared > 400, "too little sharing to say anything: " + shared);
    }

    @Test
    void disksOfOneKindShareAGraphAndDisksThatDifferInWhatIsAskedDoNot() {
        Program program = program("""
                event fault.x.f@disk;
                event ereport.x.r@disk;
                prop fault.x.f@disk -> ereport.x.r@disk { confprop(disk, "p") == "x" };
                """);
        List<TopoNode> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(node(TopoPath.of("disk", i), i == 2 ? "y" : "x"));
        }
        ComponentTree tree = ComponentTree.of(new Topology(nodes), List.of());
        Graphs graphs = new Graphs(new RuleIndex(program), tree, new Changing(), Dialect.OURS, (place, problem) -> {});
        List<InstanceGraph> found = new ArrayList<>();
        for (TopoNode node : nodes) {
            found.add(graphs.around("ereport.x.r", Objects.requireNonNull(tree.at(node.path()))));
        }
        assertSame(found.get(0), found.get(1));
        assertNotSame(found.get(0), found.get(2));
        assertTrue(found.get(2).isEmpty());
    }

    /** All of a graph that an exercise can see, in the order in which it is there. */
    private static String describe(InstanceGraph graph, Component center) {
        StringBuilder out = new StringBuilder();
        for (EventInstance event : graph.events()) {
            out.append(event.key(center)).append(event == graph.opener() ? " opener" : "");
            assertSame(event, graph.find(event.key(center), center));
            event.out()
                    .forEach(group -> out.append(" out ")
                            .append(group.n())
                            .append(group.arrows().stream()
                                    .map(InstanceArrow::index)
                                    .toList()));
            event.in()
                    .forEach(group -> out.append(" in ")
                            .append(group.k())
                            .append(group.arrows().stream()
                                    .map(InstanceArrow::index)
                                    .toList()));
            out.append('\n');
        }
        for (InstanceArrow arrow : graph.arrows()) {
            out.append(arrow.from().key(center))
                    .append(" -> ")
                    .append(arrow.to().key(center));
            out.append(' ').append(arrow.span()).append(' ').append(arrow.window());
            for (int i = 0; i < arrow.guard().size(); i++) {
                Guard.Clause clause = arrow.guard().clause(i);
                out.append(" if ")
                        .append(System.identityHashCode(clause.condition().expression()));
                out.append(" with ")
                        .append(clause.binding().frozen(0))
                        .append(clause.binding().frozen(1));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static String rules(Random random) {
        StringBuilder rules = new StringBuilder();
        for (String path : PATHS) {
            rules.append("engine stat.x.s@").append(path).append(";\n");
        }
        String focus = PATHS[random.nextInt(PATHS.length)];
        Set<String> declared = new LinkedHashSet<>();
        StringBuilder props = new StringBuilder();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String source = (random.nextInt(4) == 0 ? "upset.x.u" : "fault.x.f") + random.nextInt(2);
            props.append("prop ")
                    .append(use(source, focus, random, declared, false))
                    .append(" (0)-> ");
            int targets = 1 + random.nextInt(2);
            for (int t = 0; t < targets; t++) {
                props.append(t == 0 ? "" : ", ")
                        .append(use("ereport.x.r" + random.nextInt(3), focus, random, declared, true));
            }
            props.append(";\n");
        }
        declared.forEach(event -> rules.append("event ").append(event).append(";\n"));
        return rules.append(props).toString();
    }

    private static String use(String eventClass, String focus, Random random, Set<String> declared, boolean target) {
        boolean wild = random.nextInt(8) == 0;
        String plain = wild ? PATHS[random.nextInt(PATHS.length)] : focus;
        declared.add(eventClass + "@" + plain);
        StringBuilder path = new StringBuilder();
        for (String name : plain.split("/")) {
            int kind = wild ? random.nextInt(12) : 2 + random.nextInt(6);
            path.append(path.isEmpty() ? "" : "/").append(name);
            path.append(kind == 0 ? "[0]" : kind == 1 ? "<>" : kind < 5 ? "[i" + name + "]" : "");
        }
        String text = path.toString();
        String guard = "";
        if (target && random.nextBoolean() && !text.contains("<>")) {
            guard = " { "
                    + CONDITIONS[random.nextInt(CONDITIONS.length)]
                            .replace("PATH", text)
                            .replace("PLAIN", text)
                    + " }";
        }
        return eventClass + "@" + text + guard;
    }

    private static ComponentTree tree(Random random) {
        List<TopoNode> nodes = new ArrayList<>();
        for (int a = 0; a < 2; a++) {
            TopoPath above = TopoPath.of("a", a);
            nodes.add(node(above, text(random)));
            for (int b = 0; b < 2 + random.nextInt(3); b++) {
                TopoPath middle = above.child("b", b);
                nodes.add(node(middle, text(random)));
                for (int c = 0; c < random.nextInt(5); c++) {
                    nodes.add(node(middle.child("c", c), text(random)));
                }
            }
        }
        return ComponentTree.of(new Topology(nodes), List.of());
    }

    private static String text(Random random) {
        return random.nextInt(4) == 0 ? "y" : "x";
    }

    private static TopoNode node(TopoPath path, String text) {
        NvList properties =
                NvList.builder().string("p", text).string("on", "yes").build();
        return new TopoNode(path, path.toHc(), null, null, null, properties);
    }
}

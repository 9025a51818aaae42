// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.PathPattern.Step;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

/** Placing from a given event finds what a match over the whole tree finds, less what does not have the event there. */
class PlacingTest {
    private static final String[] NAMES = {"a", "b", "c"};
    private static final String[] INDICES = {"", "", "[i]", "[j]", "[0]", "[1]"};

    @Test
    void agreesWithAMatchOverTheWholeTree() {
        int placements = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            ComponentTree tree = tree(random);
            String rules = rules(random);
            CompileResult compiled = Compiler.ours().compile(List.of(new SourceFile("rules.esc", rules)));
            if (!compiled.ok()) {
                continue;
            }
            Statement statement =
                    Statement.of(compiled.programOrThrow().propagations().get(0));
            List<List<Component>> all = new Naive(statement, tree).all();
            for (CompiledUse given : statement.placing()) {
                for (Component there : components(tree)) {
                    List<String> expected = all.stream()
                            .filter(p -> p.get(given.place()) == there)
                            .map(List::toString)
                            .sorted()
                            .toList();
                    List<String> found = Placing.of(statement, tree, reads(tree, there), given, there).stream()
                            .map(p -> statement.placing().stream()
                                    .map(p::at)
                                    .toList()
                                    .toString())
                            .sorted()
                            .toList();
                    assertEquals(expected, found, "seed " + seed + ", " + rules + given.use() + " at " + there);
                    placements += found.size();
                }
            }
        }
        assertTrue(placements > 1000, () -> "too few placements to say anything");
    }

    private static Reads reads(ComponentTree tree, Component center) {
        Facts facts = new Facts() {
            @Override
            public boolean hasFault(Component component, String classPattern) {
                return false;
            }

            @Override
            public long count(String counterClass, TopoPath path) {
                return 0;
            }
        };
        return new Reads(new World(tree, facts, null, Dialect.OURS), center);
    }

    private static List<Component> components(ComponentTree tree) {
        return tree.topology().nodes().stream().map(n -> tree.at(n.path())).toList();
    }

    private static ComponentTree tree(Random random) {
        List<TopoNode> nodes = new ArrayList<>();
        for (int root = 0; root < 2; root++) {
            grow(TopoPath.of(NAMES[random.nextInt(2)], root), random, 1, nodes);
        }
        return ComponentTree.of(new Topology(nodes), List.of());
    }

    private static void grow(TopoPath path, Random random, int depth, List<TopoNode> nodes) {
        nodes.add(new TopoNode(path, path.toHc(), null, null, null, NvList.EMPTY));
        for (String name : NAMES) {
            for (int number = 0; depth < 3 && number < random.nextInt(3); number++) {
                grow(path.child(name, number), random, depth + 1, nodes);
            }
        }
    }

    private static String rules(Random random) {
        Set<String> declarations = new LinkedHashSet<>();
        StringBuilder prop = new StringBuilder("prop ");
        int targets = 1 + random.nextInt(3);
        prop.append(use("fault.x.f", random, declarations)).append(" (0)-> ");
        for (int i = 0; i < targets; i++) {
            prop.append(i == 0 ? "" : ", ").append(use("ereport.x.r" + i, random, declarations));
        }
        return String.join("", declarations) + prop + ";\n";
    }

    private static String use(String eventClass, Random random, Set<String> declarations) {
        StringBuilder plain = new StringBuilder();
        StringBuilder path = new StringBuilder();
        int length = 1 + random.nextInt(3);
        for (int i = 0; i < length; i++) {
            String name = NAMES[random.nextInt(NAMES.length)];
            plain.append(i == 0 ? "" : "/").append(name);
            path.append(i == 0 ? "" : "/").append(name).append(INDICES[random.nextInt(INDICES.length)]);
        }
        declarations.add("event " + eventClass + "@" + plain + ";\n");
        return eventClass + "@" + path;
    }

    /** The reference's vertical match, step by step and without any shortcut. */
    private static final class Naive {
        private final Statement statement;
        private final ComponentTree tree;
        private final Component[] placed;
        private final long[] bound;
        private final List<List<Component>> all = new ArrayList<>();

        Naive(Statement statement, ComponentTree tree) {
            this.statement = statement;
            this.tree = tree;
            this.placed = new Component[statement.placing().size()];
            this.bound = new long[statement.propagation().iterators().size()];
            Arrays.fill(bound, Indices.UNBOUND);
        }

        List<List<Component>> all() {
            place(0);
            return all;
        }

        private PathPattern pattern(int event) {
            return statement.placing().get(event).use().path();
        }

        private void place(int event) {
            if (event == placed.length) {
                all.add(Arrays.asList(placed.clone()));
                return;
            }
            for (int before = event - 1; before >= 0; before--) {
                if (placed[before] != null && pattern(before).equals(pattern(event))) {
                    placed[event] = placed[before];
                    place(event + 1);
                    return;
                }
            }
            boolean any = false;
            boolean tied = false;
            for (int before = event - 1; before >= 0 && !tied; before--) {
                int shared = placed[before] == null ? 0 : shared(pattern(before), pattern(event));
                if (shared > 0) {
                    tied = true;
                    any = match(
                            event,
                            shared,
                            placed[before].ancestor(pattern(before).steps().size() - shared));
                }
            }
            if (!tied) {
                for (Component anywhere : components(tree)) {
                    any |= step(event, 0, anywhere);
                }
            }
            if (!any) {
                placed[event] = null;
                place(event + 1);
            }
        }

        private static int shared(PathPattern one, PathPattern other) {
            int shared = 0;
            while (shared < Math.min(one.steps().size(), other.steps().size())
                    && one.steps().get(shared).equals(other.steps().get(shared))) {
                shared++;
            }
            return shared;
        }

        private boolean match(int event, int at, Component base) {
            if (at == pattern(event).steps().size()) {
                placed[event] = base;
                place(event + 1);
                return true;
            }
            boolean any = false;
            for (Component child : base.children()) {
                any |= step(event, at, child);
            }
            return any;
        }

        private boolean step(int event, int at, Component candidate) {
            Step step = pattern(event).steps().get(at);
            if (!step.name().equals(candidate.name())) {
                return false;
            }
            int slot = step.index() instanceof Index.Variable v ? v.iterator().slot() : -1;
            if (slot >= 0 && bound[slot] == Indices.UNBOUND) {
                bound[slot] = candidate.number();
                boolean any = match(event, at + 1, candidate);
                bound[slot] = Indices.UNBOUND;
                return any;
            }
            return Indices.number(step.index(), bound) == candidate.number() && match(event, at + 1, candidate);
        }
    }
}

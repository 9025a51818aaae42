// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.syntax.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Which statements matter to an ereport, by names alone (eversholt reference §6.4): those with an arrow that leaves a
 * problem which can lead to the ereport, or something that such a problem leads to.
 *
 * <p>Not safe for several threads: answers are worked out when first asked for, and kept.
 */
public final class RuleIndex {
    /** An event by its class and the last component of its path. */
    private record Name(String eventClass, String component) {
        static Name of(CompiledUse use) {
            return new Name(
                    use.use().event().name().eventClass(),
                    use.use().event().name().component());
        }
    }

    /** A use of an event in a statement. */
    record Occurrence(Statement statement, CompiledUse use) {}

    /**
     * The statements that matter to one class on one kind of component.
     *
     * @param statements their indices
     * @param components the names of all components in their paths
     */
    public record Needed(BitSet statements, Set<String> components) {}

    private final boolean allSources;
    private final List<Statement> statements = new ArrayList<>();
    private final Map<Name, List<Occurrence>> asTarget = new HashMap<>();
    private final Map<Name, List<Occurrence>> asSource = new HashMap<>();
    private final Map<Name, Set<Name>> causes = new HashMap<>();
    private final Map<Name, Set<Name>> effects = new HashMap<>();
    private final Set<Name> problems = new HashSet<>();
    private final Map<Name, Needed> needed = new HashMap<>();

    public RuleIndex(Program program) {
        this.allSources = program.dialect().has(Decision.PRUNE_ALL_SOURCES);
        for (Propagation propagation : program.propagations()) {
            Statement statement = Statement.of(propagation);
            statements.add(statement);
            enter(statement);
        }
    }

    private void enter(Statement statement) {
        List<List<CompiledUse>> columns = statement.columns();
        for (int i = 0; i + 1 < columns.size(); i++) {
            for (CompiledUse source : columns.get(i)) {
                occurs(asSource, statement, source);
            }
            for (CompiledUse source : leading(columns.get(i))) {
                for (CompiledUse target : columns.get(i + 1)) {
                    add(effects, Name.of(source), Name.of(target));
                    add(causes, Name.of(target), Name.of(source));
                }
                if (source.use().event().kind().isProblem()) {
                    problems.add(Name.of(source));
                }
            }
            for (CompiledUse target : columns.get(i + 1)) {
                occurs(asTarget, statement, target);
            }
        }
    }

    /** The sources of an arrow that count here; in the reference's dialect only the last one does. */
    private List<CompiledUse> leading(List<CompiledUse> column) {
        return allSources ? column : column.subList(column.size() - 1, column.size());
    }

    private static void occurs(Map<Name, List<Occurrence>> index, Statement statement, CompiledUse use) {
        index.computeIfAbsent(Name.of(use), name -> new ArrayList<>()).add(new Occurrence(statement, use));
    }

    private static void add(Map<Name, Set<Name>> graph, Name from, Name to) {
        graph.computeIfAbsent(from, name -> new LinkedHashSet<>()).add(to);
    }

    /** The uses of the event on the right of an arrow, in source order. */
    List<Occurrence> asTarget(String eventClass, Component at) {
        return asTarget.getOrDefault(new Name(eventClass, at.name()), List.of());
    }

    /** The uses of the event on the left of an arrow, in source order. */
    List<Occurrence> asSource(String eventClass, Component at) {
        return asSource.getOrDefault(new Name(eventClass, at.name()), List.of());
    }

    /** What matters to a report of that class from that kind of component; null if no rule has it there. */
    public @Nullable Needed needed(String ereportClass, String component) {
        Name name = new Name(ereportClass, component);
        if (!causes.containsKey(name)) {
            return null;
        }
        return needed.computeIfAbsent(name, this::work);
    }

    private Needed work(Name ereport) {
        Set<Name> above = closure(Set.of(ereport), causes);
        above.retainAll(problems);
        Set<Name> sources = closure(above, effects);
        BitSet found = new BitSet();
        Set<String> components = new HashSet<>();
        for (Statement statement : statements) {
            List<List<CompiledUse>> columns = statement.columns();
            boolean leaves = columns.subList(0, columns.size() - 1).stream()
                    .flatMap(column -> leading(column).stream())
                    .anyMatch(use -> sources.contains(Name.of(use)));
            if (leaves) {
                found.set(statement.index());
                statement
                        .propagation()
                        .events()
                        .forEach(use -> components.addAll(use.path().names()));
            }
        }
        return new Needed(found, components);
    }

    private static Set<Name> closure(Set<Name> from, Map<Name, Set<Name>> graph) {
        Set<Name> reached = new LinkedHashSet<>(from);
        Deque<Name> pending = new ArrayDeque<>(from);
        while (!pending.isEmpty()) {
            for (Name next : graph.getOrDefault(pending.remove(), Set.of())) {
                if (reached.add(next)) {
                    pending.add(next);
                }
            }
        }
        return reached;
    }
}

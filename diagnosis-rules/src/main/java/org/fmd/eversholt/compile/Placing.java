// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.PathPattern.Step;
import org.jspecify.annotations.Nullable;

/**
 * Places the events of one statement on components so that one given event lies on one given component.
 *
 * <p>The result is what a match over the whole tree finds (eversholt reference §6.3, vertical phase), less the placements
 * that do not have the given event there. What the given event's path binds, and what shares its leading components, is
 * not searched for; only events that nothing ties to it are looked for among all components of their name.
 */
final class Placing {
    /** After so many placements of one statement around one component the search ends: nobody can have meant that. */
    static final int MOST = 100_000;

    private final Statement statement;
    private final ComponentTree tree;
    private final Reads reads;
    private final CompiledUse given;
    private final Component there;
    private final long[] bound;
    private final long[] required;
    /** The depth of the component whose number is required, so that a step at that depth leads there. */
    private final int[] requiredAt;

    private final @Nullable Component[] placed;
    private final List<Placement> found = new ArrayList<>();

    private Placing(Statement statement, ComponentTree tree, Reads reads, CompiledUse given, Component there) {
        this.statement = statement;
        this.tree = tree;
        this.reads = reads;
        this.given = given;
        this.there = there;
        int iterators = statement.propagation().iterators().size();
        this.bound = unbound(iterators);
        this.required = unbound(iterators);
        this.requiredAt = new int[iterators];
        this.placed = new Component[statement.placing().size()];
    }

    private static long[] unbound(int length) {
        long[] numbers = new long[length];
        Arrays.fill(numbers, Indices.UNBOUND);
        return numbers;
    }

    static List<Placement> of(
            Statement statement, ComponentTree tree, Reads reads, CompiledUse given, Component there) {
        Placing placing = new Placing(statement, tree, reads, given, there);
        if (placing.requireGiven()) {
            placing.place(0);
        }
        return placing.found;
    }

    private static List<Step> steps(CompiledUse use) {
        return use.use().path().steps();
    }

    private static boolean horizontal(Step step) {
        return step.index() instanceof Index.Variable variable && variable.horizontal();
    }

    /** Notes the numbers that the given event's iterators must have; false if it cannot lie there. */
    private boolean requireGiven() {
        List<Step> steps = steps(given);
        if (steps.size() > there.depth()) {
            return false;
        }
        for (int i = 0; i < steps.size(); i++) {
            Component component = there.ancestor(steps.size() - 1 - i);
            Step step = steps.get(i);
            if (!component.name().equals(step.name()) || !require(step, component)) {
                return false;
            }
        }
        return true;
    }

    private boolean require(Step step, Component component) {
        int number = component.number();
        if (step.index() instanceof Index.Fixed fixed) {
            reads.own();
            return fixed.number() == number;
        }
        if (step.index() instanceof Index.Variable variable && !variable.horizontal()) {
            int slot = variable.iterator().slot();
            if (required[slot] != Indices.UNBOUND) {
                reads.own();
                return required[slot] == number;
            }
            required[slot] = number;
            requiredAt[slot] = component.depth();
        }
        return true;
    }

    private void place(int next) {
        if (found.size() > MOST) {
            return;
        }
        if (next == placed.length) {
            accept();
            return;
        }
        CompiledUse use = statement.placing().get(next);
        PathPattern pattern = use.use().path();
        if (tree.hasChain(pattern.names()) && (tied(next, pattern) || free(next, pattern))) {
            return;
        }
        placed[next] = null; // Nothing matches it anywhere: the statement goes on without it.
        place(next + 1);
    }

    /** Places an event whose path begins like that of one placed before; false if none does, or nothing matches there. */
    private boolean tied(int next, PathPattern pattern) {
        for (int before = next - 1; before >= 0; before--) {
            if (placed[before] != null && pattern.equals(pattern(before))) {
                placed[next] = placed[before];
                place(next + 1);
                return true;
            }
        }
        for (int before = next - 1; before >= 0; before--) {
            int shared = placed[before] == null ? 0 : shared(pattern, pattern(before));
            if (shared > 0) {
                Component base = Objects.requireNonNull(placed[before])
                        .ancestor(pattern(before).steps().size() - shared);
                return match(next, shared, base) || exists(pattern, shared, base);
            }
        }
        return false;
    }

    private PathPattern pattern(int place) {
        return statement.placing().get(place).use().path();
    }

    private static int shared(PathPattern one, PathPattern other) {
        int length = Math.min(one.steps().size(), other.steps().size());
        for (int i = 0; i < length; i++) {
            if (!one.steps().get(i).equals(other.steps().get(i))) {
                return i;
            }
        }
        return length;
    }

    /** Places an event that nothing placed before is tied to, anywhere in the tree; false if nothing matches it. */
    private boolean free(int next, PathPattern pattern) {
        return !sharesWithPlaced(next, pattern) && (match(next, 0, null) || exists(pattern, 0, null));
    }

    private boolean sharesWithPlaced(int next, PathPattern pattern) {
        for (int before = 0; before < next; before++) {
            if (placed[before] != null && shared(pattern, pattern(before)) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Matches the path from a step on below a component; goes on with the next event at each match. */
    private boolean match(int event, int at, @Nullable Component base) {
        List<Step> steps = pattern(event).steps();
        if (at == steps.size()) {
            placed[event] = base;
            place(event + 1);
            return true;
        }
        Step step = steps.get(at);
        if (horizontal(step)) {
            reads.own();
            // All of them are enumerated later, with the numbers found below the first one where the path goes on.
            for (Component component : below(base, step.name())) {
                if (exists(pattern(event), at + 1, component)) {
                    return match(event, at + 1, component);
                }
            }
            return false;
        }
        int slot = slot(step);
        boolean binds = slot >= 0 && bound[slot] == Indices.UNBOUND;
        long number = binds ? required[slot] : Indices.number(step.index(), bound);
        boolean any = false;
        for (Component component : candidates(base, step, number, binds && number == Indices.UNBOUND)) {
            if (binds) {
                bound[slot] = component.number();
            }
            any |= match(event, at + 1, component);
        }
        if (binds) {
            bound[slot] = Indices.UNBOUND;
        }
        return any;
    }

    private List<Component> candidates(@Nullable Component base, Step step, long number, boolean anyNumber) {
        if (base == null && step.equals(steps(given).get(0))) {
            // Equal first components of one statement are one and the same component.
            Component only = there.ancestor(steps(given).size() - 1);
            boolean other = step.index() instanceof Index.Computed && only.number() != number;
            return other ? List.of() : List.of(only);
        }
        if (base != null && !anyNumber && leadsDown(base, step, number)) {
            return Collections.singletonList(there.ancestor(there.depth() - base.depth() - 1));
        }
        reads.own();
        return anyNumber ? below(base, step.name()) : numbered(base, step.name(), number);
    }

    /** Whether the step leads from a component above the given event's to the next one there, whatever its number is. */
    private boolean leadsDown(Component base, Step step, long number) {
        int below = there.depth() - base.depth() - 1;
        int slot = slot(step);
        return below >= 0
                && slot >= 0
                && requiredAt[slot] == base.depth() + 1
                && required[slot] == number
                && there.ancestor(below + 1) == base
                && there.ancestor(below).name().equals(step.name());
    }

    /** Whether the path matches at all when the given event is left out of account. */
    private boolean exists(PathPattern pattern, int at, @Nullable Component base) {
        if (at == pattern.steps().size()) {
            return true;
        }
        reads.own();
        Step step = pattern.steps().get(at);
        if (horizontal(step)) {
            return below(base, step.name()).stream().anyMatch(c -> exists(pattern, at + 1, c));
        }
        int slot = slot(step);
        if (slot < 0 || bound[slot] != Indices.UNBOUND) {
            return numbered(base, step.name(), Indices.number(step.index(), bound)).stream()
                    .anyMatch(c -> exists(pattern, at + 1, c));
        }
        boolean any = false;
        for (Component component : below(base, step.name())) {
            bound[slot] = component.number();
            any |= exists(pattern, at + 1, component);
        }
        bound[slot] = Indices.UNBOUND;
        return any;
    }

    /** The iterator of a step, -1 if it has none. */
    private static int slot(Step step) {
        return step.index() instanceof Index.Variable variable
                ? variable.iterator().slot()
                : -1;
    }

    private List<Component> below(@Nullable Component base, String name) {
        return base == null ? tree.named(name) : base.children(name);
    }

    private List<Component> numbered(@Nullable Component base, String name, long number) {
        if (base == null) {
            return tree.named(name, number);
        }
        Component child = base.child(name, number);
        return child == null ? List.of() : List.of(child);
    }

    private void accept() {
        Component last = placed[given.place()];
        if (last != null && givenLiesThere(last)) {
            found.add(new Placement(
                    statement, Collections.unmodifiableList(Arrays.asList(placed.clone())), bound.clone()));
        }
    }

    /** Compares down to the first horizontal component; those below are enumerated later, by the numbers required. */
    private boolean givenLiesThere(Component last) {
        List<Step> steps = steps(given);
        for (int i = 0; i < steps.size(); i++) {
            if (horizontal(steps.get(i))) {
                return true;
            }
            if (last.ancestor(steps.size() - 1 - i) != there.ancestor(steps.size() - 1 - i)) {
                return false;
            }
        }
        return true;
    }
}

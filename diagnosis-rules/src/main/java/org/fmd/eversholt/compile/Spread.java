// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.List;
import java.util.function.BiConsumer;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.PathPattern.Step;
import org.jspecify.annotations.Nullable;

/**
 * The components that a placed event stands for once its horizontal iterators are let loose (eversholt reference §6.3,
 * horizontal phase): siblings for {@code bay<>}, the whole tree where the first component is horizontal. Below a
 * horizontal component the others keep their numbers.
 */
final class Spread {
    private final ComponentTree tree;
    private final Reads reads;
    private final List<Step> steps;
    private final Component placed;
    private final long[] iterators;
    private final BiConsumer<Component, long[]> found;

    private Spread(
            ComponentTree tree,
            Reads reads,
            List<Step> steps,
            Component placed,
            long[] iterators,
            BiConsumer<Component, long[]> found) {
        this.tree = tree;
        this.reads = reads;
        this.steps = steps;
        this.placed = placed;
        this.iterators = iterators;
        this.found = found;
    }

    /**
     * Calls {@code found} for each component, in walk order, with the iterators as they are there; the array is used again.
     *
     * @param iterators as bound before; an iterator bound there keeps its number
     */
    static void of(
            ComponentTree tree,
            Reads reads,
            CompiledUse use,
            Component placed,
            long[] iterators,
            BiConsumer<Component, long[]> found) {
        new Spread(tree, reads, use.use().path().steps(), placed, iterators.clone(), found).step(0, null, false);
    }

    private void step(int at, @Nullable Component base, boolean loose) {
        if (at == steps.size()) {
            found.accept(base == null ? placed : base, iterators);
            return;
        }
        Step step = steps.get(at);
        if (step.index() instanceof Index.Variable variable && variable.horizontal()) {
            reads.own();
            spread(at, base, step.name(), variable.iterator().slot());
        } else if (loose) {
            for (Component component : numbered(base, step.name(), Indices.number(step.index(), iterators))) {
                step(at + 1, component, true);
            }
        } else {
            step(at + 1, placed.ancestor(steps.size() - 1 - at), false);
        }
    }

    private void spread(int at, @Nullable Component base, String name, int slot) {
        long number = iterators[slot];
        if (number != Indices.UNBOUND) {
            for (Component component : numbered(base, name, number)) {
                step(at + 1, component, true);
            }
            return;
        }
        for (Component component : base == null ? tree.named(name) : base.children(name)) {
            iterators[slot] = component.number();
            step(at + 1, component, true);
        }
        iterators[slot] = Indices.UNBOUND;
    }

    private List<Component> numbered(@Nullable Component base, String name, long number) {
        if (base == null) {
            return tree.named(name, number);
        }
        Component child = base.child(name, number);
        return child == null ? List.of() : List.of(child);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to place the events of a statement on components (the reference's vertical match). Placements of one statement
 * are ordered as a walk over the whole tree would find them.
 */
final class Placement implements Comparable<Placement> {
    private final Statement statement;
    private final List<@Nullable Component> components;
    private final long[] iterators;

    Placement(Statement statement, List<@Nullable Component> components, long[] iterators) {
        this.statement = statement;
        this.components = components;
        this.iterators = iterators;
    }

    Statement statement() {
        return statement;
    }

    /** The numbers bound, {@link Indices#UNBOUND} where none is; not to be changed. */
    long[] iterators() {
        return iterators;
    }

    /** The last component of an event, null where it was dropped since nothing matches it. */
    @Nullable
    Component at(CompiledUse use) {
        return components.get(use.place());
    }

    @Override
    public int compareTo(Placement other) {
        int order = Integer.compare(statement.index(), other.statement.index());
        for (int i = 0; order == 0 && i < components.size(); i++) {
            order = Integer.compare(walk(components.get(i)), walk(other.components.get(i)));
        }
        return order;
    }

    private static int walk(@Nullable Component component) {
        return component == null ? -1 : component.walk();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Placement that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        int hash = statement.index();
        for (Component component : components) {
            hash = 31 * hash + walk(component);
        }
        return hash;
    }

    @Override
    public String toString() {
        return components + " " + Arrays.toString(iterators);
    }
}

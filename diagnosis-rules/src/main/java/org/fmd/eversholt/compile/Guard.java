// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.List;

/** What is left of an arrow's constraints once all that the topology decides is decided: all of it must hold. */
public final class Guard {
    static final Guard OPEN = new Guard(List.of());

    /** One condition with the names it is to be read with. */
    record Clause(CompiledUse.Condition condition, Binding binding) {}

    private final Clause[] clauses;
    private final boolean sets;
    private final boolean variables;

    Guard(List<Clause> clauses) {
        this.clauses = clauses.toArray(Clause[]::new);
        this.sets = clauses.stream().anyMatch(c -> c.condition.sets());
        this.variables = clauses.stream().anyMatch(c -> c.condition.variables());
    }

    /** True if nothing is left to decide. */
    public boolean open() {
        return clauses.length == 0;
    }

    /** Whether {@code set...} functions have something to note. */
    public boolean sets() {
        return sets;
    }

    /** Whether variables of the exercise are read or set. */
    public boolean variables() {
        return variables;
    }

    int size() {
        return clauses.length;
    }

    Clause clause(int place) {
        return clauses[place];
    }
}

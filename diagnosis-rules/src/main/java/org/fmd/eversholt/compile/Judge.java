// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.eversholt.check.Term;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** Evaluates constraints. Not safe for several threads: one judge works at one constraint at a time. */
public final class Judge {
    private final Problems problems;
    private final boolean explains;
    private final Scope scope = new Scope();
    private @Nullable Reason refused;

    /** @param problems told why a constraint could not be evaluated; it is then undefined */
    public Judge(Problems problems) {
        this(problems, false);
    }

    /** @param explains whether {@link #refused} is to know why no guard was made */
    Judge(Problems problems, boolean explains) {
        this.problems = problems;
        this.explains = explains;
    }

    /** Why {@link #build} made no guard the last time; null if it made one, or nobody wants to know. */
    @Nullable
    Reason refused() {
        return refused;
    }

    /**
     * Decides what can be decided before any ereport is looked at (eversholt reference §4.2): null if the arrow is not to
     * be made, else a guard with the conditions that are still open.
     */
    @Nullable
    Guard build(CompiledUse own, Binding ownNames, CompiledUse other, Binding otherNames, World world, Reads reads) {
        List<Guard.Clause> open = new ArrayList<>();
        refused = null;
        if (!decide(own, ownNames, world, reads, open) || !decide(other, otherNames, world, reads, open)) {
            return null;
        }
        if (open.isEmpty()) {
            return Guard.OPEN;
        }
        freeze(own, ownNames, world, reads);
        freeze(other, otherNames, world, reads);
        return new Guard(open);
    }

    private boolean decide(CompiledUse use, Binding names, World world, Reads reads, List<Guard.Clause> open) {
        for (CompiledUse.Condition condition : use.conditions()) {
            scope.build(world, reads.center(), reads);
            scope.enter(names);
            Truth truth = condition.expression().truth(scope);
            world.saw(condition.term(), truth);
            boolean undecided = scope.undecided(truth);
            if (undecided) {
                scope.tell(problems);
            }
            if (undecided || truth == Truth.FALSE || truth == Truth.UNDEFINED) {
                refused = explains ? reason(condition.term(), names, truth) : null;
                return false;
            }
            if (truth == Truth.DEFERRED) {
                open.add(new Guard.Clause(condition, names));
            }
        }
        return true;
    }

    /** Why a condition came to that; the graph's world stands still meanwhile. */
    private Reason reason(Term condition, Binding names, Truth truth) {
        Reasons reasons = new Reasons(
                part -> {
                    scope.enter(names);
                    return new ExpressionCompiler().compile(part).evaluate(scope);
                },
                null);
        return new Reason(condition, truth, reasons.why(condition, truth));
    }

    /** Fixes the values that a deferred condition may come to ask for. */
    private void freeze(CompiledUse use, Binding names, World world, Reads reads) {
        for (int slot = 0; slot < use.frozen().size(); slot++) {
            scope.build(world, reads.center(), reads);
            scope.enter(names);
            Value value = use.frozen().get(slot).evaluate(scope);
            if (value instanceof Value.Num) {
                names.freeze(slot, value);
            }
        }
    }

    /**
     * Evaluates a guard with what is known now.
     *
     * @param center the component that the graph was built around
     * @param globals the variables of the exercise; assignments change them
     * @param payload the payload of the arrow's target, null until it is seen
     * @param effects where {@code set...} functions note what they are told; null makes them wait
     */
    public Truth judge(
            Guard guard,
            World world,
            Component center,
            Map<String, Value> globals,
            @Nullable NvList payload,
            @Nullable Effects effects) {
        scope.run(world, center, globals, payload, effects);
        Truth truth = Truth.TRUE;
        for (int i = 0; i < guard.size(); i++) {
            Guard.Clause clause = guard.clause(i);
            scope.enter(clause.binding());
            Truth next = clause.condition().expression().truth(scope);
            world.saw(clause.condition().term(), next);
            if (scope.undecided(next)) {
                scope.tell(problems);
                return Truth.UNDEFINED;
            }
            if (next == Truth.FALSE || next == Truth.UNDEFINED) {
                return next;
            }
            if (next == Truth.DEFERRED) {
                truth = next;
                if (world.unknownHides()) {
                    return truth;
                }
            }
        }
        return truth;
    }
}

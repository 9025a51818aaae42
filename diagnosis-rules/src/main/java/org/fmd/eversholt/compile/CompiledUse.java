// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;

/**
 * An event in a propagation, its constraints compiled.
 *
 * @param place its number in the order in which events are placed on components, from 0
 * @param conditions all must hold
 * @param frozenSlots how many values they freeze when a graph is built
 */
record CompiledUse(EventUse use, int place, List<Condition> conditions, int frozenSlots) {
    /** A condition and the term that it was compiled from. */
    record Condition(Term term, Expression expression) {}

    static CompiledUse of(EventUse use, int place) {
        ExpressionCompiler compiler = new ExpressionCompiler();
        List<Condition> conditions = new ArrayList<>();
        for (Term guard : use.guards()) {
            split(guard, compiler, conditions);
        }
        return new CompiledUse(use, place, List.copyOf(conditions), compiler.frozenSlots());
    }

    private static void split(Term term, ExpressionCompiler compiler, List<Condition> conditions) {
        if (term instanceof Term.Binary both && both.op() == BinaryOp.AND) {
            split(both.left(), compiler, conditions);
            split(both.right(), compiler, conditions);
        } else {
            conditions.add(new Condition(term, compiler.compile(term)));
        }
    }

    List<Guard.Clause> clauses(Binding binding) {
        return conditions.stream().map(c -> new Guard.Clause(c, binding)).toList();
    }

    Binding.End at(Component component) {
        return new Binding.End(use.path(), component);
    }
}

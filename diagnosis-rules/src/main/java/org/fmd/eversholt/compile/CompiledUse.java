// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;

/**
 * An event in a propagation, its constraints compiled.
 *
 * @param place its number in the order in which events are placed on components, from 0
 * @param conditions all must hold
 * @param frozen those parts whose values are fixed when a graph is built; their slots are their places in the list
 * @param paths the components that the conditions ask about
 * @param numbered whether a condition depends on the numbers of components
 */
record CompiledUse(
        EventUse use,
        int place,
        List<Condition> conditions,
        List<Expression> frozen,
        List<PathPattern> paths,
        boolean numbered) {
    /**
     * One condition.
     *
     * @param sets whether it has a {@code set...} function
     * @param variables whether it reads or sets a variable
     */
    record Condition(Expression expression, boolean sets, boolean variables) {}

    static CompiledUse of(EventUse use, int place) {
        ExpressionCompiler compiler = new ExpressionCompiler();
        List<Condition> conditions = new ArrayList<>();
        for (Term guard : use.guards()) {
            split(guard, compiler, conditions);
        }
        return new CompiledUse(
                use,
                place,
                List.copyOf(conditions),
                List.copyOf(compiler.frozen()),
                List.copyOf(compiler.paths()),
                compiler.numbered());
    }

    private static void split(Term term, ExpressionCompiler compiler, List<Condition> conditions) {
        if (term instanceof Term.Binary both && both.op() == BinaryOp.AND) {
            split(both.left(), compiler, conditions);
            split(both.right(), compiler, conditions);
        } else {
            compiler.begin();
            Expression expression = compiler.compile(term);
            conditions.add(new Condition(expression, compiler.sets(), compiler.variables()));
        }
    }

    Binding.End at(Seat seat) {
        return new Binding.End(use.path(), seat);
    }

    /** Whether the conditions look at nothing but the components above the arrow's ends, and not at their numbers. */
    boolean staysAbove(Binding binding) {
        return !numbered && paths.stream().allMatch(binding::holds);
    }
}

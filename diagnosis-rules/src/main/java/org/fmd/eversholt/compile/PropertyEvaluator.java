// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.List;
import java.util.Map;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.PathPattern.Step;
import org.fmd.eversholt.check.Term;

/** Evaluates what a declaration says of an event: {@code FITrate}, {@code message} and the like. */
public final class PropertyEvaluator {
    private final World world;
    private final Map<String, Value> globals;
    private final Problems problems;

    public PropertyEvaluator(World world, Map<String, Value> globals, Problems problems) {
        this.world = world;
        this.globals = globals;
        this.problems = problems;
    }

    /** The value of a property of an event; paths in it are those of the event. There is no payload. */
    public Value evaluate(Term term, EventInstance event) {
        ExpressionCompiler compiler = new ExpressionCompiler();
        Expression expression = compiler.compile(term);
        List<Step> steps = event.event().name().path().stream()
                .map(name -> new Step(name, new Index.Fixed(0), term.span()))
                .toList();
        Binding binding = Binding.ofDeclaration(new PathPattern(steps), event.at(), compiler.frozenSlots());
        return expression.evaluate(new Scope(world, binding, globals, null, null, problems));
    }
}

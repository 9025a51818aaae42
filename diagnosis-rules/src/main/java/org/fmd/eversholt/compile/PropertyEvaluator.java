// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.PathPattern.Step;
import org.fmd.eversholt.check.Term;

/** Evaluates what a declaration says of an event: {@code FITrate}, {@code message} and the like. Each is compiled once. */
public final class PropertyEvaluator {
    private record Compiled(Expression expression, Binding names) {}

    private final Problems problems;
    private final IdentityHashMap<Term, Compiled> compiled = new IdentityHashMap<>();
    private final Scope scope = new Scope();

    public PropertyEvaluator(Problems problems) {
        this.problems = problems;
    }

    /**
     * The value of a property of an event; paths in it are those of the event. There is no payload.
     *
     * @param globals the variables of the exercise
     */
    public Value evaluate(Term term, Event event, Component at, World world, Map<String, Value> globals) {
        if (term instanceof Term.Num number) {
            return new Value.Num(number.value());
        }
        Compiled known = compiled.computeIfAbsent(term, t -> compile(t, event));
        scope.run(world, at, globals, null, null);
        scope.enter(known.names);
        Value value = known.expression.evaluate(scope);
        scope.tell(problems);
        return value;
    }

    private static Compiled compile(Term term, Event event) {
        List<Step> steps = event.name().path().stream()
                .map(name -> new Step(name, new Index.Fixed(0), term.span()))
                .toList();
        return new Compiled(new ExpressionCompiler().compile(term), Binding.ofDeclaration(new PathPattern(steps)));
    }
}

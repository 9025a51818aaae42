// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Span;
import org.fmd.eversholt.syntax.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * Turns checked terms into closures: one instance for the constraints of one event in one statement, since those share
 * the slots for values that are frozen when a graph is built.
 */
final class ExpressionCompiler {
    private int frozenSlots;

    /** How many slots the expressions compiled so far need in a {@link Binding}. */
    int frozenSlots() {
        return frozenSlots;
    }

    int newFrozenSlot() {
        return frozenSlots++;
    }

    Expression compile(Term term) {
        if (term instanceof Term.Num number) {
            Value value = new Value.Num(number.value());
            return scope -> value;
        }
        if (term instanceof Term.Text text) {
            Value value = new Value.Text(text.value());
            return scope -> value;
        }
        if (term instanceof Term.Iterator iterator) {
            return iterator(iterator);
        }
        if (term instanceof Term.PathTerm path) {
            return scope -> {
                TopoPath place = scope.binding().resolve(path.path());
                return place == null
                        ? scope.undefined(path.span(), "no number for an iterator of " + path)
                        : new Value.Place(place);
            };
        }
        if (term instanceof Term.Global global) {
            return scope -> read(scope, global.name());
        }
        if (term instanceof Term.Assign assign) {
            return assign(assign);
        }
        if (term instanceof Term.Unary unary) {
            return unary(unary);
        }
        if (term instanceof Term.Binary binary) {
            return binary(binary);
        }
        if (term instanceof Term.Conditional choice) {
            return conditional(choice);
        }
        if (term instanceof Term.Call call) {
            return new FunctionCompiler(this).compile(call);
        }
        if (term instanceof Term.Unevaluable unevaluable) {
            return scope -> scope.undefined(unevaluable.span(), unevaluable.reason());
        }
        if (term instanceof Term.Counter counter) {
            return scope -> scope.undefined(counter.span(), "a counter is no value");
        }
        throw new AssertionError("no compilation for " + term.getClass());
    }

    private static Expression iterator(Term.Iterator iterator) {
        int slot = iterator.iterator().slot();
        return scope -> {
            long number = scope.binding().iterator(slot);
            return number == Indices.UNBOUND
                    ? scope.undefined(iterator.span(), "iterator " + iterator + " has no number here")
                    : new Value.Num(number);
        };
    }

    private static Value read(Scope scope, String global) {
        Value value = scope.globals() == null ? null : scope.globals().get(global);
        return value == null ? Value.Absent.DEFERRED : value;
    }

    private Expression assign(Term.Assign assign) {
        Expression value = compile(assign.value());
        return scope -> {
            if (scope.globals() == null) {
                return Value.Absent.DEFERRED;
            }
            Value result = value.evaluate(scope);
            if (result instanceof Value.Absent) {
                return result;
            }
            scope.globals().put(assign.global(), result);
            return Value.Num.ONE;
        };
    }

    private Expression unary(Term.Unary unary) {
        Expression operand = compile(unary.operand());
        return scope -> {
            Value value = operand.evaluate(scope);
            if (value == Value.Absent.DEFERRED) {
                return value;
            }
            if (value == Value.Absent.UNDEFINED) {
                return noValue(scope, unary.operand());
            }
            return unary.op() == UnaryOp.NOT ? Value.of(value.truth() == Truth.FALSE) : new Value.Num(~value.number());
        };
    }

    private Expression binary(Term.Binary binary) {
        if (binary.op() == BinaryOp.AND || binary.op() == BinaryOp.OR) {
            return new Junction(binary.op() == BinaryOp.AND, compile(binary.left()), compile(binary.right()));
        }
        Expression left = compile(binary.left());
        Expression right = compile(binary.right());
        String unset = binary.op() == BinaryOp.EQ && binary.left() instanceof Term.Global g ? g.name() : null;
        return scope -> {
            Value a = left.evaluate(scope);
            Value b = right.evaluate(scope);
            if (unset != null
                    && a == Value.Absent.DEFERRED
                    && scope.globals() != null
                    && !(b instanceof Value.Absent)) {
                // Comparing a variable that is not set sets it, and is as true as the value itself.
                scope.globals().put(unset, b);
                return b;
            }
            Value missing = missing(scope, binary, a, b);
            if (missing != null) {
                return missing;
            }
            Value result = Operators.apply(binary.op(), a, b);
            return result == Value.Absent.UNDEFINED
                    ? scope.undefined(binary.span(), Operators.problem(binary.op(), a, b))
                    : result;
        };
    }

    /** The result where an operand is absent: undefined wins, since no later knowledge gives it a value. */
    private static @Nullable Value missing(Scope scope, Term.Binary binary, Value a, Value b) {
        if (a == Value.Absent.UNDEFINED) {
            return noValue(scope, binary.left());
        }
        if (b == Value.Absent.UNDEFINED) {
            return noValue(scope, binary.right());
        }
        return a instanceof Value.Absent || b instanceof Value.Absent ? Value.Absent.DEFERRED : null;
    }

    private Expression conditional(Term.Conditional choice) {
        Expression condition = compile(choice.condition());
        Expression whenTrue = compile(choice.whenTrue());
        Expression whenFalse = compile(choice.whenFalse());
        return scope -> {
            Value value = condition.evaluate(scope);
            if (value == Value.Absent.DEFERRED) {
                return value;
            }
            return (value.truth() == Truth.TRUE ? whenTrue : whenFalse).evaluate(scope);
        };
    }

    static Value noValue(Scope scope, Term operand) {
        Span place = operand.span();
        return scope.undefined(place, operand + " has no value here");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.UnaryOp;

/**
 * Turns checked terms into closures: one instance for the constraints of one event in one statement, since those share
 * the slots for values that are frozen when a graph is built.
 */
final class ExpressionCompiler {
    private final List<Expression> frozen = new ArrayList<>();
    private final List<PathPattern> paths = new ArrayList<>();
    private boolean numbered;
    private boolean sets;
    private boolean variables;

    /** The parts compiled so far whose values are fixed when a graph is built; their slots in a {@link Binding}. */
    List<Expression> frozen() {
        return frozen;
    }

    /** The paths of the components that the expressions compiled so far ask about. */
    List<PathPattern> paths() {
        return paths;
    }

    /** Whether an expression compiled so far depends on the numbers of components. */
    boolean numbered() {
        return numbered;
    }

    /** Whether an expression compiled since {@link #begin} has a {@code set...} function. */
    boolean sets() {
        return sets;
    }

    /** Whether an expression compiled since {@link #begin} reads or sets a variable. */
    boolean variables() {
        return variables;
    }

    void begin() {
        sets = false;
        variables = false;
    }

    void noteNumbers() {
        numbered = true;
    }

    void noteSetting() {
        sets = true;
    }

    void noteVariable() {
        variables = true;
    }

    void notePath(PathPattern path) {
        paths.add(path);
    }

    int freeze(Expression expression) {
        frozen.add(expression);
        return frozen.size() - 1;
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
            noteNumbers(); // As a value it is a text, numbers and all.
            return place(path);
        }
        if (term instanceof Term.Global global) {
            noteVariable();
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

    /** A path to ask something of. */
    Expression place(Term.PathTerm path) {
        notePath(path.path());
        return scope -> {
            TopoPath place = scope.resolve(path.path());
            return place == null
                    ? scope.undefined(path.span(), "no number for an iterator of " + path)
                    : new Value.Place(place);
        };
    }

    private Expression iterator(Term.Iterator iterator) {
        noteNumbers();
        int slot = iterator.iterator().slot();
        return scope -> {
            long number = scope.binding().iterator(slot);
            return number == Indices.UNBOUND
                    ? scope.undefined(iterator.span(), "iterator " + iterator + " has no number here")
                    : new Value.Num(number);
        };
    }

    private static Value read(Scope scope, String global) {
        Map<String, Value> globals = scope.globals();
        Value value = globals == null ? null : globals.get(global);
        return value == null ? Value.Absent.DEFERRED : value;
    }

    private Expression assign(Term.Assign assign) {
        noteVariable();
        Expression value = compile(assign.value());
        return scope -> {
            Map<String, Value> globals = scope.globals();
            if (globals == null) {
                return Value.Absent.DEFERRED;
            }
            Value result = value.evaluate(scope);
            if (result instanceof Value.Absent) {
                return result;
            }
            globals.put(assign.global(), result);
            return Value.Num.ONE;
        };
    }

    private Expression unary(Term.Unary unary) {
        Expression operand = compile(unary.operand());
        String problem = noValue(unary.operand());
        return scope -> {
            Value value = operand.evaluate(scope);
            if (value == Value.Absent.DEFERRED) {
                return value;
            }
            if (value == Value.Absent.UNDEFINED) {
                return scope.undefined(unary.operand().span(), problem);
            }
            return unary.op() == UnaryOp.NOT ? Value.of(value.truth() == Truth.FALSE) : new Value.Num(~value.number());
        };
    }

    private Expression binary(Term.Binary binary) {
        if (binary.op() == BinaryOp.AND || binary.op() == BinaryOp.OR) {
            return junction(binary);
        }
        Expression left = compile(binary.left());
        Expression right = compile(binary.right());
        String noLeft = noValue(binary.left());
        String noRight = noValue(binary.right());
        String unset = binary.op() == BinaryOp.EQ && binary.left() instanceof Term.Global g ? g.name() : null;
        return scope -> {
            Value a = left.evaluate(scope);
            Value b = right.evaluate(scope);
            Map<String, Value> globals = scope.globals();
            if (unset != null && a == Value.Absent.DEFERRED && globals != null && !(b instanceof Value.Absent)) {
                // Comparing a variable that is not set sets it, and is as true as the value itself.
                globals.put(unset, b);
                return b;
            }
            // Undefined wins over unknown, since no later knowledge gives it a value.
            if (a == Value.Absent.UNDEFINED) {
                return scope.undefined(binary.left().span(), noLeft);
            }
            if (b == Value.Absent.UNDEFINED) {
                return scope.undefined(binary.right().span(), noRight);
            }
            if (a instanceof Value.Absent || b instanceof Value.Absent) {
                return Value.Absent.DEFERRED;
            }
            Value result = Operators.apply(binary.op(), a, b);
            return result == Value.Absent.UNDEFINED
                    ? scope.undefined(binary.span(), Operators.problem(binary.op(), a, b))
                    : result;
        };
    }

    private Expression junction(Term.Binary binary) {
        boolean setsElsewhere = sets;
        boolean variablesElsewhere = variables;
        begin();
        Expression left = compile(binary.left());
        Expression right = compile(binary.right());
        boolean acts = sets || variables;
        sets |= setsElsewhere;
        variables |= variablesElsewhere;
        return new Junction(binary.op() == BinaryOp.AND, left, right, acts);
    }

    private Expression conditional(Term.Conditional choice) {
        Expression condition = compile(choice.condition());
        Expression whenTrue = compile(choice.whenTrue());
        Expression whenFalse = compile(choice.whenFalse());
        return scope -> {
            Truth truth = condition.truth(scope);
            if (truth == Truth.DEFERRED) {
                return Value.Absent.DEFERRED;
            }
            return (truth == Truth.TRUE ? whenTrue : whenFalse).evaluate(scope);
        };
    }

    static String noValue(Term operand) {
        return operand + " has no value here";
    }
}

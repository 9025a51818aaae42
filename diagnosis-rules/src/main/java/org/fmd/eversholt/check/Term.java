// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Span;
import org.fmd.eversholt.syntax.UnaryOp;

/**
 * A checked expression: every name in it is resolved.
 *
 * <p>{@code equals} compares spans too; {@code toString} prints the source form with every grouping explicit and
 * invented iterators shown.
 */
public sealed interface Term {
    Span span();

    /** Visits this term, then all terms inside it, in the order of the source. */
    default void walk(Consumer<Term> visitor) {
        visitor.accept(this);
        if (this instanceof Unary unary) {
            unary.operand.walk(visitor);
        } else if (this instanceof Binary binary) {
            binary.left.walk(visitor);
            binary.right.walk(visitor);
        } else if (this instanceof Conditional conditional) {
            conditional.condition.walk(visitor);
            conditional.whenTrue.walk(visitor);
            conditional.whenFalse.walk(visitor);
        } else if (this instanceof Assign assign) {
            assign.value.walk(visitor);
        } else if (this instanceof Call call) {
            call.arguments.forEach(argument -> argument.walk(visitor));
        }
    }

    /** An unsigned number; a time value is its nanoseconds. */
    record Num(long value, Span span) implements Term {
        @Override
        public String toString() {
            return Long.toUnsignedString(value);
        }
    }

    record Text(String value, Span span) implements Term {
        @Override
        public String toString() {
            return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
    }

    /** {@code $name}: read. A value belongs to one exercise. */
    record Global(String name, Span span) implements Term {
        @Override
        public String toString() {
            return "$" + name;
        }
    }

    /** {@code $name = value}. */
    record Assign(String global, Term value, Span span) implements Term {
        @Override
        public String toString() {
            return "$" + global + " = " + value;
        }
    }

    /** The number an iterator of the statement is bound to. */
    record Iterator(IteratorVar iterator, Span span) implements Term {
        @Override
        public String toString() {
            return iterator.toString();
        }
    }

    /** A component path as a value. */
    record PathTerm(PathPattern path, Span span) implements Term {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** The argument of {@code count()}: a counter at a path. */
    record Counter(StatEngine engine, PathPattern path, Span span) implements Term {
        @Override
        public String toString() {
            return engine.name().eventClass() + "@" + path;
        }
    }

    record Unary(UnaryOp op, Term operand, Span span) implements Term {
        @Override
        public String toString() {
            return op.symbol() + operand;
        }
    }

    /** Any operator but {@link BinaryOp#ASSIGN}, {@link BinaryOp#CHOOSE} and {@link BinaryOp#ELSE}. */
    record Binary(BinaryOp op, Term left, Term right, Span span) implements Term {
        @Override
        public String toString() {
            return "(" + left + " " + op.symbol() + " " + right + ")";
        }
    }

    record Conditional(Term condition, Term whenTrue, Term whenFalse, Span span) implements Term {
        @Override
        public String toString() {
            return "(" + condition + " ? " + whenTrue + " : " + whenFalse + ")";
        }
    }

    /** A call with arguments in the shape {@link Function} asks for. */
    record Call(Function function, List<Term> arguments, Span span) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            StringJoiner text = new StringJoiner(", ", function.word() + "(", ")");
            for (Term argument : arguments) {
                text.add(argument.toString());
            }
            return text.toString();
        }
    }

    /**
     * Something the reference compiles and cannot evaluate: an unknown function, {@code envprop}, a conditional
     * without its second half. Only in its dialect. Reaching it is an evaluation error with this text.
     */
    record Unevaluable(String text, String reason, Span span) implements Term {
        @Override
        public String toString() {
            return text;
        }
    }
}

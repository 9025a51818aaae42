// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An expression as written: in braces, as a property value, as an N or K, or as an iterator.
 *
 * <p>{@code toString} prints it back with every grouping explicit. Numbers are unsigned 64-bit.
 */
public sealed interface Expr extends Node {

    /** A number; {@code value} is unsigned and {@code overflowed} when the text did not fit (value is then the largest). */
    record Num(long value, boolean overflowed, Span span) implements Expr {
        @Override
        public String toString() {
            return Long.toUnsignedString(value);
        }
    }

    /** A number with a unit word; {@code nanos} is unsigned. {@code text} is the source form, {@code 24h}. */
    record Time(long nanos, String text, Span span) implements Expr {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A string; {@code value} has its escapes already resolved as the dialect says. */
    record Str(String value, Span span) implements Expr {
        @Override
        public String toString() {
            return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
    }

    /** {@code $name}. */
    record Global(String name, Span span) implements Expr {
        @Override
        public String toString() {
            return "$" + name;
        }
    }

    /** A bare identifier: an iterator of the statement, {@code infinity}, a unit-less word. */
    record Name(String name, Span span) implements Expr {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A component path: in the argument of a path function, or a property value. */
    record PathValue(Path path, Span span) implements Expr {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** An event or engine name: a property value, or the argument of {@code count()}. */
    record EventValue(EventRef event, Span span) implements Expr {
        @Override
        public String toString() {
            return event.toString();
        }
    }

    record Unary(UnaryOp op, Expr operand, Span span) implements Expr {
        @Override
        public String toString() {
            return op.symbol() + operand;
        }
    }

    /** {@code op} is never {@link BinaryOp#CHOOSE} with an {@link BinaryOp#ELSE} on its right: that is a {@link Conditional}. */
    record Binary(BinaryOp op, Expr left, Expr right, Span span) implements Expr {
        @Override
        public String toString() {
            return "(" + left + " " + op.symbol() + " " + right + ")";
        }
    }

    record Conditional(Expr condition, Expr whenTrue, Expr whenFalse, Span span) implements Expr {
        @Override
        public String toString() {
            return "(" + condition + " ? " + whenTrue + " : " + whenFalse + ")";
        }
    }

    /** A function call; {@code nameSpan} covers the name alone. */
    record Call(String function, List<Expr> arguments, Span nameSpan, Span span) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return arguments.stream().map(Expr::toString).collect(Collectors.joining(", ", function + "(", ")"));
        }
    }
}

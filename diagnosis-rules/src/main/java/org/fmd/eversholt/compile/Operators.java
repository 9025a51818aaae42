// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.eversholt.syntax.BinaryOp;

/** The operators on two values that are there (eversholt reference §4.3). Numbers are unsigned. */
final class Operators {
    private Operators() {}

    /** The result; undefined for a division by zero and a difference below zero. */
    static Value apply(BinaryOp op, Value left, Value right) {
        return switch (op) {
            case EQ -> Value.of(same(left, right));
            case NE -> Value.of(!same(left, right));
            case LT -> Value.of(Long.compareUnsigned(left.number(), right.number()) < 0);
            case LE -> Value.of(Long.compareUnsigned(left.number(), right.number()) <= 0);
            case GT -> Value.of(Long.compareUnsigned(left.number(), right.number()) > 0);
            case GE -> Value.of(Long.compareUnsigned(left.number(), right.number()) >= 0);
            default -> arithmetic(op, left.number(), right.number());
        };
    }

    /** A number on either side makes both numbers; else both are texts. */
    static boolean same(Value left, Value right) {
        return (left instanceof Value.Num || right instanceof Value.Num)
                ? left.number() == right.number()
                : left.text().equals(right.text());
    }

    private static Value arithmetic(BinaryOp op, long left, long right) {
        return switch (op) {
            case BIT_OR -> new Value.Num(left | right);
            case BIT_XOR -> new Value.Num(left ^ right);
            case BIT_AND -> new Value.Num(left & right);
            case SHIFT_LEFT -> new Value.Num(Long.compareUnsigned(right, 64) < 0 ? left << right : 0);
            case SHIFT_RIGHT -> new Value.Num(Long.compareUnsigned(right, 64) < 0 ? left >>> right : 0);
            case ADD -> new Value.Num(left + right);
            case SUBTRACT ->
                Long.compareUnsigned(left, right) < 0 ? Value.Absent.UNDEFINED : new Value.Num(left - right);
            case MULTIPLY -> new Value.Num(left * right);
            case DIVIDE -> right == 0 ? Value.Absent.UNDEFINED : new Value.Num(Long.divideUnsigned(left, right));
            case MODULO -> right == 0 ? Value.Absent.UNDEFINED : new Value.Num(Long.remainderUnsigned(left, right));
            default -> throw new AssertionError("no arithmetic for " + op);
        };
    }

    /** Why {@link #apply} had no result. */
    static String problem(BinaryOp op, Value left, Value right) {
        return op == BinaryOp.SUBTRACT
                ? "difference below zero: " + decimal(left) + " - " + decimal(right)
                : "division by zero: " + decimal(left) + " " + op.symbol() + " 0";
    }

    private static String decimal(Value value) {
        return Long.toUnsignedString(value.number());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.IssueCode;
import org.jspecify.annotations.Nullable;

/** Works out arithmetic of numbers, unsigned 64-bit (decision Q6). */
final class Folding {
    private Folding() {}

    /**
     * The number an expression comes to, or null when it is more than arithmetic of numbers or, with a report,
     * has no value.
     */
    static Expr.@Nullable Num fold(Expr expr, Context context) {
        if (expr instanceof Expr.Num num) {
            return num;
        }
        if (!(expr instanceof Expr.Binary binary)) {
            return null;
        }
        Expr.Num left = fold(binary.left(), context);
        Expr.Num right = fold(binary.right(), context);
        if (left == null || right == null) {
            return null;
        }
        String problem = problem(binary.op(), left.value(), right.value());
        if (!problem.isEmpty()) {
            context.add(IssueCode.CONSTANT, binary.span(), problem);
            return null;
        }
        Long value = compute(binary.op(), left.value(), right.value());
        return value == null ? null : new Expr.Num(value, false, binary.span());
    }

    private static String problem(BinaryOp op, long left, long right) {
        return switch (op) {
            case DIVIDE, MODULO -> right == 0 ? "division by zero" : "";
            case SUBTRACT ->
                Long.compareUnsigned(left, right) < 0 ? "the result is negative; numbers are unsigned" : "";
            case ADD -> Long.compareUnsigned(left + right, left) < 0 ? "the result is beyond 64 bits" : "";
            case MULTIPLY ->
                right != 0 && Long.compareUnsigned(left, Long.divideUnsigned(-1, right)) > 0
                        ? "the result is beyond 64 bits"
                        : "";
            default -> "";
        };
    }

    /** The value of an operator on numbers, null for one that is not arithmetic. */
    static @Nullable Long compute(BinaryOp op, long left, long right) {
        return switch (op) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> Long.divideUnsigned(left, right);
            case MODULO -> Long.remainderUnsigned(left, right);
            default -> null;
        };
    }
}

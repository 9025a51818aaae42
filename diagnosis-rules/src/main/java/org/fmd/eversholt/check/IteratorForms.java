// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.PathIndex;

/** What may stand in an iterator's brackets. */
final class IteratorForms {
    private IteratorForms() {}

    /** Objects to an iterator that is no number, name, conditional, arithmetic or shift. */
    static void check(Context context, PathIndex index) {
        if (index instanceof PathIndex.Computed computed && !allowed(computed.value())) {
            context.add(
                    IssueCode.ITERATOR_FORM,
                    computed.span(),
                    "an iterator is a name, a number, arithmetic, a shift or a conditional");
        }
    }

    private static boolean allowed(Expr value) {
        if (value instanceof Expr.Binary binary) {
            BinaryOp op = binary.op();
            return op == BinaryOp.CHOOSE || op.precedence() >= BinaryOp.SHIFT_LEFT.precedence();
        }
        return value instanceof Expr.Num || value instanceof Expr.Name || value instanceof Expr.Conditional;
    }
}

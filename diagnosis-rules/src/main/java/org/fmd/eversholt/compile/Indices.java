// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.Term;

/** The number that the index of a path component asks for. */
final class Indices {
    /** An iterator that no event of the statement has bound. */
    static final long UNBOUND = -1;

    private Indices() {}

    /** The number that an index asks for, {@link #UNBOUND} if that is not known yet. */
    static long number(Index index, long[] iterators) {
        if (index instanceof Index.Fixed fixed) {
            return fixed.number();
        }
        if (index instanceof Index.Variable variable) {
            return iterators[variable.iterator().slot()];
        }
        return index instanceof Index.Computed computed ? value(computed.value(), iterators) : UNBOUND;
    }

    private static long value(Term term, long[] iterators) {
        if (term instanceof Term.Num number) {
            return number.value();
        }
        if (term instanceof Term.Iterator iterator) {
            return iterators[iterator.iterator().slot()];
        }
        if (term instanceof Term.Conditional choice) {
            long condition = value(choice.condition(), iterators);
            return condition == UNBOUND
                    ? UNBOUND
                    : value(condition != 0 ? choice.whenTrue() : choice.whenFalse(), iterators);
        }
        if (term instanceof Term.Binary binary) {
            long left = value(binary.left(), iterators);
            long right = value(binary.right(), iterators);
            Value result = left == UNBOUND || right == UNBOUND
                    ? Value.Absent.UNDEFINED
                    : Operators.apply(binary.op(), new Value.Num(left), new Value.Num(right));
            return result instanceof Value.Num number ? number.bits() : UNBOUND;
        }
        return UNBOUND;
    }
}

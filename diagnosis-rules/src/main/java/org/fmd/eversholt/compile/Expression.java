// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

/** A compiled expression: a term decided once, evaluated many times. */
@FunctionalInterface
interface Expression {
    Value evaluate(Scope scope);

    /** The value as a condition. */
    default Truth truth(Scope scope) {
        return evaluate(scope).truth();
    }
}

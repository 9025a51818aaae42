// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

/**
 * {@code &&} and {@code ||}: 0 or 1, and three-valued. What is not known yet on the left still lets a deciding right side
 * decide; at run time the reference's dialect does not look there (eversholt reference §4.2, Q13).
 *
 * @param acts whether a part sets something, so that it matters whether it is looked at
 */
record Junction(boolean conjunction, Expression left, Expression right, boolean acts) implements Expression {
    @Override
    public Value evaluate(Scope scope) {
        if (scope.unknownHides() || (acts && !scope.building())) {
            // The reference drops what the topology alone has decided, so neither side is ever looked at again.
            Value known = scope.known(this);
            if (!(known instanceof Value.Absent)) {
                return known;
            }
        }
        return decide(scope);
    }

    private Value decide(Scope scope) {
        Truth decisive = conjunction ? Truth.FALSE : Truth.TRUE;
        Truth first = left.truth(scope);
        if (first == decisive) {
            return Value.of(!conjunction);
        }
        if (first == Truth.DEFERRED && scope.unknownHides()) {
            return Value.Absent.DEFERRED;
        }
        Truth second = right.truth(scope);
        if (second == decisive) {
            return Value.of(!conjunction);
        }
        return both(first, second);
    }

    /** Neither side decides: an undefined one makes a conjunction hopeless; a deferred one may still save a disjunction. */
    private Value both(Truth first, Truth second) {
        boolean undefined = first == Truth.UNDEFINED || second == Truth.UNDEFINED;
        boolean deferred = first == Truth.DEFERRED || second == Truth.DEFERRED;
        if (undefined && (conjunction || !deferred)) {
            return Value.Absent.UNDEFINED;
        }
        return deferred ? Value.Absent.DEFERRED : Value.of(conjunction);
    }
}

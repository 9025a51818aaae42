// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.Map;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * All that an expression can look at while it is evaluated once. What is null is not known yet.
 *
 * @param world components and facts
 * @param binding the arrow that the expression belongs to
 * @param globals the variables of the exercise, which the expression may set; null while the graph is built
 * @param payload what came with the arrow's target, null until that is seen
 * @param effects where {@code set...} functions note what they are told; null if they have to wait
 * @param problems told what could not be evaluated
 */
record Scope(
        World world,
        Binding binding,
        @Nullable Map<String, Value> globals,
        @Nullable NvList payload,
        @Nullable Effects effects,
        Problems problems) {
    boolean building() {
        return globals == null;
    }

    /** Notes a problem and yields the value of what has none. */
    Value undefined(Span place, String problem) {
        problems.add(place, problem);
        return Value.Absent.UNDEFINED;
    }
}

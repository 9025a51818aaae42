// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import org.fmd.eversholt.check.Arrow;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Propagation;

/**
 * One arrow from one event to one other, as a statement has it.
 *
 * @param column the column of {@code from} in the statement
 * @param closed whether its constraints can never be true; only known for sure when true
 */
record Way(Propagation propagation, int column, EventUse from, EventUse to, boolean closed) {
    Arrow arrow() {
        return propagation.arrows().get(column);
    }

    /** Whether the source can do without it: its N is 0. */
    boolean optional() {
        return arrow().n() instanceof Count.Exactly n && n.value() == 0;
    }

    /** Whether one cause is enough: its K is 1. */
    boolean single() {
        return arrow().k() instanceof Count.Exactly k && k.value() == 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Propagation;

/**
 * Where in the rules an arrow comes from.
 *
 * @param position which arrow of the statement, from 0
 */
public record Origin(Propagation propagation, int position, EventUse source, EventUse target) {
    /** {@code fault.x@disk -> ereport.x@disk}. */
    @Override
    public String toString() {
        return source.event().name() + " -> " + target.event().name();
    }
}

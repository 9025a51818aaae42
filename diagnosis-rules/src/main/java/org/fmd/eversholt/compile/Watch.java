// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.eversholt.check.Term;

/** Told of each condition of a constraint that is decided, when a graph is built or an ereport is looked at. */
@FunctionalInterface
public interface Watch {
    /** @param condition a constraint, or one side of an {@code &&} that is a whole constraint */
    void decided(Term condition, Truth truth);
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.cases;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a case stands; the arrows are those of the drawing in the package's description. */
public enum CaseState {
    UNSOLVED,
    SOLVED,
    CLOSE_WAIT,
    CLOSED,
    REPAIRED,
    RESOLVED;

    private static final Map<CaseState, Set<CaseState>> NEXT = Map.of(
            UNSOLVED, EnumSet.of(SOLVED, CLOSE_WAIT),
            SOLVED, EnumSet.of(CLOSE_WAIT, REPAIRED),
            CLOSE_WAIT, EnumSet.of(CLOSED, REPAIRED),
            CLOSED, EnumSet.of(SOLVED, REPAIRED),
            REPAIRED, EnumSet.of(RESOLVED),
            RESOLVED, EnumSet.noneOf(CaseState.class));

    /** Returns {@code next}; refuses with {@link IllegalStateException} a step that is not drawn. */
    public CaseState to(CaseState next) {
        if (!NEXT.getOrDefault(this, Set.of()).contains(next)) {
            throw new IllegalStateException("a case cannot go from " + this + " to " + next);
        }
        return next;
    }

    /** Returns whether the trouble is still there, as far as anybody said. */
    public boolean isActive() {
        return this == SOLVED || this == CLOSE_WAIT || this == CLOSED;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.eversholt.check.Window;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/**
 * One arrow between two events on real components.
 *
 * @param index its number in the graph, from 0
 * @param guard what must hold for the arrow to be passable
 * @param window how long it waits for its target, null where nothing is written
 * @param origin its place in the rules
 */
public record InstanceArrow(
        int index,
        EventInstance from,
        EventInstance to,
        Guard guard,
        @Nullable Window window,
        Origin origin) {
    /** The target in its statement. */
    public Span span() {
        return origin.target().span();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return index;
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}

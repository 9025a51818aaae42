// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.jspecify.annotations.Nullable;

/**
 * Where an event of a graph lies: so many levels above the graph's centre, or, beside the way from the root to there, on one
 * certain component.
 *
 * @param up 0 for the centre itself; without meaning if {@code fixed} is given
 */
record Seat(int up, @Nullable Component fixed) {
    static Seat of(Component at, Component center) {
        int up = center.depth() - at.depth();
        return up >= 0 && center.ancestor(up) == at ? new Seat(up, null) : new Seat(0, at);
    }

    Component on(Component center) {
        return fixed == null ? center.ancestor(up) : fixed;
    }
}

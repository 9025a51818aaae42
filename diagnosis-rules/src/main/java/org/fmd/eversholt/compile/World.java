// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.Set;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * The components of an exercise and what is known of them.
 *
 * @param visible the names of components whose properties can be read, null for all
 * @param watch told of what is decided, null for nobody
 */
public record World(
        ComponentTree tree,
        Facts facts,
        @Nullable Set<String> visible,
        Dialect dialect,
        @Nullable Watch watch) {
    /** A condition was decided. */
    void saw(Term condition, Truth truth) {
        if (watch != null) {
            watch.decided(condition, truth);
        }
    }

    /** A property of a component; null if there is no such component or property, or it cannot be seen. */
    @Nullable
    String property(TopoPath path, String name) {
        Component component = tree.at(path);
        boolean seen = visible == null || visible.contains(path.last().name());
        return component == null || !seen ? null : component.property(name);
    }

    /** Whether an operand that is not known hides the other side of {@code &&} and {@code ||} at run time. */
    boolean unknownHides() {
        return !dialect.has(Decision.KLEENE_AT_RUN_TIME);
    }
}

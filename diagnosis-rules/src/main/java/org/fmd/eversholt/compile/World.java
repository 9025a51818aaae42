// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.Set;
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
    /** One that nobody watches. */
    World(ComponentTree tree, Facts facts, @Nullable Set<String> visible, Dialect dialect) {
        this(tree, facts, visible, dialect, null);
    }

    /** The same, while somebody only asks why. */
    World unwatched() {
        return new World(tree, facts, visible, dialect);
    }

    /** A condition was decided. */
    void saw(Term condition, Truth truth) {
        if (watch != null) {
            watch.decided(condition, truth);
        }
    }

    /** A property of a component; null if it has none of that name, or it cannot be seen. */
    @Nullable
    String property(Component component, String name) {
        return visible == null || visible.contains(component.name()) ? component.property(name) : null;
    }

    /** Whether an operand that is not known hides the other side of {@code &&} and {@code ||} at run time. */
    boolean unknownHides() {
        return !dialect.has(Decision.KLEENE_AT_RUN_TIME);
    }
}

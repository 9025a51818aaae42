// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/**
 * An event in a propagation.
 *
 * @param guards the items of its braces without {@code within}, to be taken together with {@code &&}; those of a
 *     middle column belong to the arrows on both sides
 * @param window how long an arrow into this event waits: its own {@code within} (the last one), else its
 *     declaration's, else null
 */
public record EventUse(
        Event event,
        PathPattern path,
        List<Term> guards,
        @Nullable Window window,
        Span span) {
    public EventUse {
        guards = List.copyOf(guards);
    }

    @Override
    public String toString() {
        return event.name().eventClass() + "@" + path;
    }
}

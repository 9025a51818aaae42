// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import org.fmd.eversholt.syntax.Span;

/**
 * A named counter per instance path (eversholt reference §3.4). Where the reference's dialect lets a rule use a
 * counter that is not declared, {@code declarations} is empty.
 */
public record StatEngine(EventName name, List<Span> declarations) {
    public StatEngine {
        declarations = List.copyOf(declarations);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}

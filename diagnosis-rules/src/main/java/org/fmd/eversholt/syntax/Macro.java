// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A defined macro; {@code parameters} is null for one without parentheses. */
record Macro(String name, @Nullable List<String> parameters, List<Piece> body, Span defined) {
    Macro {
        parameters = parameters == null ? null : List.copyOf(parameters);
        body = List.copyOf(body);
    }

    /** True when both have the same parameters and the same text. */
    boolean sameAs(Macro other) {
        if (!java.util.Objects.equals(parameters, other.parameters) || body.size() != other.body.size()) {
            return false;
        }
        for (int i = 0; i < body.size(); i++) {
            Piece mine = body.get(i);
            Piece theirs = other.body.get(i);
            boolean sameBlank = i == 0 || mine.blankBefore() == theirs.blankBefore();
            if (!sameBlank || mine.kind() != theirs.kind() || !mine.text().equals(theirs.text())) {
                return false;
            }
        }
        return true;
    }
}

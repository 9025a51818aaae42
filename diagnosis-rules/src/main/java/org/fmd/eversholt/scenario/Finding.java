// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.List;
import org.fmd.eversholt.syntax.Span;

/**
 * Something wrong with a scenario file, or with what came of a scenario.
 *
 * @param notes more lines, for people
 */
public record Finding(Span span, String message, List<String> notes) {
    public Finding {
        notes = List.copyOf(notes);
    }

    Finding(Span span, String message) {
        this(span, message, List.of());
    }

    /** {@code FILE:LINE:COLUMN: message}. */
    @Override
    public String toString() {
        return span + ": " + message;
    }
}

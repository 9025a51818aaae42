// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import org.fmd.eversholt.syntax.Span;

/** {@code (n)->(k)} between two columns of a propagation. */
public record Arrow(Count n, Count k, Span span) {
    @Override
    public String toString() {
        return "(" + n + ")->(" + k + ")";
    }
}

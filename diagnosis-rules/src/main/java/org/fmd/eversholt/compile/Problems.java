// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.eversholt.syntax.Span;

/** Told what could not be evaluated. */
@FunctionalInterface
public interface Problems {
    void add(Span place, String problem);
}

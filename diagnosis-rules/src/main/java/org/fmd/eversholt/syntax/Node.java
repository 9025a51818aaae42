// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** Anything in a syntax tree: it knows where it was written. */
public interface Node {
    Span span();
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** {@code name = value} in a declaration; {@code nameSpan} covers the name alone. */
public record Property(String name, Expr value, Span nameSpan, Span span) implements Node {
    @Override
    public String toString() {
        return name + "=" + value;
    }
}

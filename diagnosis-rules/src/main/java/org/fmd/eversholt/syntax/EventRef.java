// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An event or engine as written in a declaration, an arrow or a property value:
 * {@code fault.io.disk@chassis/disk { within(5s) }}. The path may be missing; the checker objects where one is due.
 */
public record EventRef(ClassName name, @Nullable Path path, List<Expr> constraints, Span span) implements Node {
    public EventRef {
        constraints = List.copyOf(constraints);
    }

    /** Class and path without iterators, {@code fault.io.disk@chassis/disk}: what a declaration is found by. */
    public String plainName() {
        return path == null ? name.text() : name.text() + "@" + path.plainName();
    }

    @Override
    public String toString() {
        String at = path == null ? name.text() : name.text() + "@" + path;
        return constraints.isEmpty()
                ? at
                : at + constraints.stream().map(Expr::toString).collect(Collectors.joining(", ", " { ", " }"));
    }
}

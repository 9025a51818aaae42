// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** A component path as written, {@code chassis/bay[b]/disk<>}. */
public record Path(List<Component> components, Span span) implements Node {

    /** One component; {@code index} is {@link PathIndex.None} where nothing was written. */
    public record Component(String name, PathIndex index, Span span) implements Node {
        @Override
        public String toString() {
            return name + index;
        }
    }

    public Path {
        components = List.copyOf(components);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one component");
        }
    }

    /** The component names without iterators: {@code chassis/bay/disk}. Two paths that agree in this name one declaration. */
    public String plainName() {
        return components.stream().map(Component::name).collect(Collectors.joining("/"));
    }

    @Override
    public String toString() {
        return components.stream().map(Component::toString).collect(Collectors.joining("/"));
    }
}

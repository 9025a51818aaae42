// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import java.util.Map;
import org.fmd.eversholt.syntax.Span;

/**
 * A {@code config} statement: a node, with properties, that is added to the topology (eversholt reference §3.7).
 *
 * @param properties in source order
 */
public record ConfigNode(List<Part> path, Map<String, String> properties, Span span) {
    /** A component with its number (unsigned), {@code bay3}. */
    public record Part(String name, long number) {
        @Override
        public String toString() {
            return name + Long.toUnsignedString(number);
        }
    }

    public ConfigNode {
        path = List.copyOf(path);
        properties = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(properties));
    }
}

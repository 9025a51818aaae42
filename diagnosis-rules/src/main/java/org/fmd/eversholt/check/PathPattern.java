// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import java.util.stream.Collectors;
import org.fmd.eversholt.syntax.Span;

/**
 * A component path in a propagation with every index explicit. Two patterns are equal when names and indices are,
 * wherever they were written: that is what lets two events share an instance (eversholt reference §6.3).
 */
public record PathPattern(List<Step> steps) {

    /** A component name and what its number must be. */
    public record Step(String name, Index index, Span span) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Step step && step.name.equals(name) && step.index.equals(index);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + index.hashCode();
        }

        @Override
        public String toString() {
            return name + index;
        }
    }

    public sealed interface Index {
        /** A constant, unsigned. */
        record Fixed(long number) implements Index {
            @Override
            public String toString() {
                return Long.toUnsignedString(number);
            }
        }

        /** An iterator; horizontal for {@code <i>}. The same variable may stand in both ways. */
        record Variable(IteratorVar iterator, boolean horizontal) implements Index {
            @Override
            public String toString() {
                return horizontal ? "<" + iterator + ">" : "[" + iterator + "]";
            }
        }

        /** A number worked out from iterators, {@code [i + 1]}: terms of numbers, iterators, operators. */
        record Computed(Term value) implements Index {
            @Override
            public String toString() {
                return "[" + value + "]";
            }
        }
    }

    public PathPattern {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one component");
        }
    }

    /** The component names. */
    public List<String> names() {
        return steps.stream().map(Step::name).toList();
    }

    /** True when some component is horizontal, so that one statement line may stand for many targets. */
    public boolean horizontal() {
        return steps.stream().anyMatch(step -> step.index() instanceof Index.Variable v && v.horizontal());
    }

    @Override
    public String toString() {
        return steps.stream().map(Step::toString).collect(Collectors.joining("/"));
    }
}

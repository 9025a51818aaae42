// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/** What stands after the name of a path component. */
public sealed interface PathIndex {

    /** Nothing written. */
    record None() implements PathIndex {
        @Override
        public String toString() {
            return "";
        }
    }

    /** {@code []} when not horizontal, {@code <>} when horizontal. */
    record Empty(boolean horizontal, Span span) implements PathIndex, Node {
        @Override
        public String toString() {
            return horizontal ? "<>" : "[]";
        }
    }

    /** {@code [i]}, or {@code <i>} when horizontal. */
    record Named(String name, boolean horizontal, Span span) implements PathIndex, Node {
        @Override
        public String toString() {
            return horizontal ? "<" + name + ">" : "[" + name + "]";
        }
    }

    /** {@code [3]} or {@code [i + 1]}: any expression but a single name. */
    record Computed(Expr value, Span span) implements PathIndex, Node {
        @Override
        public String toString() {
            return "[" + value + "]";
        }
    }
}

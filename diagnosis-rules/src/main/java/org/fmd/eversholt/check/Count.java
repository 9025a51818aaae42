// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

/** An N or a K. */
public sealed interface Count {
    /** What an arrow means where nothing is written. */
    Count ONE = new Exactly(1);

    /** A number, unsigned: at least so many. */
    record Exactly(long value) implements Count {
        @Override
        public String toString() {
            return Long.toUnsignedString(value);
        }
    }

    /** {@code A}: as many as there are arrows. */
    record All() implements Count {
        @Override
        public String toString() {
            return "A";
        }
    }

    /**
     * A form the reference compiles and cannot instantiate ({@code 3-1}, {@code Any}). Only in its dialect. A
     * statement with one must not lead to a diagnosis.
     */
    record Unusable(String text) implements Count {
        @Override
        public String toString() {
            return text;
        }
    }
}

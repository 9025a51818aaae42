// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.api.topo.TopoPath;

/** The value of an expression (eversholt reference §4.1). */
public sealed interface Value {
    /** 64 bits, unsigned. */
    record Num(long bits) implements Value {
        public static final Num ONE = new Num(1);
        public static final Num ZERO = new Num(0);
    }

    record Text(String text) implements Value {}

    /** A component path, whether or not there is such a component. */
    record Place(TopoPath path) implements Value {}

    /** The two answers that are no value. */
    enum Absent implements Value {
        /** Not known yet. */
        DEFERRED,
        /** There is none. */
        UNDEFINED
    }

    static Value of(boolean truth) {
        return truth ? Num.ONE : Num.ZERO;
    }

    /** As a condition: a number is true unless it is 0; a text or path always is. */
    default Truth truth() {
        if (this instanceof Num number) {
            return number.bits == 0 ? Truth.FALSE : Truth.TRUE;
        }
        if (this instanceof Absent absent) {
            return absent == Absent.DEFERRED ? Truth.DEFERRED : Truth.UNDEFINED;
        }
        return Truth.TRUE;
    }

    /** As an operand of arithmetic: a text is read as far as it is a number ("12 V" is 12), a path is 0. Not for {@link Absent}. */
    default long number() {
        return this instanceof Num number ? number.bits : Numbers.prefix(text());
    }

    /** As an operand of a comparison of texts. Not for {@link Absent}. */
    default String text() {
        if (this instanceof Text text) {
            return text.text;
        }
        return this instanceof Place place ? place.path.toString() : Long.toHexString(number());
    }
}

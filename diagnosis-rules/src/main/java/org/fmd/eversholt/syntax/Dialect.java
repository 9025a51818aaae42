// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which {@link Decision}s are in force: one immutable value, handed to the compiler and kept in the program that
 * comes out, so that the engine runs a rule set in the dialect it was compiled in.
 */
public final class Dialect {
    /** Our language: every decision in force. */
    public static final Dialect OURS = new Dialect(EnumSet.allOf(Decision.class));

    /** The reference's language and engine: none in force. */
    public static final Dialect REFERENCE = new Dialect(EnumSet.noneOf(Decision.class));

    private final Set<Decision> decisions;

    private Dialect(EnumSet<Decision> decisions) {
        this.decisions = EnumSet.copyOf(decisions); // The engine asks for every constraint; nobody changes it.
    }

    public boolean has(Decision decision) {
        return decisions.contains(decision);
    }

    /** This dialect with one more decision in force. */
    public Dialect with(Decision decision) {
        EnumSet<Decision> more = copy();
        more.add(decision);
        return new Dialect(more);
    }

    /** This dialect with the reference's behaviour on one point. */
    public Dialect without(Decision decision) {
        EnumSet<Decision> fewer = copy();
        fewer.remove(decision);
        return new Dialect(fewer);
    }

    private EnumSet<Decision> copy() {
        EnumSet<Decision> copy = EnumSet.noneOf(Decision.class);
        copy.addAll(decisions);
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dialect dialect && dialect.decisions.equals(decisions);
    }

    @Override
    public int hashCode() {
        return decisions.hashCode();
    }

    @Override
    public String toString() {
        return "dialect with " + copy();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

/**
 * What one evaluation finds out about an event or a hypothesis (eversholt reference §7.2).
 *
 * @param wake for {@link State#WAIT} when to look again, in nanoseconds since the exercise's first ereport
 */
record Result(State state, long wake) {
    /** The four answers. */
    enum State {
        YES,
        NO,
        /** Depends on an event whose K is not reached yet. */
        MAYBE,
        WAIT
    }

    static final long NEVER = Long.MAX_VALUE;
    static final Result YES = new Result(State.YES, NEVER);
    static final Result NO = new Result(State.NO, NEVER);
    static final Result MAYBE = new Result(State.MAYBE, NEVER);

    static Result waitUntil(long wake) {
        return new Result(State.WAIT, wake);
    }

    boolean yes() {
        return state == State.YES;
    }

    boolean no() {
        return state == State.NO;
    }

    boolean waits() {
        return state == State.WAIT;
    }
}

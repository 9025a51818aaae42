// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;

/** All that a diagnosis engine can ask for. */
public sealed interface EngineOutput {

    /** A case is open: the ereport {@code key.principal()} needs an explanation. */
    record Opened(CaseKey key) implements EngineOutput {}

    /** The ereport belongs to the case. */
    record Attached(CaseKey key, LogRef ereport) implements EngineOutput {}

    /** The case is explained by one of these. */
    record Solved(CaseKey key, List<Suspect> suspects) implements EngineOutput {}

    /**
     * The case is over without a diagnosis.
     *
     * @param reason its text says why; nobody asks for that of most cases, so it is put together when somebody does
     */
    record Closed(CaseKey key, Object reason) implements EngineOutput {}

    /** Why an ereport is not looked at any further: few, so that they can be counted. */
    enum Cause {
        NO_RULE("no rule is about their class"),
        NOT_IN_TOPOLOGY("nothing in the topology is what they are about"),
        TOO_MANY_OPEN("too many diagnoses are under way");

        private final String sentence;

        Cause(String sentence) {
            this.sentence = sentence;
        }

        /** For people, of several ereports. */
        public String sentence() {
            return sentence;
        }
    }

    /**
     * The ereport is not looked at any further.
     *
     * @param reason its text is for people, for instance {@code nothing in the topology is devid 'id1,sd@n5000c500a1b2c3d7'};
     *     put together when somebody asks for it, since there may be very many of these
     */
    record Discarded(LogRef ereport, Cause cause, Object reason) implements EngineOutput {}

    /** Wants a {@link EngineInput.TimerDue} of that number at that time; an unused number, chosen by the engine. */
    record TimerSet(long timer, Instant due) implements EngineOutput {}

    record TimerCancelled(long timer) implements EngineOutput {}

    /** More than {@code n} events within {@code window}: the engine of that name fired. */
    record SerdFired(String engine, int n, Duration window) implements EngineOutput {}

    /**
     * A rule could not be evaluated; its constraint counts as false.
     *
     * @param place file, line and column
     * @param problem what is wrong, with the operands
     */
    record EvaluationError(String place, String problem) implements EngineOutput {}
}

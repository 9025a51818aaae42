// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.List;
import java.util.stream.Collectors;
import org.fmd.api.CaseKey;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** What the engine proper has to say, in order. Times are nanoseconds since the epoch. */
public sealed interface Outcome {
    /** A case is open; the ereport {@code key.principal()} belongs to it. */
    record Opened(CaseKey key) implements Outcome {}

    record Attached(CaseKey key, LogRef ereport) implements Outcome {}

    /** The case is explained by one of these. */
    record Solved(CaseKey key, List<Diagnosis> suspects) implements Outcome {
        public Solved {
            suspects = List.copyOf(suspects);
        }
    }

    /**
     * The case is over and nothing explains it.
     *
     * @param observed what was seen, in the order it came; at least one
     */
    record Undiagnosable(CaseKey key, Reason reason, List<Observed> observed) implements Outcome {
        public Undiagnosable {
            observed = List.copyOf(observed);
        }
    }

    /**
     * What a case without explanation is about.
     *
     * @param event where it was seen, null if the detector leads to no component
     * @param detector the detector as text
     */
    record Observed(@Nullable EventKey event, String detector) {}

    /**
     * The case is over and nothing is wrong enough.
     *
     * @param held what became of the suspects; a list that nobody changes
     */
    record Closed(CaseKey key, List<Held> held) implements Outcome {
        /** Why nothing is published, suspect by suspect. */
        public String why() {
            return held.isEmpty()
                    ? "explained without a problem"
                    : held.stream().map(Held::toString).collect(Collectors.joining("; "));
        }

        @Override
        public String toString() {
            return why();
        }
    }

    /**
     * A suspect that is not published, or whose engine fired.
     *
     * @param problem its class
     * @param engine the SERD engine that it was recorded with; null for an upset without one
     * @param count how many events the engine holds, -1 if the suspect's path has no component for it
     * @param needed how many make it fire
     * @param nanos within which time
     */
    record Held(
            String problem, Component at, @Nullable Object engine, boolean fired, long count, long needed, long nanos) {
        @Override
        public String toString() {
            String suspect = problem + "@" + at;
            if (engine == null) {
                return suspect + " heals itself";
            }
            if (count < 0) {
                return suspect + " has no component for " + engine;
            }
            return suspect + ": " + engine + (fired ? " fired" : " counts " + count + " of " + needed);
        }
    }

    /** The ereport is not looked at any further: its detector leads to nothing in the topology. */
    record Discarded(Report report) implements Outcome {
        /** For people. */
        String why() {
            return "nothing in the topology is " + report.detector();
        }

        @Override
        public String toString() {
            return why();
        }
    }

    record TimerSet(long timer, long due) implements Outcome {}

    record TimerCancelled(long timer) implements Outcome {}

    /**
     * A SERD engine fired.
     *
     * @param engine its text is its name
     */
    record Fired(Object engine, int n, long windowNanos) implements Outcome {}

    /** A constraint could not be evaluated and counts as false; told once for each place. */
    record EvaluationError(Span place, String problem) implements Outcome {}

    /** There were too many SERD engines: those with the oldest events were forgotten. */
    record EnginesDropped(long engines) implements Outcome {}
}

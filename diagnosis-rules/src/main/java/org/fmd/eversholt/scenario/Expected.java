// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/** What a scenario says must come. */
sealed interface Expected {
    /** Where it is said. */
    Span span();

    /** A kind of outcome: the word for it here, its name among outcomes, and whether it must not come unexpected. */
    enum Kind {
        DIAGNOSIS("diagnosis", "solved", true),
        UNDIAGNOSABLE("undiagnosable", "undiagnosable", true),
        DISCARDED("discarded", "discarded", true),
        ERROR("error", "evaluation-error", true),
        CLOSED("closed", "closed-no-suspects", false),
        UPSET("upset", "closed-no-suspects", false),
        FIRED("fired", "engine-fired", false),
        DUPLICATE("duplicate", "duplicate", false);

        private final String word;
        private final String outcome;
        private final boolean telling;

        Kind(String word, String outcome, boolean telling) {
            this.word = word;
            this.outcome = outcome;
            this.telling = telling;
        }

        String word() {
            return word;
        }

        String outcome() {
            return outcome;
        }

        boolean telling() {
            return telling;
        }
    }

    /**
     * Something comes at a time.
     *
     * @param about the event, engine, reason or part of a message; empty for any
     * @param ereports numbers of the ereports it is from, null for any
     * @param suspects all suspects of a diagnosis
     */
    record Coming(
            Kind kind, long nanos, String about, @Nullable Set<Integer> ereports, List<SuspectLine> suspects, Span span)
            implements Expected {}

    /**
     * A suspect.
     *
     * @param event class@path
     * @param own of {@code asru fru message retire response} those that are spoken of, as texts
     * @param payload the members that are spoken of
     */
    record SuspectLine(int certainty, String event, Map<String, String> own, Map<String, Object> payload, Span span) {}

    /** At a time some case is undecided, or none is; {@code until} is when the engine means to look again, null for any. */
    record Standing(boolean waits, long nanos, @Nullable Long until, Span span) implements Expected {}

    /** Until a time nothing is told; null for ever. */
    record Silence(@Nullable Long until, Span span) implements Expected {}

    /** At a time an engine holds so many events. */
    record Counting(long nanos, String engine, long count, Span span) implements Expected {}
}

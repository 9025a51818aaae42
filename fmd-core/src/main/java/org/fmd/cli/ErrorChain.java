// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** What became of one error: the ereports of one ENA, first attempt to outcome. Or something else between errors, in words. */
final class ErrorChain {
    private static final String RETRY = "retry";

    private final Set<String> devices = new LinkedHashSet<>();
    private final Map<String, Integer> classes = new LinkedHashMap<>();
    private final long since;
    private final String host;
    private final @Nullable String story;
    private Instant last;
    private int retries;
    private @Nullable String outcome;
    private boolean isClosed;
    private NvList telling;

    private ErrorChain(Instant tod, NvList members, String host, @Nullable String story, long since) {
        this.last = tod;
        this.telling = members;
        this.host = host;
        this.story = story;
        this.since = since;
    }

    /** Begins with an event; {@code since} is the time of a clock that only goes forward. */
    static ErrorChain of(Instant tod, NvList members, String host, long since) {
        return new ErrorChain(tod, members, host, null, since);
    }

    /** What is told between the errors: nothing more belongs to it. */
    static ErrorChain story(Instant tod, String words, long since) {
        ErrorChain told = new ErrorChain(tod, NvList.EMPTY, "", words, since);
        told.close();
        return told;
    }

    void add(Instant tod, String eventClass, NvList members, String device) {
        last = tod.isAfter(last) ? tod : last;
        devices.add(device);
        classes.merge(eventClass, 1, Integer::sum);
        String assessment = ErrorWords.known(members, "driver-assessment");
        if (RETRY.equals(assessment)) {
            retries++;
        } else if (assessment != null) {
            outcome = assessment;
        }
        // An outcome such as "recovered" has no sense of its own: what the attempts before were told stays.
        if (ErrorWords.answer(members) != null || ErrorWords.answer(telling) == null) {
            telling = members;
        }
    }

    /** Nothing more belongs to it. */
    void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Whether its end is logged. */
    boolean isOver() {
        return outcome != null;
    }

    /** Whether nobody assessed it, so that nothing says when it is over. */
    boolean isUnassessed() {
        return outcome == null && retries == 0;
    }

    Instant last() {
        return last;
    }

    long since() {
        return since;
    }

    /** Returns the host that the log is from. */
    String host() {
        return host;
    }

    /** Returns what is told instead of an error; null for an error. */
    @Nullable
    String story() {
        return story;
    }

    Set<String> devices() {
        return devices;
    }

    /** Returns the classes of its ereports, and how many there are of each. */
    Map<String, Integer> classes() {
        return classes;
    }

    /** Returns the members of the ereport that says most. */
    NvList telling() {
        return telling;
    }

    /** Returns how it ended, in words: {@code , 2 retries, recovered}; empty if nobody assessed it. */
    String ending() {
        String tried = retries == 1 ? ", 1 retry" : ", " + retries + " retries";
        String end = outcome;
        if (end == null) {
            return retries == 0
                    ? ""
                    : ", " + (retries == 1 ? "1 attempt" : retries + " attempts") + " failed, no outcome";
        }
        return (retries == 0 ? "" : tried) + ", "
                + switch (end) {
                    case "fatal" -> "failed (fatal)";
                    case "fail" -> "failed";
                    case "info" -> "for information";
                    default -> end;
                };
    }
}

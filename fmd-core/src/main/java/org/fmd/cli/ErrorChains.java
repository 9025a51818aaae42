// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;

/**
 * Ereports on their way to be one line for each error: those of one ENA are one chain (fmd reference §1.4). A chain is given out
 * when its outcome comes; without one, when the log is far behind it, or nothing more comes.
 */
final class ErrorChains {
    /**
     * What is known of a log.
     *
     * @param host the host that it is from
     * @param places where its devices are
     */
    record Source(String host, Locations places) {}

    /** Two generations and formats of one error differ in these bits alone. */
    private static final long IDENTITY = 0xFFFF_FFFF_FFFF_FC00L;

    /** No command is tried for longer than that. */
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);

    /** Ereports of one I/O that nobody assesses come together. */
    private static final Duration ONE_IO = Duration.ofSeconds(5);

    private static final int MOST_OPEN = 4096;
    private static final int GENERATION_BITS = 10;

    /** In order of the last event of each. */
    private final Map<Long, ErrorChain> open = new LinkedHashMap<>();

    private long closed;

    /**
     * Takes an ereport; returns what can be shown now: in order of the last event of each error, unless somebody waits.
     *
     * @param source the log that it stands in
     * @param nanos a clock that only goes forward
     * @param atOnce whether an error whose outcome is known is not to wait for older ones
     */
    List<ErrorChain> add(LoggedEvent event, Source source, long nanos, boolean atOnce) throws IOException {
        NvList members = event.members();
        String device = device(members, source.places());
        Long ena = members.number("ena").orElse(0) & IDENTITY;
        ErrorChain chain = open.remove(ena);
        if (chain == null) {
            chain = ErrorChain.of(event.tod(), members, source.host(), nanos);
        }
        chain.add(event.tod(), event.eventClass(), members, device);
        List<ErrorChain> complete = new ArrayList<>();
        if (ena == 0 || chain.isOver()) {
            chain.close();
            putClosed(chain, atOnce, complete);
        } else {
            open.put(ena, chain);
        }
        takeLeftBehind(event.tod(), complete);
        return complete;
    }

    /** Takes what is told between the errors; returns what can be shown now. */
    List<ErrorChain> tell(Instant tod, String words, long nanos, boolean atOnce) {
        List<ErrorChain> complete = new ArrayList<>();
        putClosed(ErrorChain.story(tod, words, nanos), atOnce, complete);
        takeLeftBehind(tod, complete);
        return complete;
    }

    private void putClosed(ErrorChain chain, boolean atOnce, List<ErrorChain> complete) {
        if (atOnce) {
            complete.add(chain);
        } else {
            // No identity has these bits: what comes later under the same ENA is another error.
            open.put(++closed << GENERATION_BITS | 1, chain);
        }
    }

    private static String device(NvList members, Locations locations) throws JsonProblem {
        try {
            return ErrorWords.device(members, locations);
        } catch (JsonProblem e) {
            throw e;
        } catch (IOException e) {
            return ErrorWords.device(members, null, null);
        }
    }

    /** Takes the chains at the front that are over, that the log has left behind, or too many to wait for. */
    private void takeLeftBehind(Instant tod, List<ErrorChain> complete) {
        Iterator<ErrorChain> each = open.values().iterator();
        while (each.hasNext()) {
            ErrorChain chain = each.next();
            Duration patience = chain.isUnassessed() ? ONE_IO : LONGEST_RETRY;
            Duration behind = Duration.between(chain.last(), tod).abs();
            if (!chain.isClosed() && behind.compareTo(patience) <= 0 && open.size() <= MOST_OPEN) {
                return;
            }
            complete.add(chain);
            each.remove();
        }
    }

    /** Returns the chains that are left and began by then, by the clock that only goes forward. */
    List<ErrorChain> rest(long nanos) {
        List<ErrorChain> complete = new ArrayList<>();
        Iterator<ErrorChain> each = open.values().iterator();
        while (each.hasNext()) {
            ErrorChain chain = each.next();
            if (chain.since() <= nanos) {
                complete.add(chain);
                each.remove();
            }
        }
        return complete;
    }
}

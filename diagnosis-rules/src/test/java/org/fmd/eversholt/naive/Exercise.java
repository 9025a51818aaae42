// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** One open attempt to explain a set of ereports by a single problem. */
final class Exercise {
    /**
     * An ereport on its way through the engine; a trip ereport has the index and time of the one that tripped, and knows the
     * trip ereports that led to it.
     */
    record Report(
            int index,
            String eventClass,
            @Nullable String path,
            String detector,
            long time,
            NvList payload,
            Set<String> trips) {}

    final int caseNumber;
    final Report first;
    final Graph graph;
    final Terms.World world;
    Map<String, Object> globals = new HashMap<>();
    final List<Graph.Ev> observed = new ArrayList<>();
    final Graph.Ev e0;

    /** How long the exercise has waited, from the time that its first ereport carries. */
    long waited;
    /** What the timer that is set waits for. */
    @Nullable
    Long waitsFor;
    /** The timer that is set; 0 for none. */
    int timer;

    boolean over;
    /** The trip ereports that its own engines deliver at its end. */
    Set<String> delivering = Set.of();

    Exercise(int caseNumber, Report first, Graph graph, Graph.Ev e0, Terms.World world) {
        this.caseNumber = caseNumber;
        this.first = first;
        this.graph = graph;
        this.e0 = e0;
        this.world = world;
    }

    /** The same exercise, now with a case. */
    Exercise inCase(int number) {
        Exercise kept = new Exercise(number, first, graph, e0, world);
        kept.globals = globals;
        kept.observed.addAll(observed);
        return kept;
    }

    void see(Graph.Ev event, Report report) {
        if (event.seen++ == 0) {
            observed.add(event);
            event.firstTime = report.time();
        }
        if (event.seen == 1 || !world.dialect().has(Decision.FORGET_REJECTED_TRIALS)) {
            event.payload = report.payload(); // ours: the first one stays
        }
    }

    void unsee(Graph.Ev event, @Nullable NvList before) {
        event.payload = before;
        if (--event.seen == 0) {
            observed.remove(event);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.fmd.api.CaseKey;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.ComponentTree;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.Graphs;
import org.fmd.eversholt.compile.InstanceGraph;
import org.jspecify.annotations.Nullable;

/** From an ereport to an exercise about it, on the machine as it is now; or to the reason why there can be none (§7.4). */
final class Openings {
    /** The components of a topology, and what the rules make of them. */
    record Machine(ComponentTree tree, Graphs graphs) {}

    private final Set<String> discarded = new HashSet<>();
    private final Consumer<Outcome> out;
    private final Deque<Exercise> idle = new ArrayDeque<>();
    private Machine now;

    Openings(Program program, Machine now, Consumer<Outcome> out) {
        program.ereportClasses().stream().filter(program::discards).forEach(discarded::add);
        this.now = now;
        this.out = out;
    }

    Machine now() {
        return now;
    }

    void now(Machine machine) {
        now = machine;
    }

    /** Begins an exercise that has seen nothing yet; null if there can be none, which is said then. */
    @Nullable
    Exercise begin(Sighting sighting) {
        Report cause = sighting.cause();
        Component at = sighting.at() == null ? now.tree.at(sighting.path()) : sighting.at();
        if (at == null || at.node() == null) {
            unknown(cause, sighting.key(), Reason.PATH_UNKNOWN);
            return null;
        }
        InstanceGraph graph = now.graphs.around(sighting.eventClass(), at);
        if (graph == null) {
            undiagnosable(cause, sighting.key(), Reason.CLASS_AND_PATH);
            return null;
        }
        if (graph.opener() == null) {
            undiagnosable(cause, sighting.key(), graph.isEmpty() ? Reason.EMPTY_GRAPH : Reason.NOT_IN_GRAPH);
            return null;
        }
        Exercise exercise = idle.isEmpty() ? new Exercise() : idle.pop();
        exercise.begin(graph, at, cause, sighting.trips());
        return exercise;
    }

    /** Drops an ereport about something that is not in the topology, if its class asks for that; else says so. */
    void unknown(Report report, @Nullable EventKey event, Reason reason) {
        if (discarded.contains(event == null ? report.eventClass() : event.eventClass())) {
            out.accept(new Outcome.Discarded(report));
            return;
        }
        undiagnosable(report, event, reason);
    }

    /** Makes a case of an ereport that no exercise takes. */
    CaseKey undiagnosable(Report report, @Nullable EventKey event, Reason reason) {
        CaseKey key = report.newCase();
        out.accept(new Outcome.Opened(key));
        out.accept(new Outcome.Undiagnosable(key, reason, List.of(new Outcome.Observed(event, report.detector()))));
        return key;
    }

    /** Takes back an exercise that ends without having waited: it is in nobody's hands and serves again. */
    void release(Exercise exercise) {
        exercise.clear();
        idle.push(exercise);
    }
}

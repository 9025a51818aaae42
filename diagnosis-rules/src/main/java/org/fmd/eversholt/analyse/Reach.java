// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;

/** What leads to an ereport and what a problem leads to, over the ways that are not closed. */
final class Reach {
    private final Program program;
    private final Ways ways;
    private final Set<Event> leading;
    private final Set<Event> observable;
    private final Set<Event> posted;
    private final Set<Event> explained;

    Reach(Program program, Ways ways) {
        this.program = program;
        this.ways = ways;
        this.leading = leadingTo(event -> event.kind() == EventKind.EREPORT, way -> true);
        this.observable = leadingTo(event -> event.kind() == EventKind.EREPORT, way -> !way.closed());
        this.posted =
                leadingTo(event -> event.kind() == EventKind.EREPORT && !ways.unposted(event), way -> !way.closed());
        this.explained = from(event -> event.kind().isProblem(), way -> !way.closed());
    }

    /** Whether a problem can be suspected as far as is known: some open way leads to an ereport that may be posted. */
    boolean canBeSeen(Event event) {
        return posted.contains(event);
    }

    /** Whether an event follows from some problem over open ways, or is a problem. */
    boolean canBeExplained(Event event) {
        return event.kind().isProblem() || explained.contains(event);
    }

    private Set<Event> leadingTo(Predicate<Event> goal, Predicate<Way> open) {
        Deque<Event> pending = new ArrayDeque<>();
        program.events().values().stream().filter(goal).forEach(pending::add);
        Set<Event> found = new HashSet<>();
        while (!pending.isEmpty()) {
            for (Way way : ways.into(pending.remove())) {
                if (open.test(way) && found.add(way.from().event())) {
                    pending.add(way.from().event());
                }
            }
        }
        return found;
    }

    private Set<Event> from(Predicate<Event> start, Predicate<Way> open) {
        Deque<Event> pending = new ArrayDeque<>();
        program.events().values().stream().filter(start).forEach(pending::add);
        Set<Event> found = new HashSet<>();
        while (!pending.isEmpty()) {
            for (Way way : ways.outOf(pending.remove())) {
                if (open.test(way) && found.add(way.to().event())) {
                    pending.add(way.to().event());
                }
            }
        }
        return found;
    }

    void report(Issues issues) {
        Set<Event> reached = from(event -> event.kind().isProblem(), way -> true);
        for (Event event : program.events().values()) {
            if (event.kind().isProblem() && leading.contains(event)) {
                problem(event, issues);
            } else if (event.kind() == EventKind.EREPORT
                    && reached.contains(event)
                    && !explained.contains(event)
                    && !ways.trip(event)) {
                issues.add(
                        IssueCode.EREPORT_BLOCKED,
                        event.declared(),
                        "constraints close every way from a problem to '" + event
                                + "', so it is never explained; give it an upset that needs no constraint");
            }
        }
    }

    private void problem(Event event, Issues issues) {
        if (!observable.contains(event)) {
            issues.add(
                    IssueCode.PROBLEM_BLOCKED,
                    event.declared(),
                    "constraints close every way from '" + event
                            + "' to an ereport, so it can never be diagnosed; see the constraints that are never true");
        } else if (!posted.contains(event)) {
            issues.add(
                    IssueCode.PROBLEM_UNPOSTED,
                    event.declared(),
                    "'" + event + "' leads only to ereports that nobody posts, so it can never be diagnosed;"
                            + " correct their classes, or add the plugin that posts them");
        }
    }
}

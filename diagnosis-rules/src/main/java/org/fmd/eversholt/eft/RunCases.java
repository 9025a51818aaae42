// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fmd.api.CaseKey;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.event.EventClass;
import org.jspecify.annotations.Nullable;

/** The cases of a {@link DiagnosisRun}: the little of a case manager that shows in outcomes (eversholt reference §7.11). */
final class RunCases {
    private enum Status {
        FAULTY,
        ACQUITTED,
        REPAIRED
    }

    /** A suspect of a solved case; {@code resource} is empty where nothing could be named. */
    static final class Suspected {
        private final String eventClass;
        private final @Nullable TopoPath path;
        private final String resource;
        private Status status = Status.FAULTY;

        Suspected(String eventClass, @Nullable TopoPath path, String resource) {
            this.eventClass = eventClass;
            this.path = path;
            this.resource = resource;
        }

        String eventClass() {
            return eventClass;
        }

        @Nullable
        TopoPath path() {
            return path;
        }

        private boolean same(Suspected other) {
            return eventClass.equals(other.eventClass) && resource.equals(other.resource);
        }

        @Override
        public String toString() {
            return eventClass + "@" + resource;
        }
    }

    /** A case with the number it has in outcomes. */
    static final class RunCase {
        private final int number;
        private final long opened;
        private final SortedSet<Long> ereports = new TreeSet<>();
        private List<Suspected> suspects = List.of();
        private boolean ended;
        private boolean duplicate;

        RunCase(int number, long opened) {
            this.number = number;
            this.opened = opened;
        }

        int number() {
            return number;
        }

        long opened() {
            return opened;
        }

        SortedSet<Long> ereports() {
            return ereports;
        }

        List<Suspected> suspects() {
            return suspects;
        }

        private boolean faulty() {
            return !duplicate && suspects.stream().anyMatch(s -> s.status == Status.FAULTY);
        }
    }

    private final Map<CaseKey, RunCase> byKey = new HashMap<>();
    private final List<RunCase> cases = new ArrayList<>();

    RunCase open(CaseKey key, long now) {
        RunCase opened = new RunCase(cases.size() + 1, now);
        opened.ereports.add(key.principal().offset());
        cases.add(opened);
        byKey.put(key, opened);
        return opened;
    }

    /** The case of that key, which must have been opened. */
    RunCase of(CaseKey key) {
        RunCase found = byKey.get(key);
        if (found == null) {
            throw new IllegalArgumentException("no case " + key);
        }
        return found;
    }

    void close(CaseKey key) {
        of(key).ended = true;
    }

    /** Solves a case; returns the earlier one that has a faulty suspect in common, null if there is none. */
    @Nullable
    RunCase solve(RunCase solved, List<Suspected> suspects) {
        solved.ended = true;
        solved.suspects = List.copyOf(suspects);
        for (RunCase earlier : cases) {
            if (earlier != solved && earlier.faulty() && sharesFaulty(earlier, solved)) {
                solved.duplicate = true;
                return earlier;
            }
        }
        return null;
    }

    private static boolean sharesFaulty(RunCase earlier, RunCase solved) {
        return earlier.suspects.stream()
                .anyMatch(s ->
                        s.status == Status.FAULTY && solved.suspects.stream().anyMatch(s::same));
    }

    /** Clears the suspects that a newer and better list does not name; returns them. */
    List<Suspected> acquit(RunCase earlier, RunCase newer) {
        List<Suspected> cleared = new ArrayList<>();
        for (Suspected suspect : earlier.suspects) {
            if (suspect.status == Status.FAULTY && newer.suspects.stream().noneMatch(suspect::same)) {
                suspect.status = Status.ACQUITTED;
                cleared.add(suspect);
            }
        }
        return cleared;
    }

    /** Declares components repaired; returns the cases that have no faulty suspect any more because of it. */
    List<RunCase> repair(List<TopoPath> resources) {
        List<RunCase> repaired = new ArrayList<>();
        for (RunCase one : cases) {
            boolean before = one.faulty();
            for (Suspected suspect : one.suspects) {
                if (suspect.status == Status.FAULTY && suspect.path != null && resources.contains(suspect.path)) {
                    suspect.status = Status.REPAIRED;
                }
            }
            if (before && !one.faulty()) {
                repaired.add(one);
            }
        }
        return repaired;
    }

    boolean hasFault(TopoPath path, String classPattern) {
        return cases.stream()
                .filter(RunCase::faulty)
                .flatMap(c -> c.suspects.stream())
                .anyMatch(s -> s.status == Status.FAULTY
                        && path.equals(s.path)
                        && (classPattern.isEmpty() || new EventClass(s.eventClass).matches(classPattern)));
    }

    /** The cases that are still open, in order of opening. */
    List<RunCase> unfinished() {
        return cases.stream().filter(c -> !c.ended).toList();
    }
}

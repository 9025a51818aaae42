// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.event.EventClass;
import org.jspecify.annotations.Nullable;

/** The faults of a {@link Replay} that are open, found by name and by place (eversholt reference §7.11). */
final class OpenFaults {
    /** A suspect; its case while it is open. */
    static final class Faulty {
        private final Name name;
        private final int certainty;
        private Shared case_ = Shared.NONE;

        /**
         * @param path the component, null where none could be named
         * @param rest what the resource's name has behind or instead of the path
         */
        Faulty(String eventClass, @Nullable TopoPath path, String rest, int certainty) {
            this.name = new Name(eventClass, path, rest);
            this.certainty = certainty;
        }

        /** Null where no component could be named. */
        @Nullable
        TopoPath path() {
            return name.path;
        }

        String eventClass() {
            return name.eventClass;
        }

        Replay.Named named() {
            return new Replay.Named(name.eventClass, (name.path == null ? "" : name.path) + name.rest, certainty);
        }
    }

    /** What tells suspects apart: certainty does not. */
    private record Name(String eventClass, @Nullable TopoPath path, String rest) {}

    /** The suspects of one case, and how many of them are faulty still. */
    private static final class Shared {
        static final Shared NONE = new Shared(-1, List.of());

        private final long number;
        private final List<Faulty> suspects;
        private int open;

        Shared(long number, List<Faulty> suspects) {
            this.number = number;
            this.suspects = suspects;
            this.open = suspects.size();
        }
    }

    private final Map<Name, Faulty> byName = new HashMap<>();
    private final Map<TopoPath, List<Faulty>> byPath = new HashMap<>();
    private long cases;

    /**
     * Whether an open case has one of these suspects; if so, its suspects that are not among these are cleared. Else these are
     * a new case.
     */
    boolean isKnown(List<Faulty> suspects) {
        Faulty earliest = null;
        for (Faulty suspect : suspects) {
            Faulty open = byName.get(suspect.name);
            if (open != null && (earliest == null || open.case_.number < earliest.case_.number)) {
                earliest = open;
            }
        }
        if (earliest == null) {
            add(suspects);
            return false;
        }
        for (Faulty old : earliest.case_.suspects) {
            if (byName.get(old.name) == old && !names(suspects, old)) {
                remove(old);
            }
        }
        return true;
    }

    private static boolean names(List<Faulty> suspects, Faulty old) {
        for (int i = 0; i < suspects.size(); i++) {
            if (suspects.get(i).name.equals(old.name)) {
                return true;
            }
        }
        return false;
    }

    private void add(List<Faulty> suspects) {
        Shared shared = new Shared(cases++, suspects);
        for (Faulty suspect : suspects) {
            suspect.case_ = shared;
            byName.put(suspect.name, suspect);
            if (suspect.name.path != null) {
                byPath.computeIfAbsent(suspect.name.path, p -> new ArrayList<>())
                        .add(suspect);
            }
        }
    }

    private void remove(Faulty gone) {
        byName.remove(gone.name, gone);
        gone.case_.open--;
        List<Faulty> there = gone.name.path == null ? null : byPath.get(gone.name.path);
        if (there != null) {
            there.remove(gone);
            if (there.isEmpty()) {
                byPath.remove(gone.name.path);
            }
        }
    }

    /** Whether a fault is open at the place whose class matches; an empty pattern matches all. */
    boolean at(TopoPath path, String classPattern) {
        List<Faulty> there = byPath.isEmpty() ? null : byPath.get(path);
        for (int i = 0; there != null && i < there.size(); i++) {
            String eventClass = there.get(i).eventClass();
            if (classPattern.isEmpty()
                    || eventClass.equals(classPattern)
                    || (classPattern.indexOf('*') >= 0 && new EventClass(eventClass).matches(classPattern))) {
                return true;
            }
        }
        return false;
    }

    /** Takes the faults at these places away; returns all suspects of the cases that have no open one because of it. */
    List<Faulty> repair(List<TopoPath> places) {
        List<Faulty> repaired = new ArrayList<>();
        for (TopoPath place : places) {
            for (Faulty fault : List.copyOf(byPath.getOrDefault(place, List.of()))) {
                remove(fault);
                if (fault.case_.open == 0) {
                    repaired.addAll(fault.case_.suspects);
                }
            }
        }
        return repaired;
    }
}

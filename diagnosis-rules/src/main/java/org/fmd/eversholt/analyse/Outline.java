// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.Window;
import org.jspecify.annotations.Nullable;

/**
 * What a problem leads to, as text that can be compared with another problem's.
 *
 * @param groups one text for each group of arrows with its N, constraints, windows and the paths of its statement, sorted
 * @param obligations those of them whose N is not 0
 * @param arrows each arrow by itself
 * @param lists the groups that need no constraint and stay on the problem's own path, as the targets they choose from
 * @param tied whether each arrow's target is found from the problem's own place alone
 */
record Outline(List<String> groups, List<String> obligations, List<Step> arrows, List<Choice> lists, boolean tied) {
    /** An arrow to one event; {@code key} names source path, target and window. */
    record Step(String key, Set<String> constraints) {
        /** Whether this arrow is open whenever the other is. */
        boolean lets(Step other) {
            return key.equals(other.key) && other.constraints.containsAll(constraints);
        }
    }

    /** At least n of some targets, no constraint asked. */
    record Choice(String group, long n, Set<String> targets) {
        /** Whether this is met whenever the other is. */
        boolean followsFrom(Choice other) {
            return Long.compareUnsigned(n, other.n) <= 0 && targets.containsAll(other.targets);
        }
    }

    /**
     * What a statement adds to each of its arrows, worked out once for each.
     *
     * @param onePath whether all its sources stand at one path
     * @param sources the paths of its sources
     * @param tail what stands behind the second column
     */
    record Frame(boolean onePath, String sources, String tail) {
        static Frame of(Propagation propagation) {
            SortedSet<String> paths = new TreeSet<>();
            propagation.columns().get(0).forEach(use -> paths.add(use.path().toString()));
            StringBuilder tail = new StringBuilder();
            for (int column = 2; column < propagation.columns().size(); column++) {
                tail.append(" then ").append(propagation.arrows().get(column - 1));
                for (EventUse use : propagation.columns().get(column)) {
                    tail.append(' ').append(use).append(use.guards());
                }
            }
            return new Frame(paths.size() == 1, paths.toString(), tail.toString());
        }
    }

    /** The outline of a problem; null for one that cannot be compared. */
    @SuppressWarnings("ReferenceEquality") // a group is the arrows of one event as written in one place
    static @Nullable Outline of(List<Way> ways, IdentityHashMap<Propagation, Frame> frames, Effort effort) {
        boolean tied = ways.stream()
                .allMatch(way -> follows(way.from().path(), way.to().path()) && frame(way, frames).onePath);
        Outline outline = new Outline(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), tied);
        for (int i = 0; i < ways.size(); ) {
            int end = i;
            while (end < ways.size() && ways.get(end).from() == ways.get(i).from()) {
                end++;
            }
            if (!outline.add(ways.subList(i, end), frame(ways.get(i), frames), effort)) {
                return null;
            }
            i = end;
        }
        Collections.sort(outline.groups);
        Collections.sort(outline.obligations);
        return outline;
    }

    List<String> reached() {
        return arrows.stream().map(Step::key).toList();
    }

    private static Frame frame(Way way, IdentityHashMap<Propagation, Frame> frames) {
        return frames.computeIfAbsent(way.propagation(), Frame::of);
    }

    /** Whether the target lies on the source, above it or below it. */
    private static boolean follows(PathPattern source, PathPattern target) {
        int shared = Math.min(source.steps().size(), target.steps().size());
        return source.steps().subList(0, shared).equals(target.steps().subList(0, shared))
                && target.steps().stream().skip(shared).allMatch(step -> step.index() instanceof Index.Variable);
    }

    /** Adds the arrows of one source in one statement. */
    private boolean add(List<Way> group, Frame frame, Effort effort) {
        Way first = group.get(0);
        StringBuilder text =
                new StringBuilder(first.arrow() + " " + first.from().path());
        text.append(" of ").append(frame.sources).append(" to");
        boolean free = true;
        Set<String> targets = new HashSet<>();
        for (Way way : group) {
            if (!way.single() || remembers(way.from()) || remembers(way.to())) {
                return false;
            }
            Propositions propositions = Propositions.of(way.from(), way.to());
            Formula all = Formula.both(propositions.all(way.from(), true), propositions.all(way.to(), false));
            if (!effort.spend(10 * all.size() + frame.tail.length() / 10 + 10)) {
                return false;
            }
            SortedSet<String> constraints = all.conjuncts(propositions::text);
            String key = way.from().path() + " -> " + way.to() + " " + window(way.to());
            arrows.add(new Step(key, constraints));
            text.append(' ').append(key).append(constraints);
            free &= constraints.isEmpty() && way.from().path().equals(way.to().path());
            targets.add(key);
        }
        text.append(frame.tail);
        groups.add(text.toString());
        if (!first.optional()) {
            obligations.add(text.toString());
            if (free && targets.size() == group.size() && first.arrow().n() instanceof Count.Exactly n) {
                lists.add(new Choice(text.toString(), n.value(), targets));
            }
        }
        return true;
    }

    private static boolean remembers(EventUse use) {
        return use.guards().stream().anyMatch(Terms::remembers);
    }

    private static String window(EventUse use) {
        Window window = use.window();
        return window == null ? "" : window.minNanos() + ".." + window.maxNanos();
    }

    /** Whether this problem is suspected whenever the other is: it leads to all that, and owes nothing the other does not. */
    boolean covers(Outline other) {
        return tied
                && other.tied
                && other.arrows.stream().allMatch(step -> arrows.stream().anyMatch(mine -> mine.lets(step)))
                && owesNoMoreThan(other);
    }

    private boolean owesNoMoreThan(Outline other) {
        List<String> owed = new ArrayList<>(obligations);
        other.obligations.forEach(owed::remove);
        for (Choice choice : lists) {
            if (other.lists.stream().anyMatch(choice::followsFrom)) {
                owed.remove(choice.group);
            }
        }
        return owed.isEmpty();
    }
}

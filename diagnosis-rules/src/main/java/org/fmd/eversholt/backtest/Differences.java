// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.fmd.eversholt.eft.Replay.Named;
import org.fmd.eversholt.eft.Replay.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What two rule sets conclude differently from one log. Of the verdicts that stand alone at the end those are taken for one
 * another, in this order, that name the same suspects; that are about a case which the same ereport opened; that have a suspect
 * in common. The rest is lost or gained.
 */
public final class Differences {
    /** What became of a diagnosis. */
    public enum Change {
        /** Only today's rules come to it. */
        LOST,
        /** Only the candidate comes to it. */
        GAINED,
        /** Both come to it, but not at the same time. */
        MOVED,
        /** Both come to one, but not to the same suspects or certainties. */
        CHANGED
    }

    /** A difference; a side is null where only the other has the diagnosis. */
    public record Difference(
            Change change,
            @Nullable Verdict today,
            @Nullable Verdict candidate) {
        /** The first time of the two. */
        private long nanos() {
            return Math.min(
                    today == null ? Long.MAX_VALUE : today.nanos(),
                    candidate == null ? Long.MAX_VALUE : candidate.nanos());
        }
    }

    private final List<Verdict> today = new ArrayList<>();
    private final List<Verdict> candidate = new ArrayList<>();
    private final List<Verdict> newOfToday = new ArrayList<>();
    private final List<Verdict> newOfCandidate = new ArrayList<>();
    private long same;

    void today(Verdict verdict) {
        newOfToday.add(verdict);
    }

    void candidate(Verdict verdict) {
        newOfCandidate.add(verdict);
    }

    /** Forgets what both sides have said alike since the last call. */
    void settle() {
        if (newOfToday.isEmpty() && newOfCandidate.isEmpty()) {
            return;
        }
        for (Verdict verdict : newOfToday) {
            if (newOfCandidate.remove(verdict)) {
                same++;
            } else {
                today.add(verdict);
            }
        }
        candidate.addAll(newOfCandidate);
        newOfToday.clear();
        newOfCandidate.clear();
    }

    /** Returns how many diagnoses are the same. */
    public long same() {
        return same;
    }

    /** Returns all differences in order of time. */
    public List<Difference> all() {
        List<Difference> all = new ArrayList<>();
        List<Verdict> left = new ArrayList<>(today);
        List<Verdict> right = new ArrayList<>(candidate);
        pair(left, right, verdict -> List.of(names(verdict)), all);
        pair(left, right, verdict -> List.of(verdict.ereport()), all);
        pair(left, right, verdict -> List.copyOf(names(verdict)), all);
        left.forEach(verdict -> all.add(new Difference(Change.LOST, verdict, null)));
        right.forEach(verdict -> all.add(new Difference(Change.GAINED, null, verdict)));
        all.sort(Comparator.comparingLong(Difference::nanos));
        return all;
    }

    private static Set<String> names(Verdict verdict) {
        Set<String> names = new HashSet<>();
        verdict.suspects().forEach(suspect -> names.add(suspect.toString()));
        return names;
    }

    /** Takes out of both lists what has a key in common, the earliest first. */
    private static void pair(
            List<Verdict> left, List<Verdict> right, Function<Verdict, List<?>> keys, List<Difference> pairs) {
        Map<Object, List<Verdict>> byKey = new HashMap<>();
        for (Verdict verdict : right) {
            keys.apply(verdict)
                    .forEach(key ->
                            byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(verdict));
        }
        Set<Verdict> taken = new HashSet<>();
        left.removeIf(verdict -> {
            Verdict partner = keys.apply(verdict).stream()
                    .flatMap(key -> byKey.getOrDefault(key, List.of()).stream())
                    .filter(other -> !taken.contains(other))
                    .min(Comparator.comparingLong(Verdict::nanos))
                    .orElse(null);
            if (partner == null) {
                return false;
            }
            taken.add(partner);
            pairs.add(new Difference(change(verdict, partner), verdict, partner));
            return true;
        });
        right.removeAll(taken);
    }

    private static Change change(Verdict today, Verdict candidate) {
        return sorted(today).equals(sorted(candidate)) ? Change.MOVED : Change.CHANGED;
    }

    private static List<Named> sorted(Verdict verdict) {
        return verdict.suspects().stream()
                .sorted(Comparator.comparing(Named::toString))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;

/**
 * Problems held against each other: those that always come together, and those that never come without another.
 *
 * <p>Compared are faults and defects of one path that are published as one case would have them: with the same
 * {@code message}, not held back by a SERD engine, each arrow with K=1, no constraint with variables. What an arrow means is
 * compared as text, so that problems written differently are passed over in silence.
 */
final class Comparison {
    private final Effort effort;
    private final Map<Event, Outline> outlines = new LinkedHashMap<>();

    Comparison(Program program, Ways ways, Reach reach, Effort effort) {
        this.effort = effort;
        IdentityHashMap<Propagation, Outline.Frame> frames = new IdentityHashMap<>();
        for (Event event : program.events().values()) {
            boolean published = event.kind() == EventKind.FAULT || event.kind() == EventKind.DEFECT;
            if (published && reach.canBeSeen(event)) {
                Outline outline = Outline.of(ways.outOf(event), frames, effort);
                if (outline != null) {
                    outlines.put(event, outline);
                }
            }
        }
    }

    void report(Issues issues) {
        Map<String, List<Event>> groups = new LinkedHashMap<>();
        outlines.forEach((event, outline) -> {
            if (event.properties().engine() == null) {
                groups.computeIfAbsent(company(event) + " " + outline.groups(), k -> new ArrayList<>())
                        .add(event);
            }
        });
        Map<Event, List<Event>> alike = new HashMap<>();
        for (List<Event> group : groups.values()) {
            group.forEach(event -> alike.put(event, group));
            if (group.size() > 1) {
                alike(group, issues);
            }
        }
        dominated(alike, issues);
    }

    /** Only problems of one path and one kind of case can come together. */
    private static String company(Event event) {
        Term message = event.properties().message();
        return event.name().pathText() + " " + (message == null ? "" : message);
    }

    private static void alike(List<Event> group, Issues issues) {
        Event first = group.get(0);
        String names = group.stream().map(e -> "'" + e + "'").collect(Collectors.joining(", "));
        issues.add(
                IssueCode.SUSPECTS_ALIKE,
                first.declared(),
                names + " lead to the same under the same conditions, so they always come together" + split(group)
                        + "; a report that only one of them leads to would tell them apart",
                group.stream()
                        .skip(1)
                        .limit(4)
                        .map(e -> new Issue.Note("'" + e + "' declared here", e.declared()))
                        .toArray(Issue.Note[]::new));
    }

    /** {@code , certainties 67 %, 33 %}; empty where a FIT rate is only known when the rules run. */
    private static String split(List<Event> group) {
        BigInteger sum = BigInteger.ZERO;
        List<BigInteger> rates = new ArrayList<>();
        for (Event event : group) {
            Term term = event.properties().fitRate();
            if (term != null && !(term instanceof Term.Num)) {
                return "";
            }
            long value = term instanceof Term.Num number ? number.value() : 1;
            BigInteger rate = value == 0 ? BigInteger.ONE : new BigInteger(Long.toUnsignedString(value));
            rates.add(rate);
            sum = sum.add(rate);
        }
        BigInteger all = sum;
        return rates.stream().map(rate -> certainty(rate, all) + " %").collect(Collectors.joining(", ", " (", ")"));
    }

    /** Rounded as the engine rounds (eversholt reference §7.9). */
    private static int certainty(BigInteger rate, BigInteger sum) {
        int tenths = rate.multiply(BigInteger.valueOf(1000)).divide(sum).intValueExact();
        return tenths / 10 + (tenths % 10 >= 5 ? 1 : 0);
    }

    private void dominated(Map<Event, List<Event>> alike, Issues issues) {
        Map<String, List<Event>> leadingTo = new HashMap<>();
        outlines.forEach((event, outline) -> new HashSet<>(outline.reached())
                .forEach(key -> leadingTo
                        .computeIfAbsent(company(event) + " " + key, k -> new ArrayList<>())
                        .add(event)));
        outlines.forEach((event, outline) -> {
            if (!outline.tied() || outline.reached().isEmpty()) {
                return;
            }
            List<Event> candidates = List.of();
            for (String key : outline.reached()) {
                List<Event> some = leadingTo.getOrDefault(company(event) + " " + key, List.of());
                candidates = candidates.isEmpty() || some.size() < candidates.size() ? some : candidates;
            }
            for (Event other : candidates) {
                long pairs = (long) outline.arrows().size()
                        * Objects.requireNonNull(outlines.get(other)).arrows().size();
                if (!effort.spend(10 + pairs)) {
                    return;
                }
                if (!other.equals(event)
                        && !alike.getOrDefault(event, List.of()).contains(other)
                        && other.properties().engine() == null
                        && Objects.requireNonNull(outlines.get(other)).covers(outline)) {
                    report(event, other, issues);
                    return;
                }
            }
        });
    }

    private static void report(Event event, Event other, Issues issues) {
        Set<Event> both = new LinkedHashSet<>(List.of(event, other));
        issues.add(
                IssueCode.SUSPECT_DOMINATED,
                event.declared(),
                "'" + event + "' never stands alone: '" + other
                        + "' leads to all that it leads to and needs no more" + split(List.copyOf(both))
                        + "; a report that only it leads to, or an obligation of the other, would tell them apart",
                new Issue.Note("'" + other + "' declared here", other.declared()));
    }
}

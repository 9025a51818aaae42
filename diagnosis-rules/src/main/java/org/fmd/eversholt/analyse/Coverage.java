// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.Function;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;
import org.jspecify.annotations.Nullable;

/**
 * Reports that every constraint refuses: "fatal" and "retry" are provided for, and what is neither is explained by nothing.
 *
 * <p>A payload is made up of what the constraints ask by {@code payloadprop_contains} and {@code payloadprop_defined}: a
 * member may be absent, or be a list of any of the values asked for. Everything else that a constraint asks may have any
 * answer, so only what is refused without regard to it counts.
 */
final class Coverage {
    private static final int MOST_QUESTIONS = 10;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private final Program program;
    private final Ways ways;
    private final Reach reach;
    private final Effort effort;

    Coverage(Program program, Ways ways, Reach reach, Effort effort) {
        this.program = program;
        this.ways = ways;
        this.reach = reach;
        this.effort = effort;
    }

    /** A payload: the values of each member that was asked for, null where it is absent. */
    private record Payload(Map<String, @Nullable List<String>> members) {
        boolean has(String member) {
            return members.get(member) != null;
        }

        boolean contains(String member, String value) {
            List<String> values = members.get(member);
            return values != null && values.contains(value);
        }
    }

    /** What the constraints of one way say. */
    private record Condition(Propositions propositions, Formula formula) {
        static Condition of(Way way) {
            Propositions propositions = Propositions.of(way.from(), way.to());
            return new Condition(
                    propositions, Formula.both(propositions.all(way.from(), true), propositions.all(way.to(), false)));
        }
    }

    void report(Issues issues) {
        for (Event event : program.events().values()) {
            if (event.kind() == EventKind.EREPORT && !ways.trip(event) && !ways.unposted(event)) {
                report(event, issues);
            }
        }
    }

    private void report(Event event, Issues issues) {
        List<Way> open = ways.into(event).stream()
                .filter(way -> !way.closed() && reach.canBeExplained(way.from().event()))
                .toList();
        if (open.isEmpty() || open.stream().anyMatch(Coverage::unconditional)) {
            return;
        }
        Map<String, List<String>> asked = new TreeMap<>();
        open.forEach(way -> {
            ask(way.from().guards(), asked);
            ask(way.to().guards(), asked);
        });
        Payload refused = refused(open, asked);
        if (refused != null) {
            Way first = open.get(0);
            issues.add(
                    IssueCode.REPORT_UNCOVERED,
                    event.declared(),
                    "a report '" + event + "' " + text(refused, asked)
                            + " is explained by no problem; add an upset for what is left over",
                    new Issue.Note(
                            open.size() == 1
                                    ? "the only way to it stands here"
                                    : "the first of " + open.size() + " ways to it stands here",
                            first.to().span()));
        }
    }

    private static boolean unconditional(Way way) {
        return way.from().guards().isEmpty() && way.to().guards().isEmpty();
    }

    /** Notes the members that are asked for and the values they are compared with; values of two kinds are not understood. */
    private static void ask(List<Term> guards, Map<String, List<String>> asked) {
        for (Term guard : guards) {
            guard.walk(term -> {
                String defined = Terms.member(term, Function.PAYLOADPROP_DEFINED);
                String member = Terms.member(term, Function.PAYLOADPROP_CONTAINS);
                if (!defined.isEmpty()) {
                    asked.computeIfAbsent(defined, m -> new ArrayList<>());
                }
                if (!member.isEmpty()) {
                    List<String> values = asked.computeIfAbsent(member, m -> new ArrayList<>());
                    Term value = ((Term.Call) term).arguments().get(1);
                    if ((value instanceof Term.Num || value instanceof Term.Text)
                            && !values.contains(value.toString())) {
                        values.add(value.toString());
                    }
                }
            });
        }
        asked.keySet().removeIf(member -> !PLAIN.matcher(member).matches());
        asked.values()
                .removeIf(values -> values.stream().anyMatch(v -> v.startsWith("\""))
                        && values.stream().anyMatch(v -> !v.startsWith("\"")));
    }

    /** The plainest payload that no constraint lets pass; null if there is none, or too many to try. */
    private @Nullable Payload refused(List<Way> ways, Map<String, List<String>> asked) {
        List<Condition> open = ways.stream().map(Condition::of).toList();
        List<String> members = new ArrayList<>(asked.keySet());
        int questions =
                members.size() + asked.values().stream().mapToInt(List::size).sum();
        if (questions > MOST_QUESTIONS) {
            return plain(open, asked);
        }
        List<Integer> masks = new ArrayList<>();
        for (int mask = 0; mask < 1 << questions; mask++) {
            masks.add(mask);
        }
        masks.sort((a, b) -> Integer.compare(Integer.bitCount(a), Integer.bitCount(b)));
        for (int mask : masks) {
            Payload payload = payload(asked, mask);
            Boolean passes = payload == null ? Boolean.TRUE : passes(open, payload);
            if (passes == null) {
                return null;
            }
            if (!passes) {
                return payload;
            }
        }
        return null;
    }

    /** All members there, none with a value that is asked for. */
    private @Nullable Payload plain(List<Condition> open, Map<String, List<String>> asked) {
        Payload payload = payload(asked, 0);
        return payload != null && Boolean.FALSE.equals(passes(open, payload)) ? payload : null;
    }

    /** One bit for each member says that it is absent, one for each of its values that it has it; null for both at once. */
    private static @Nullable Payload payload(Map<String, List<String>> asked, int mask) {
        Map<String, @Nullable List<String>> members = new LinkedHashMap<>();
        int bit = 0;
        for (Map.Entry<String, List<String>> member : asked.entrySet()) {
            boolean absent = (mask >> bit++ & 1) != 0;
            List<String> values = new ArrayList<>();
            for (String value : member.getValue()) {
                if ((mask >> bit++ & 1) != 0) {
                    values.add(value);
                }
            }
            if (absent && !values.isEmpty()) {
                return null;
            }
            members.put(member.getKey(), absent ? null : values);
        }
        return new Payload(members);
    }

    /** Whether some way may let the payload pass; null if there is no more time to find out. */
    private @Nullable Boolean passes(List<Condition> open, Payload payload) {
        for (Condition condition : open) {
            if (!effort.spend(condition.formula.size())) {
                return null;
            }
            Boolean value = condition.formula.value(question ->
                    answer(condition.propositions.questions().get(question).term(), payload));
            if (value == null || value) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Boolean answer(@Nullable Term question, Payload payload) {
        if (question == null) {
            return null;
        }
        String defined = Terms.member(question, Function.PAYLOADPROP_DEFINED);
        if (payload.members.containsKey(defined)) {
            return payload.has(defined);
        }
        String member = Terms.member(question, Function.PAYLOADPROP_CONTAINS);
        if (!payload.members.containsKey(member)) {
            return null;
        }
        Term value = ((Term.Call) question).arguments().get(1);
        boolean constant = value instanceof Term.Num || value instanceof Term.Text;
        return !payload.has(member) ? Boolean.FALSE : constant ? payload.contains(member, value.toString()) : null;
    }

    /** {@code in which 'key' is neither 1 nor 6 and there is no 'lba'}. */
    private static String text(Payload payload, Map<String, List<String>> asked) {
        List<String> parts = new ArrayList<>();
        payload.members.forEach((member, values) -> {
            List<String> all = asked.getOrDefault(member, List.of());
            if (values == null) {
                parts.add("there is no '" + member + "'");
            } else if (!values.isEmpty()) {
                parts.add("'" + member + "' has " + String.join(" and ", values));
            } else if (!all.isEmpty()) {
                parts.add("'" + member + "' " + (all.size() == 1 ? "does not have " : "has none of ")
                        + String.join(", ", all));
            } else {
                parts.add("there is '" + member + "'");
            }
        });
        return parts.isEmpty() ? "of any payload" : parts.stream().collect(Collectors.joining(", ", "in which ", ""));
    }
}

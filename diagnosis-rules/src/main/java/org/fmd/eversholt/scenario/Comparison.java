// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fmd.eversholt.eft.SimTime;
import org.fmd.eversholt.scenario.Expected.Coming;
import org.fmd.eversholt.scenario.Expected.Kind;
import org.fmd.eversholt.scenario.Expected.SuspectLine;
import org.jspecify.annotations.Nullable;

/** What was expected to come, beside what came. */
final class Comparison {
    private static final long MILLI = 1_000_000;

    private final Scenario scenario;
    private final List<Map<String, Object>> left;
    private final List<Finding> failures = new ArrayList<>();
    private final Set<Map<String, Object>> told = new LinkedHashSet<>();

    Comparison(Scenario scenario, List<Map<String, Object>> outcomes) {
        this.scenario = scenario;
        this.left = new ArrayList<>(outcomes);
    }

    List<Finding> failures() {
        List<Coming> pending = new ArrayList<>();
        for (Expected expected : scenario.expected()) {
            if (expected instanceof Coming coming) {
                pending.add(coming);
            } else if (expected instanceof Expected.Silence silence) {
                silence(silence);
            }
        }
        // First what is as it should be, so that a failure is held against what nobody else wanted.
        for (Iterator<Coming> it = pending.iterator(); it.hasNext(); ) {
            Coming coming = it.next();
            Map<String, Object> match = find(coming, true, true);
            if (match != null) {
                use(coming, match);
                it.remove();
            }
        }
        pending.forEach(this::failed);
        left.stream().filter(Comparison::isTelling).forEach(this::surplus);
        return failures;
    }

    private void use(Coming coming, Map<String, Object> outcome) {
        if (coming.kind() != Kind.UPSET && coming.kind() != Kind.CLOSED) {
            left.remove(outcome);
        }
    }

    private static boolean isTelling(Map<String, Object> outcome) {
        for (Kind kind : Kind.values()) {
            if (kind.telling() && kind.outcome().equals(outcome.get("kind"))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Map<String, Object> find(Coming coming, boolean then, boolean exactly) {
        for (Map<String, Object> outcome : left) {
            boolean fits = coming.kind().outcome().equals(outcome.get("kind"))
                    && (!then || nanos(outcome) == coming.nanos())
                    && (!exactly || differences(coming, outcome).isEmpty());
            if (fits) {
                return outcome;
            }
        }
        return null;
    }

    /** Outcomes know milliseconds. */
    private static long nanos(Map<String, Object> outcome) {
        return outcome.get("t_ms") instanceof Number millis ? millis.longValue() * MILLI : -1;
    }

    private void silence(Expected.Silence silence) {
        Long until = silence.until();
        for (Map<String, Object> outcome : left) {
            if (isTelling(outcome) && (until == null || nanos(outcome) < until)) {
                told.add(outcome);
                failures.add(new Finding(
                        silence.span(),
                        "expected nothing" + (until == null ? "" : " until " + SimTime.text(until)) + "; there came",
                        OutcomeText.lines(outcome)));
            }
        }
    }

    private void failed(Coming coming) {
        String at = SimTime.text(coming.nanos());
        String what = "expected " + words(coming) + " at " + at;
        Map<String, Object> near = find(coming, true, false);
        if (near != null) {
            List<Finding> differences = differences(coming, near);
            differences.sort(
                    Comparator.comparing(difference -> difference.span().start()));
            Finding last = differences.remove(differences.size() - 1);
            failures.addAll(differences);
            failures.add(new Finding(last.span(), last.message(), OutcomeText.lines(near)));
            use(coming, near);
            return;
        }
        Map<String, Object> other = find(coming, false, true);
        if (other != null) {
            failures.add(new Finding(
                    coming.span(), what + "; it came at " + SimTime.text(nanos(other)), OutcomeText.lines(other)));
            use(coming, other);
            return;
        }
        List<String> came = left.stream()
                .filter(o -> nanos(o) == coming.nanos())
                .flatMap(o -> OutcomeText.lines(o).stream())
                .toList();
        failures.add(new Finding(
                coming.span(), what + (came.isEmpty() ? "; nothing came then" : "; what came then is"), came));
    }

    private static String words(Coming coming) {
        return switch (coming.kind()) {
            case DIAGNOSIS -> "a diagnosis";
            case UNDIAGNOSABLE -> "that a case is undiagnosable";
            case DISCARDED -> "that an ereport is discarded";
            case ERROR -> "an error in a rule";
            case CLOSED -> "that a case is closed with nothing serious";
            case UPSET -> coming.about();
            case FIRED -> "that " + coming.about() + " fires";
            case DUPLICATE -> "a duplicate";
        };
    }

    private void surplus(Map<String, Object> outcome) {
        if (!told.contains(outcome)) {
            failures.add(new Finding(scenario.span(), "not expected", OutcomeText.lines(outcome)));
        }
    }

    private static List<Finding> differences(Coming coming, Map<String, Object> outcome) {
        List<Finding> differences = new ArrayList<>();
        String about = coming.about();
        boolean right = switch (coming.kind()) {
            case UPSET -> names(String.valueOf(outcome.get("why")), about);
            case FIRED -> about.equals(outcome.get("engine"));
            case UNDIAGNOSABLE -> about.isEmpty() || about.equals(outcome.get("reason"));
            case ERROR -> (outcome.get("place") + " " + outcome.get("about")).contains(about);
            case DISCARDED -> String.valueOf(outcome.get("why")).contains(about);
            case DIAGNOSIS, CLOSED, DUPLICATE -> true;
        };
        if (!right) {
            differences.add(new Finding(coming.span(), "expected " + words(coming) + ", '" + about + "'; there came"));
        }
        Set<Integer> ereports = coming.ereports();
        if (ereports != null && !ereports.equals(numbers(outcome))) {
            differences.add(new Finding(
                    coming.span(),
                    "expected that it is from " + listed(ereports) + "; it is from " + listed(numbers(outcome))));
        }
        if (outcome.get("suspects") instanceof List<?> suspects) {
            suspects(coming, suspects, differences);
        }
        return differences;
    }

    /** Whether the reasons for closing a case speak of the event. */
    private static boolean names(String reasons, String event) {
        for (String reason : reasons.split("; ", -1)) {
            if (reason.startsWith(event + " ") || reason.startsWith(event + ":")) {
                return true;
            }
        }
        return false;
    }

    private static Set<Integer> numbers(Map<String, Object> outcome) {
        Set<Integer> numbers = new TreeSet<>();
        if (outcome.get("ereports") instanceof List<?> indices) {
            indices.forEach(index -> numbers.add(((Number) index).intValue() + 1));
        } else if (outcome.get("ereport") instanceof Number index) {
            numbers.add(index.intValue() + 1);
        }
        return numbers;
    }

    private static String listed(Set<Integer> numbers) {
        return numbers.stream().map(n -> "#" + n).collect(Collectors.joining(" "));
    }

    private static void suspects(Coming coming, List<?> suspects, List<Finding> differences) {
        Set<String> wanted = new LinkedHashSet<>();
        for (SuspectLine line : coming.suspects()) {
            wanted.add(line.event());
            Map<?, ?> found = null;
            for (Object suspect : suspects) {
                found = event((Map<?, ?>) suspect).equals(line.event()) ? (Map<?, ?>) suspect : found;
            }
            if (found == null) {
                differences.add(new Finding(line.span(), "expected " + line.event() + " among the suspects"));
            } else {
                suspect(line, found, differences);
            }
        }
        suspects.stream()
                .map(suspect -> event((Map<?, ?>) suspect))
                .filter(event -> !wanted.contains(event))
                .sorted(Comparator.naturalOrder())
                .forEach(event ->
                        differences.add(new Finding(coming.span(), "not expected among the suspects: " + event)));
    }

    /** {@code class@path} of a suspect among outcomes. */
    static String event(Map<?, ?> suspect) {
        return suspect.get("class") + "@" + suspect.get("resource");
    }

    private static void suspect(SuspectLine line, Map<?, ?> found, List<Finding> differences) {
        if (!Integer.toString(line.certainty()).equals(String.valueOf(found.get("certainty")))) {
            differences.add(new Finding(
                    line.span(),
                    "expected certainty " + line.certainty() + "%; it is " + found.get("certainty") + "%"));
        }
        line.own().forEach((name, value) -> differ(line, name, value, found.get(name), differences));
        Map<?, ?> payload = found.get("payload") instanceof Map<?, ?> map ? map : Map.of();
        line.payload().forEach((name, value) -> differ(line, name, value, payload.get(name), differences));
    }

    private static void differ(
            SuspectLine line, String name, Object wanted, @Nullable Object found, List<Finding> differences) {
        if (found == null) {
            differences.add(new Finding(line.span(), "expected " + name + "=" + wanted + "; it has no " + name));
        } else if (!String.valueOf(found).equals(String.valueOf(wanted))) {
            differences.add(new Finding(line.span(), "expected " + name + "=" + wanted + "; it is " + found));
        }
    }
}

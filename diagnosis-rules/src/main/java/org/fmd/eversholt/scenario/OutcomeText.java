// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fmd.eversholt.eft.SimTime;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run, as lines for people:
 *
 * <pre>
 *   1m30s  case 1 solved from #1 #2
 *            100% fault.x.f@chassis0/bay3/disk0 (lba=4711)
 * </pre>
 *
 * <p>Ereports and repairs are numbered from 1.
 */
public final class OutcomeText {
    private static final long MILLI = 1_000_000;

    private OutcomeText() {}

    /** The lines of one outcome of a {@link org.fmd.eversholt.eft.DiagnosisRun}. */
    public static List<String> lines(Map<String, Object> outcome) {
        Object at = outcome.get("t_ms");
        String when = String.format("%-6s ", at == null ? "end" : time(at));
        String about = "case " + outcome.get("case");
        List<String> lines = new ArrayList<>();
        lines.add(when
                + switch (String.valueOf(outcome.get("kind"))) {
                    case "solved" -> about + " solved" + from(outcome);
                    case "undiagnosable" -> about + " undiagnosable" + from(outcome) + ": " + outcome.get("reason");
                    case "closed-no-suspects" -> about + " closed, nothing serious," + from(outcome);
                    case "engine-fired" ->
                        outcome.get("engine") + " fired: more than " + outcome.get("n") + " in "
                                + time(outcome.get("window_ms"));
                    case "duplicate" -> about + " is a duplicate of case " + outcome.get("of");
                    case "acquitted" -> about + " acquits " + outcome.get("suspect");
                    case "repaired" -> about + " repaired";
                    case "discarded" -> number(outcome.get("ereport")) + " discarded: " + outcome.get("why");
                    case "not-subscribed" -> number(outcome.get("ereport")) + " is of no class that the rules know";
                    case "evaluation-error" -> "error at " + outcome.get("place") + ": " + outcome.get("about");
                    case "unfinished" -> about + " still open";
                    default -> throw new IllegalArgumentException(outcome.toString());
                });
        if (outcome.get("suspects") instanceof List<?> suspects) {
            suspects.forEach(suspect -> lines.add("         " + suspect((Map<?, ?>) suspect)));
        }
        return lines;
    }

    private static String time(@Nullable Object millis) {
        return millis instanceof Number number ? SimTime.text(number.longValue() * MILLI) : "";
    }

    private static String number(@Nullable Object index) {
        return index instanceof Number number ? "#" + (number.longValue() + 1) : "";
    }

    private static String from(Map<String, Object> outcome) {
        return outcome.get("ereports") instanceof List<?> indices
                ? " from " + indices.stream().map(OutcomeText::number).collect(Collectors.joining(" "))
                : "";
    }

    private static String suspect(Map<?, ?> suspect) {
        List<String> more = new ArrayList<>();
        suspect.forEach((name, value) -> {
            if (value instanceof Map<?, ?> payload) {
                payload.forEach((member, content) -> more.add(member + "=" + content));
            } else if (!List.of("class", "certainty", "resource").contains(String.valueOf(name))) {
                more.add(name + ": " + value);
            }
        });
        return suspect.get("certainty") + "% " + suspect.get("class") + "@" + suspect.get("resource")
                + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")");
    }
}

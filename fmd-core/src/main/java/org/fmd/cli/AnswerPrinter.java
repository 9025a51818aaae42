// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agents did about a case, or why they did not: an administrator's first question. In short only what did not go
 * its way, a line for each agent; in full every answer with the exact action for each suspect.
 */
final class AnswerPrinter {
    private static final String LABEL = "Responses   :";
    private static final String DETAIL = " ".repeat(LABEL.length() + 5);

    private final Instant now;
    private final ZoneId zone;
    private final boolean full;

    AnswerPrinter(Instant now, ZoneId zone, boolean full) {
        this.now = now;
        this.zone = zone;
        this.full = full;
    }

    void print(List<ShownCase> group, PrintWriter out) {
        String label = LABEL;
        for (ShownCase one : group) {
            for (ShownCase.Answer answer : one.answers()) {
                if (!full && !isNotable(answer.result())) {
                    continue;
                }
                out.print(label + " " + answer.agent());
                if (full) {
                    out.print(", " + Times.ofCase(answer.time(), now, zone).strip());
                }
                out.print(": " + words(answer.result()));
                if (full) {
                    out.print(answer.reason().isEmpty() ? "\n" : ": " + answer.reason() + "\n");
                    printDeeds(one, answer, out);
                } else {
                    out.print(gist(answer) + "\n");
                }
                label = " ".repeat(LABEL.length());
            }
        }
    }

    private static boolean isNotable(String result) {
        return result.equals("refused") || result.equals("failed") || result.equals("dry-run");
    }

    private static String words(String result) {
        return switch (result) {
            case "done" -> "done";
            case "dry-run" -> "would act (dry run)";
            case "refused" -> "refused to act";
            case "failed" -> "failed";
            case "not-relevant" -> "nothing to do";
            default -> result;
        };
    }

    /** What it would do, or why it did not, as far as one line holds it. */
    private static String gist(ShownCase.Answer answer) {
        String gist = "";
        int more = -1;
        for (ShownCase.Deed deed : answer.deeds()) {
            String part = answer.result().equals("dry-run") ? deed.action() : deed.reason();
            if (deed.result().equals(answer.result()) && !part.isEmpty()) {
                more++;
                gist = gist.isEmpty() ? part : gist;
            }
        }
        if (gist.isEmpty()) {
            return answer.reason().isEmpty() ? "" : ": " + answer.reason();
        }
        return ": " + gist + (more > 0 ? "; and " + more + " more, see -v" : "");
    }

    private static void printDeeds(ShownCase one, ShownCase.Answer answer, PrintWriter out) {
        for (ShownCase.Deed deed : answer.deeds()) {
            out.print(DETAIL + name(one, deed.index()) + ": " + words(deed.result()));
            String effect = switch (deed.effect()) {
                case "isolated" -> ", out of service";
                case "restored" -> ", back in service";
                default -> "";
            };
            out.print(effect + "\n");
            printDetail("action", deed.action(), out);
            printDetail("reason", deed.reason(), out);
        }
    }

    private static void printDetail(String what, String text, PrintWriter out) {
        if (!text.isEmpty()) {
            out.print(DETAIL + "    " + what + ": " + text + "\n");
        }
    }

    private static String name(ShownCase one, int index) {
        if (index < 0 || index >= one.suspects().size()) {
            return "suspect " + (index + 1L);
        }
        ShownCase.Suspect suspect = one.suspects().get(index);
        return first(suspect.location(), suspect.asru(), suspect.resource(), suspect.fru(), suspect.eventClass());
    }

    private static String first(@Nullable String... names) {
        for (String name : names) {
            if (name != null) {
                return name;
            }
        }
        return "suspect";
    }
}

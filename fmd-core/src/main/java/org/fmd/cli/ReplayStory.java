// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.core.replay.Told;
import org.fmd.model.event.Ereport;
import org.fmd.model.fault.Suspect;
import org.fmd.model.registry.Category;
import org.jspecify.annotations.Nullable;

/**
 * {@code fmd replay}, for people: what was read, the errors in it, alike ones together, then each case with what it rests on.
 *
 * <pre>
 *   kern.log: kernel log
 *
 *   Errors
 *       3 × sda  fatal  io.scsi.cmd.disk.dev.rqs.merr: Medium Error: unrecovered read error
 *           Mar 04 2026 11:32:07.184 to Mar 04 2026 11:32:08.274
 *
 *   DISK-8000-4Q, Critical, Mar 04 2026 11:32:13.274
 *     Suspect   100% fault.io.scsi.cmd.disk.dev.rqs.merr (disk-media)
 *     …
 * </pre>
 */
public final class ReplayStory implements Told {
    private static final int INDENT = 14;
    /** So many lines of errors are shown; an unheard-of number of devices does not fill the screen. */
    private static final int MOST_KINDS = 200;

    private final PrintWriter out;
    private final ZoneId zone;
    private final Map<Kind, Errors> kinds = new LinkedHashMap<>();
    private final List<Errors> inOrder = new ArrayList<>();
    private final List<Diagnosed> cases = new ArrayList<>();
    /** By the number of the ereport: which errors it is one of. */
    private int[] kindOf = new int[64];

    /** What makes two errors alike. */
    private record Kind(
            @Nullable String device,
            String eventClass,
            @Nullable String assessment,
            @Nullable String answer) {
        @Override
        public String toString() {
            return (device == null ? "" : device + "  ")
                    + (assessment == null ? "" : assessment + "  ")
                    + ErrorWords.withoutRoot(eventClass)
                    + (answer == null ? "" : ": " + answer);
        }
    }

    /** Errors that are alike. */
    private static final class Errors {
        final int number;
        final Kind kind;
        int count;
        Instant first;
        Instant last;

        Errors(int number, Kind kind, Instant first) {
            this.number = number;
            this.kind = kind;
            this.first = first;
            this.last = first;
        }

        void add(Instant time) {
            count++;
            first = time.isBefore(first) ? time : first;
            last = time.isAfter(last) ? time : last;
        }
    }

    /** Prints times in that zone. */
    public ReplayStory(PrintWriter out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    @Override
    public void begins(List<Source> inputs) {
        inputs.forEach(input -> out.print(input.name() + ": " + input.form() + "\n"));
    }

    @Override
    public void ereport(int index, Ereport ereport, @Nullable String device) {
        Kind kind = new Kind(
                device, ereport.eventClass().name(), ereport.driverAssessment(), ErrorWords.answer(ereport.payload()));
        Errors errors = kinds.get(kind);
        if (errors == null) {
            errors = new Errors(inOrder.size(), kind, ereport.tod());
            kinds.put(kind, errors);
            inOrder.add(errors);
        }
        errors.add(ereport.tod());
        if (index >= kindOf.length) {
            kindOf = Arrays.copyOf(kindOf, 2 * kindOf.length);
        }
        kindOf[index] = errors.number;
    }

    @Override
    public void diagnosed(Diagnosed diagnosed) {
        cases.add(diagnosed);
    }

    @Override
    public void ends(Summary summary) {
        printErrors();
        cases.forEach(this::print);
        printSummary(summary);
    }

    private void printErrors() {
        if (inOrder.isEmpty()) {
            return;
        }
        out.print("\nErrors\n");
        for (Errors errors : inOrder.subList(0, Math.min(MOST_KINDS, inOrder.size()))) {
            out.print(Columns.right(errors.count + " x ", 10) + errors.kind + "\n");
            out.print(" ".repeat(10) + span(errors.first, errors.last) + "\n");
        }
        if (inOrder.size() > MOST_KINDS) {
            out.print("    and " + (inOrder.size() - MOST_KINDS) + " more kinds of errors; -j shows all\n");
        }
    }

    private String span(Instant first, Instant last) {
        return first.equals(last) ? time(first) : time(first) + " to " + time(last);
    }

    private String time(Instant time) {
        return Times.full(time, zone).substring(0, "Mar 04 2026 11:32:07.184".length());
    }

    private void print(Diagnosed one) {
        out.print("\n" + one.event().code() + ", " + one.message().severity() + ", "
                + time(one.event().tod()) + "\n");
        item("Case", one.event().uuid().toString());
        for (Suspect suspect : one.event().suspects()) {
            print(suspect);
        }
        if (!one.affected().isEmpty()) {
            item("Affected", String.join(", ", one.affected()));
        }
        item("What it is", one.message().description());
        item("Impact", one.message().impact());
        item("What to do", one.message().action());
        String label = "Evidence";
        for (Map.Entry<Integer, Integer> each : evidence(one).entrySet()) {
            item(label, each.getValue() + " x " + inOrder.get(each.getKey()).kind);
            label = "";
        }
    }

    private void print(Suspect suspect) {
        String category = ReplayLines.category(suspect);
        item(
                "Suspect",
                suspect.certainty() + "% " + suspect.eventClass() + (category == null ? "" : " (" + category + ")"));
        line("in", suspect.resource());
        line("isolate", suspect.asru());
        line("replace", suspect.fru());
        line("at", suspect.location());
    }

    private void line(String label, @Nullable Object value) {
        if (value != null) {
            out.print(" ".repeat(INDENT) + Columns.left(label, 10) + value + "\n");
        }
    }

    /** Returns how many of each kind of errors, by the number of the kind. */
    private Map<Integer, Integer> evidence(Diagnosed one) {
        Map<Integer, Integer> counts = new TreeMap<>();
        one.ereports().forEach(index -> counts.merge(kindOf[index], 1, Integer::sum));
        return counts;
    }

    private void item(String label, String text) {
        out.print("  " + Columns.left(label, INDENT - 2) + Columns.wrapped(text.strip(), INDENT) + "\n");
    }

    private void printSummary(Summary summary) {
        out.print("\n" + counted(summary.ereports(), "ereport"));
        if (summary.first() != null && summary.last() != null) {
            out.print(" (" + span(summary.first(), summary.last()) + ")");
        }
        out.print(", " + counted(summary.cases(), "case"));
        if (!summary.categories().isEmpty()) {
            out.print(" ("
                    + String.join(
                            ", ",
                            summary.categories().stream().map(Category::word).toList()) + ")");
        }
        out.print("\n");
        if (summary.cases() == 0
                && summary.open() == 0
                && summary.ereports() > 0
                && summary.undiagnosed().isEmpty()) {
            out.print("nothing that needs a repair\n");
        }
        if (summary.open() > 0) {
            out.print(counted(summary.open(), "case") + " without a diagnosis\n");
        }
        summary.undiagnosed()
                .forEach((cause, count) -> out.print(counted(count, "ereport") + " not diagnosed: " + cause + "\n"));
        if (summary.unparsed() > 0) {
            out.print(counted(summary.unparsed(), "line or record", "lines or records")
                    + " could not be read, beginning with\n");
            summary.firstUnparsed().forEach(first -> out.print("    " + first + "\n"));
        }
    }

    private static String counted(long count, String what) {
        return counted(count, what, what + "s");
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}

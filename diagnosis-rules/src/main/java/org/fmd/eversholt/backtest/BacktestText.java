// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.fmd.eversholt.eft.Replay;
import org.jspecify.annotations.Nullable;

/** The report for people. */
public final class BacktestText {
    private static final int CELL = 9;

    private final Backtest test;
    private final Consumer<String> out;

    private BacktestText(Backtest test, Consumer<String> out) {
        this.test = test;
        this.out = out;
    }

    public static void print(Backtest test, Consumer<String> out) {
        new BacktestText(test, out).print();
    }

    private void print() {
        summary();
        if (test.sides().size() > 1) {
            differences();
        }
        for (Backtest.Side side : test.sides()) {
            side.engines().tables().forEach(table -> table(side, table));
        }
    }

    private void summary() {
        List<Backtest.Side> sides = test.sides();
        out.accept(row("", sides.stream().map(Backtest.Side::name).toList()));
        out.accept(row("ereports", sides.stream().map(s -> "" + test.ereports()).toList()));
        for (Replay.Kind kind : Replay.Kind.values()) {
            boolean always = kind == Replay.Kind.OPENED || kind == Replay.Kind.SOLVED;
            if (always || sides.stream().anyMatch(s -> s.count(kind) > 0)) {
                out.accept(row(
                        "  " + kind.sentence(),
                        sides.stream().map(s -> "" + s.count(kind)).toList()));
            }
        }
        if (test.others() > 0) {
            out.accept(row("other events", List.of("" + test.others())));
        }
        if (test.unreadable() > 0) {
            out.accept(row("unreadable records", List.of("" + test.unreadable())));
        }
    }

    private static String row(String name, List<String> cells) {
        StringBuilder row = new StringBuilder(String.format("%-32s", name));
        cells.forEach(cell -> row.append(String.format("%12s", cell)));
        return row.toString();
    }

    private void differences() {
        List<Differences.Difference> all = test.differences().all();
        out.accept("");
        String counts = all.stream()
                .collect(Collectors.groupingBy(
                        Differences.Difference::change, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> e.getValue() + " " + word(e.getKey()))
                .collect(Collectors.joining(", "));
        out.accept("diagnoses: " + test.differences().same() + " the same" + (counts.isEmpty() ? "" : ", " + counts));
        for (Differences.Difference difference : all) {
            Replay.Verdict today = difference.today();
            Replay.Verdict candidate = difference.candidate();
            Replay.Verdict first = today == null ? candidate : today;
            if (first != null) {
                out.accept(String.format(
                                "%-8s %s  %s", word(difference.change()), Times.time(first.nanos()), suspects(first))
                        + behind(today, candidate));
            }
        }
    }

    private static String word(Differences.Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }

    /** What the candidate says instead. */
    private static String behind(Replay.@Nullable Verdict today, Replay.@Nullable Verdict candidate) {
        if (today == null || candidate == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (candidate.nanos() != today.nanos()) {
            parts.add(Times.shift(candidate.nanos() - today.nanos()));
        }
        if (!suspects(candidate).equals(suspects(today))) {
            parts.add(suspects(candidate));
        }
        return parts.isEmpty() ? "  -> case of another ereport" : "  -> " + String.join("  ", parts);
    }

    private static String suspects(Replay.Verdict verdict) {
        return verdict.suspects().stream()
                .map(s -> s + (s.certainty() == 100 ? "" : " " + s.certainty() + "%"))
                .collect(Collectors.joining(", "));
    }

    private void table(Backtest.Side side, SerdTable table) {
        out.accept("");
        out.accept(table.engine() + (test.sides().size() > 1 ? " (" + side.name() + ")" : "") + ": " + table.records()
                + " records of " + table.instances() + " engines, fired " + table.fired()
                + " times; would have fired:");
        StringBuilder head = new StringBuilder(String.format("%9s", "N \\ T"));
        table.windows().forEach(window -> head.append(cell(Times.span(window))));
        out.accept(head.toString());
        for (int i = 0; i < table.ns().size(); i++) {
            StringBuilder row = new StringBuilder(cell(table.ns().get(i)));
            for (int j = 0; j < table.windows().size(); j++) {
                row.append(cell(table.fired(i, j)));
            }
            out.accept(row.toString());
        }
    }

    private static String cell(Object value) {
        return String.format("%" + CELL + "s", value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a random rule set that compiles in most cases. The components are c, c/p, c/b and c/b/d. */
final class RandomRules {
    /** A declared event; the path without iterators. */
    record Declared(String eventClass, String path) {
        @Override
        public String toString() {
            return eventClass + "@" + path;
        }
    }

    private final Dice dice;
    private final boolean ours;
    private final boolean cycles;
    /** Whether paths begin at the top, so that the events of a statement are tied together. */
    private final boolean tied;

    final List<Declared> ereports = new ArrayList<>();
    private final List<Declared> trips = new ArrayList<>();
    private final List<Declared> engines = new ArrayList<>();
    private final List<Declared> problems = new ArrayList<>();
    private final List<Declared> errors = new ArrayList<>();
    private final List<Declared> stats = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();

    RandomRules(Dice dice, boolean ours) {
        this.dice = dice;
        this.ours = ours;
        this.cycles = dice.one(10);
        this.tied = !dice.one(4);
    }

    List<String> write() {
        if (cycles) {
            statements.add("#pragma allow_cycles 1\n");
        }
        for (String path : List.of("d", "b", "c", "p")) {
            statements.add("fru " + path + ";");
            statements.add("asru " + path + ";");
        }
        declareReports();
        declareEngines();
        declareProblems();
        for (int i = 0; i < dice.of(0, 0, 1, 1, 2, 3); i++) {
            errors.add(new Declared("error.x.r" + i, path()));
            statements.add("event " + last(errors) + (dice.one(6) ? window(true) : "") + ";");
        }
        if (dice.one(8)) {
            statements.add("config c0/b" + dice.upTo(3) + dice.of("", "", "/d1") + " model=\"x\", num=\"2\";");
        }
        connect();
        return statements;
    }

    private static Declared last(List<Declared> list) {
        return list.get(list.size() - 1);
    }

    private String path() {
        return tied ? dice.of("c/b/d", "c/b/d", "c/b", "c", "c/p") : dice.of("d", "b/d", "b", "c", "c/b", "p", "c/b/d");
    }

    // ---- declarations --------------------------------------------------------------------------

    private void declareReports() {
        for (int i = 0; i < dice.of(1, 2, 2, 3, 3, 4); i++) {
            ereports.add(new Declared("ereport.x." + (char) ('a' + i), dice.one(3) ? path() : tied ? "c/b/d" : "d"));
            statements.add("event " + last(ereports)
                    + (dice.one(3) ? window(true) : "")
                    + (dice.one(5) ? ", discard_if_config_unknown=1" : "") + ";");
            if (dice.one(15)) {
                ereports.add(new Declared(last(ereports).eventClass(), path()));
                statements.add("event " + last(ereports) + ";");
            }
        }
    }

    private String window(boolean braces) {
        String within = dice.of(
                "within(5s)",
                "within(5s)",
                "within(10s)",
                "within(1s)",
                "within(20s)",
                "within(60s)",
                "within(infinity)",
                "within(0s)",
                "within(15s)",
                "within(2s)");
        if (ours && dice.one(8)) {
            within = dice.of("within(0)", "within(2s, 20s)", "within(1s, 5s)", "within(0s, 5s)");
        }
        return braces ? " { " + within + " }" : within;
    }

    private void declareEngines() {
        for (int i = 0; i < dice.of(0, 1, 1, 2, 3); i++) {
            engines.add(new Declared("serd.x.e" + i, dice.of("d", "d", "b", "c", "b/d")));
            boolean trip = dice.one(2);
            if (trip) {
                trips.add(new Declared("ereport.t.t" + i, last(engines).path()));
                statements.add("event " + last(trips) + (dice.one(8) ? window(true) : "") + ";");
                if (dice.one(12)) {
                    ereports.add(last(trips));
                }
            }
            statements.add("engine " + last(engines) + ", N=" + dice.of(0, 1, 1, 2, 2, 3) + ", T="
                    + dice.of("3s", "10s", "1m", "1h", "30h") + (trip ? ", trip=" + last(trips) : "")
                    + (dice.one(12) ? ", id=$g" : "") + ";");
        }
        for (int i = 0; i < dice.rarely(3); i++) {
            stats.add(new Declared("stat.x.s" + i, dice.of("d", "b", "c")));
            statements.add("engine " + last(stats) + ";");
        }
    }

    private void declareProblems() {
        for (int i = 0; i < dice.of(1, 2, 2, 3, 3, 4); i++) {
            String kind = dice.of("fault", "fault", "fault", "upset", "upset", "defect");
            String path = path();
            problems.add(new Declared(kind + ".x.f" + i, path));
            StringBuilder text = new StringBuilder("event " + last(problems));
            Declared engine = within(path, engines);
            if (engine != null && dice.one(2)) {
                text.append(", engine=").append(engine);
            }
            if (!kind.equals("upset")) {
                properties(text, path, kind.equals("fault") || ours);
            }
            statements.add(text + ";");
        }
    }

    private void properties(StringBuilder text, String path, boolean all) {
        if (dice.one(2)) {
            text.append(", FITrate=").append(dice.of(0, 1, 10, 33, 250, 1000));
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (dice.one(4)) {
            text.append(", FRU=").append(last);
        }
        if (dice.one(4)) {
            text.append(", ASRU=").append(path.contains("b") && dice.one(2) ? "b" : last);
        }
        if (all) {
            for (String flag : List.of("message", "retire", "response")) {
                if (dice.one(7)) {
                    text.append(", ").append(flag).append("=").append(dice.of(0, 0, 1));
                }
            }
            Declared counter = within(path, stats);
            if (counter != null && dice.one(2)) {
                text.append(", count=").append(counter);
            }
        }
    }

    /** One of those whose path lies in this one. */
    private @Nullable Declared within(String path, List<Declared> all) {
        List<Declared> fitting = all.stream()
                .filter(d -> ("/" + path + "/").contains("/" + d.path() + "/"))
                .toList();
        return fitting.isEmpty() ? null : dice.of(fitting);
    }

    // ---- propagations --------------------------------------------------------------------------

    private void connect() {
        for (Declared problem : problems) {
            for (int i = 0; i < dice.of(1, 1, 1, 2, 2, 3); i++) {
                List<Declared> sources = new ArrayList<>(List.of(problem));
                if (dice.one(8)) {
                    sources.add(0, dice.of(problems));
                }
                if (dice.one(16) && !errors.isEmpty()) {
                    sources.add(dice.of(errors));
                }
                boolean upset = problem.eventClass().startsWith("upset");
                boolean error = last(sources).eventClass().startsWith("error");
                prop(
                        sources.stream().distinct().toList(),
                        targets(upset || trips.isEmpty() ? 0 : 4, error ? errors.size() : 0),
                        true);
            }
        }
        for (int i = 0; i < errors.size(); i++) {
            for (int j = 0; j < dice.of(1, 1, 2); j++) {
                List<Declared> targets = targets(trips.isEmpty() ? 0 : 3, i + 1);
                boolean back = cycles && dice.one(3);
                prop(List.of(errors.get(i)), back ? List.of(dice.of(errors)) : targets, !back);
            }
        }
        for (Declared ereport : ereports) {
            boolean used =
                    statements.stream().anyMatch(s -> s.startsWith("prop") && s.contains(ereport.eventClass() + "@"));
            if (!used || dice.one(3)) {
                prop(List.of(dice.of(problems)), List.of(ereport), true);
            }
        }
    }

    /** Ereports mostly, trips where {@code trip} is not 0, and errors from a number on. */
    private List<Declared> targets(int trip, int fromError) {
        List<Declared> targets = new ArrayList<>();
        for (int i = 0; i < dice.of(1, 1, 1, 2, 2, 3); i++) {
            if (fromError < errors.size() && dice.one(3)) {
                targets.add(dice.of(errors.subList(fromError, errors.size())));
            } else {
                targets.add(trip > 0 && dice.one(trip) ? dice.of(trips) : dice.of(ereports));
            }
        }
        return targets.stream().distinct().toList();
    }

    private void prop(List<Declared> sources, List<Declared> targets, boolean anyN) {
        List<List<String>> columns = new ArrayList<>();
        columns.add(rendered(sources));
        boolean cascade = sources.size() == 1
                && !errors.isEmpty()
                && dice.one(10)
                && !sources.get(0).eventClass().startsWith("error")
                && targets.stream().noneMatch(t -> t.eventClass().startsWith("error"));
        if (cascade) {
            columns.add(rendered(List.of(dice.of(errors))));
        }
        columns.add(rendered(targets));
        List<String> paths = new ArrayList<>();
        columns.forEach(column -> column.forEach(e -> paths.add(e.substring(e.indexOf('@') + 1))));
        Guards guards = new Guards(dice, ours, paths, problems, stats);
        StringBuilder text = new StringBuilder("prop ");
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                text.append(anyN ? n(columns.get(i).size()) : " (0)->")
                        .append(k())
                        .append(" ");
            }
            List<String> events = new ArrayList<>();
            for (String event : columns.get(i)) {
                boolean problem = i == 0 && !event.startsWith("error");
                List<String> items =
                        new ArrayList<>(guards.items(problem, event.startsWith("fault") || event.startsWith("defect")));
                if (i > 0 && dice.one(9)) {
                    items.add(window(false));
                }
                events.add(event + (items.isEmpty() ? "" : " { " + String.join(", ", items) + " }"));
            }
            text.append(String.join(", ", events));
        }
        statements.add(text + ";");
    }

    private String n(int targets) {
        if (dice.one(2)) {
            return " ->";
        }
        String all = String.valueOf(targets);
        return " (" + dice.of("0", "0", "0", "1", "A", all, all, dice.one(3) ? "2" : all) + ")->";
    }

    private String k() {
        return dice.one(14) ? dice.of("(2)", "(1)", ours ? "(A)" : "(2)") : "";
    }

    // ---- paths with iterators ------------------------------------------------------------------

    private List<String> rendered(List<Declared> events) {
        List<String> rendered = new ArrayList<>();
        for (Declared event : events) {
            rendered.add(event.eventClass() + "@" + rendered(event.path(), rendered.toString()));
        }
        return rendered;
    }

    private String rendered(String path, String soFar) {
        StringBuilder text = new StringBuilder();
        for (String name : path.split("/")) {
            String iterator = "";
            if (dice.one(8)) {
                String own = name.equals("b") ? "i" : name.equals("d") ? "j" : name.equals("c") ? "m" : "n";
                iterator = dice.of(
                        "[" + own + "]",
                        "[" + own + "]",
                        "[" + own + "]",
                        "[" + own + "]",
                        "<>",
                        "<>",
                        "<>",
                        "<>",
                        "<" + own + "h>",
                        "[0]",
                        "[1]",
                        "[" + own + "2]",
                        name.equals("b") ? "[i + 1]" : "[0]");
                if (iterator.equals("[i + 1]") && !text.toString().contains("[i]") && !soFar.contains("[i]")) {
                    iterator = "[i]";
                }
            }
            text.append(text.isEmpty() ? "" : "/").append(name).append(iterator);
        }
        return text.toString();
    }
}

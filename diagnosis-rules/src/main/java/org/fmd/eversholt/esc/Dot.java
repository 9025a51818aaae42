// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.check.Arrow;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventName;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.check.StatEngine;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.check.Window;
import org.fmd.eversholt.syntax.Span;

/**
 * A program as a Graphviz graph: events in the order of declaration, engines, then arrows in the order of the rules.
 * Solid arrows are propagations; dashed ones tie problems to the engines that count them, and engines to what they trip.
 */
final class Dot {
    /** Longer constraints are cut. */
    private static final int CONSTRAINT_CHARS = 60;

    private final StringBuilder text = new StringBuilder();

    private Dot() {}

    static String of(Program program) {
        Dot dot = new Dot();
        dot.text.append("digraph propagations {\n    rankdir=LR;\n");
        dot.text.append("    node [fontname=\"sans-serif\", fontsize=10, style=filled];\n");
        dot.text.append("    edge [fontname=\"sans-serif\", fontsize=9];\n");
        program.events().values().forEach(dot::event);
        program.serdEngines().values().forEach(dot::serd);
        program.statEngines().values().forEach(dot::stat);
        program.propagations().forEach(dot::propagation);
        program.events().values().forEach(dot::ties);
        program.serdEngines().values().forEach(dot::trip);
        return dot.text.append("}\n").toString();
    }

    private void event(Event event) {
        node(event.name(), look(event.kind()), "");
    }

    private static String look(EventKind kind) {
        return switch (kind) {
            case FAULT -> "shape=box, fillcolor=\"#f4b6b0\"";
            case DEFECT -> "shape=box, fillcolor=\"#f6d5a4\"";
            case UPSET -> "shape=box, fillcolor=\"#fbf3b4\"";
            case ERROR -> "shape=ellipse, fillcolor=\"#e6e6e6\"";
            case EREPORT -> "shape=note, fillcolor=\"#bcd7ee\"";
        };
    }

    private void serd(SerdEngine engine) {
        String limits = "N=" + Long.toUnsignedString(engine.n()) + ", T=" + time(engine.nanos());
        node(engine.name(), "shape=cylinder, fillcolor=\"#d3ead0\"", limits);
    }

    private void stat(StatEngine engine) {
        node(engine.name(), "shape=cylinder, fillcolor=\"#dcd3ea\"", "");
    }

    private void node(EventName name, String look, String more) {
        String label = quoted(name.eventClass() + "\n@" + name.pathText() + (more.isEmpty() ? "" : "\n" + more));
        text.append("    ").append(quoted(name.toString()));
        text.append(" [").append(look).append(", label=").append(label).append("];\n");
    }

    private void propagation(Propagation propagation) {
        for (int i = 0; i < propagation.arrows().size(); i++) {
            for (EventUse source : propagation.columns().get(i)) {
                for (EventUse target : propagation.columns().get(i + 1)) {
                    arrow(source, propagation.arrows().get(i), target);
                }
            }
        }
    }

    private void arrow(EventUse source, Arrow arrow, EventUse target) {
        List<String> label = new ArrayList<>();
        String counts = count("N", arrow.n()) + count("K", arrow.k());
        if (!counts.isEmpty()) {
            label.add(counts.trim());
        }
        for (String constraint : List.of(constraint(source, false), constraint(target, true))) {
            if (!constraint.isEmpty()) {
                label.add(shortened(constraint));
            }
        }
        edge(
                source.event().name(),
                target.event().name(),
                label.isEmpty() ? "" : "label=" + quoted(String.join("\n", label)));
    }

    private static String count(String which, Count count) {
        return count.equals(Count.ONE) ? "" : which + "=" + count + " ";
    }

    /** What stands in the braces as the author wrote it, macros by their names; for a use made by a macro, its meaning. */
    private static String constraint(EventUse use, boolean target) {
        Span span = use.span();
        String written = span.file().text().substring(span.start(), span.end());
        int brace = written.indexOf('{');
        if (span.expansions().isEmpty() && brace >= 0 && written.endsWith("}")) {
            String inside = written.substring(brace + 1, written.length() - 1);
            return inside.replaceAll("(?s)/\\*.*?\\*/", "")
                    .replaceAll("\\s+", " ")
                    .trim();
        }
        List<String> items = new ArrayList<>();
        Window window = use.window();
        if (target && window != null) {
            items.add("within(" + (window.minNanos() == 0 ? "" : time(window.minNanos()) + ", ")
                    + time(window.maxNanos()) + ")");
        }
        use.guards().stream().map(Dot::plain).forEach(items::add);
        return String.join(", ", items);
    }

    /** The term without the parentheses around all of it. */
    private static String plain(Term term) {
        String text = term.toString();
        return term instanceof Term.Binary ? text.substring(1, text.length() - 1) : text;
    }

    private static String shortened(String constraint) {
        return constraint.length() <= CONSTRAINT_CHARS
                ? constraint
                : constraint.substring(0, CONSTRAINT_CHARS - 3).stripTrailing() + "...";
    }

    private void ties(Event event) {
        SerdEngine engine = event.properties().engine();
        if (engine != null) {
            edge(event.name(), engine.name(), "style=dashed, arrowhead=none");
        }
        StatEngine counter = event.properties().counter();
        if (counter != null) {
            edge(event.name(), counter.name(), "style=dashed, label=\"count\"");
        }
    }

    private void trip(SerdEngine engine) {
        EventName trip = engine.trip();
        if (trip != null) {
            edge(engine.name(), trip, "style=dashed, label=\"trip\"");
        }
    }

    private void edge(EventName from, EventName to, String attributes) {
        text.append("    ").append(quoted(from.toString())).append(" -> ").append(quoted(to.toString()));
        text.append(attributes.isEmpty() ? "" : " [" + attributes + "]").append(";\n");
    }

    /** The largest unit that gives a whole number. */
    private static String time(long nanos) {
        String[] units = {"d", "h", "m", "s", "ms", "us"};
        long[] sizes = {86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L};
        if (nanos == Window.INFINITY_NANOS) {
            return "infinity";
        }
        for (int i = 0; i < sizes.length; i++) {
            if (nanos != 0 && Long.remainderUnsigned(nanos, sizes[i]) == 0 && (i > 0 || nanos != sizes[0])) {
                return Long.toUnsignedString(Long.divideUnsigned(nanos, sizes[i])) + units[i];
            }
        }
        return nanos == 0 ? "0s" : Long.toUnsignedString(nanos) + "ns";
    }

    /** A string of the DOT language: quotes and backslashes escaped, line ends as its {@code \n}. */
    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return quoted.append('"').toString();
    }
}

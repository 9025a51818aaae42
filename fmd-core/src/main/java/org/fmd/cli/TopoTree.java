// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.cli.ServiceStates.Blame;
import org.fmd.cli.ServiceStates.State;
import org.fmd.model.nv.NvValue;

/**
 * The hardware as a tree.
 *
 * @param topology all of it
 * @param states of its parts
 * @param last who was in places that are empty now, by the path of the place
 * @param form how it is drawn and what is told of each part
 * @param out where to
 */
record TopoTree(Topology topology, ServiceStates states, Map<String, String> last, Form form, PrintWriter out) {

    /**
     * How a tree is printed.
     *
     * @param unicode whether lines are drawn in Unicode, else in ASCII
     * @param colour whether states are coloured
     * @param names whether the FMRIs are told
     * @param everything whether all properties are told
     * @param allStates whether the state of parts that are well is told, too
     * @param properties the properties to tell
     */
    record Form(
            boolean unicode,
            boolean colour,
            boolean names,
            boolean everything,
            boolean allStates,
            List<String> properties) {
        String branch() {
            return unicode ? "├─ " : "|- ";
        }

        String last() {
            return unicode ? "└─ " : "`- ";
        }

        String pass() {
            return unicode ? "│  " : "|  ";
        }
    }

    private static final String NOTHING = "   ";

    /** Prints a part and all below it; a part that is not at the top is called by its whole path. */
    void print(TopoNode top) {
        print(top, "", "", top.path().toString());
    }

    private void print(TopoNode node, String before, String below, String name) {
        State state = states.of(node);
        StringBuilder line = new StringBuilder(before).append(name);
        String words = TopoWords.of(node);
        if (!words.isEmpty()) {
            line.append("  ").append(words);
        }
        String gone = last.get(node.path().toString());
        if (gone != null) {
            line.append("  empty, ").append(TopoWords.printable(gone));
        }
        boolean told = form.allStates() || (state != State.OK && state != State.UNKNOWN);
        if (told) {
            line.append("  ").append(coloured(state, "[" + state.word() + codes(node) + "]"));
        }
        out.print(line.append('\n'));
        List<TopoNode> children = topology.children(node.path());
        details(node, below + (children.isEmpty() ? NOTHING : form.pass()));
        for (int i = 0; i < children.size(); i++) {
            TopoNode child = children.get(i);
            boolean last = i == children.size() - 1;
            print(
                    child,
                    below + (last ? form.last() : form.branch()),
                    below + (last ? NOTHING : form.pass()),
                    child.path().last().toString());
        }
    }

    private String codes(TopoNode node) {
        List<String> codes = new ArrayList<>();
        for (Blame blame : states.blames(node)) {
            if (!codes.contains(blame.code())) {
                codes.add(blame.code());
            }
        }
        return codes.isEmpty() ? "" : " " + String.join(" ", codes);
    }

    private String coloured(State state, String text) {
        if (!form.colour()) {
            return text;
        }
        String colour = switch (state) {
            case FAULTY, RETIRED -> "31";
            case DEGRADED, OFFLINE -> "33";
            case OK -> "32";
            case UNKNOWN -> "2";
        };
        return "\033[" + colour + "m" + text + "\033[0m";
    }

    private void details(TopoNode node, String indent) {
        if (form.names()) {
            detail(indent, "resource", node.resource().toString());
            detail(indent, "ASRU", String.valueOf(node.asru() == null ? "-" : node.asru()));
            detail(indent, "FRU", String.valueOf(node.fru() == null ? "-" : node.fru()));
            detail(indent, "label", node.label() == null ? "-" : node.label());
        }
        if (!form.everything() && form.properties().isEmpty()) {
            for (String use : node.properties().strings("uses")) {
                out.print(indent + "on it: " + TopoWords.printable(use) + "\n");
            }
        }
        for (Map.Entry<String, NvValue> property : node.properties().asMap().entrySet()) {
            if (form.everything() || form.properties().contains(property.getKey())) {
                detail(indent, property.getKey(), TopoWords.text(property.getValue()));
            }
        }
        if (form.everything()) {
            for (Blame blame : states.blames(node)) {
                detail(indent, "case", blame.uuid() + " " + blame.code() + " " + blame.eventClass());
            }
        }
    }

    private void detail(String indent, String name, String value) {
        out.print(indent + Columns.left(name, 20) + " " + TopoWords.printable(value) + "\n");
    }
}

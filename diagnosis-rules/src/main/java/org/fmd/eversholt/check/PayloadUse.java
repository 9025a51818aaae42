// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/**
 * A place where a rule names a member of a payload.
 *
 * @param member the member as the rule names it: dots descend, {@code [i]} picks from an array
 * @param sets whether the rule gives the member to a suspect; else it reads it from an ereport
 * @param classes the ereports that it may be read from, or the faults and defects that it is given to
 * @param word the text that it is compared with, null if it is not compared with one
 * @param span where the name stands
 */
public record PayloadUse(String member, boolean sets, Set<String> classes, Term.@Nullable Text word, Span span) {
    public PayloadUse {
        classes = Set.copyOf(classes);
    }

    /** Returns the uses in the constraints of all propagations, in source order. */
    public static List<PayloadUse> in(Program program) {
        List<PayloadUse> uses = new ArrayList<>();
        program.propagations().forEach(propagation -> of(propagation, uses));
        return uses;
    }

    private static void of(Propagation propagation, List<PayloadUse> uses) {
        List<List<EventUse>> columns = propagation.columns();
        Set<String> problems = classes(columns.get(0), EventKind.FAULT, EventKind.DEFECT);
        for (int i = 0; i < columns.size(); i++) {
            // A constraint is asked of the ereport that the arrow leads to.
            Set<String> next = i + 1 < columns.size() ? classes(columns.get(i + 1), EventKind.EREPORT) : Set.of();
            for (EventUse use : columns.get(i)) {
                boolean ereport = use.event().kind() == EventKind.EREPORT;
                Set<String> read = ereport ? classes(List.of(use), EventKind.EREPORT) : next;
                for (Term guard : use.guards()) {
                    guard.walk(term -> note(term, read, problems, uses));
                }
            }
        }
    }

    private static void note(Term term, Set<String> read, Set<String> problems, List<PayloadUse> uses) {
        if (term instanceof Term.Call call
                && !call.arguments().isEmpty()
                && call.arguments().get(0) instanceof Term.Text name) {
            switch (call.function()) {
                case PAYLOADPROP, PAYLOADPROP_DEFINED ->
                    uses.add(new PayloadUse(name.value(), false, read, null, name.span()));
                case PAYLOADPROP_CONTAINS ->
                    uses.add(new PayloadUse(
                            name.value(), false, read, text(call.arguments().get(1)), name.span()));
                case SETPAYLOADPROP -> uses.add(new PayloadUse(name.value(), true, problems, null, name.span()));
                default -> {}
            }
        }
        if (term instanceof Term.Binary binary && (binary.op() == BinaryOp.EQ || binary.op() == BinaryOp.NE)) {
            noteComparison(binary.left(), binary.right(), read, uses);
            noteComparison(binary.right(), binary.left(), read, uses);
        }
    }

    /** {@code payloadprop("m") == "word"}: the member itself is noted where the walk comes to it. */
    private static void noteComparison(Term one, Term other, Set<String> read, List<PayloadUse> uses) {
        if (one instanceof Term.Call call
                && call.function() == Function.PAYLOADPROP
                && call.arguments().get(0) instanceof Term.Text name
                && other instanceof Term.Text word) {
            uses.add(new PayloadUse(name.value(), false, read, word, name.span()));
        }
    }

    private static Term.@Nullable Text text(Term term) {
        return term instanceof Term.Text text ? text : null;
    }

    private static Set<String> classes(List<EventUse> column, EventKind... kinds) {
        Set<String> classes = new LinkedHashSet<>();
        for (EventUse use : column) {
            if (List.of(kinds).contains(use.event().kind())) {
                classes.add(use.event().name().eventClass());
            }
        }
        return classes;
    }
}

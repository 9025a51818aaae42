// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Function;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;

/** What is wrong with single arrows: constraints that cannot be true, or are never known, and an N that nothing can meet. */
final class ArrowFindings {
    private final Ways ways;
    private final Effort effort;
    private final Issues issues;
    private final Set<EventUse> told = Collections.newSetFromMap(new IdentityHashMap<>());

    ArrowFindings(Ways ways, Effort effort, Issues issues) {
        this.ways = ways;
        this.effort = effort;
        this.issues = issues;
    }

    void report() {
        for (Way way : ways.all()) {
            if (way.closed() && told.add(way.to())) {
                never(way);
            }
            if (way.to().event().kind() == EventKind.ERROR) {
                payloadOfError(way.from(), way.to());
                payloadOfError(way.to(), way.to());
            }
        }
        for (int i = 0; i < ways.all().size(); ) {
            i = count(i);
        }
    }

    /** Shows the two terms that contradict each other, if it is two. */
    private void never(Way way) {
        List<Term> source = Terms.conjuncts(way.from());
        List<Term> target = Terms.conjuncts(way.to());
        String arrow =
                "the way from '" + way.from().event() + "' to '" + way.to().event() + "' is closed for ever";
        for (int i = 0; i < source.size() + target.size(); i++) {
            for (int j = 0; j <= i; j++) {
                Term one = j < source.size() ? source.get(j) : target.get(j - source.size());
                Term other = i < source.size() ? source.get(i) : target.get(i - source.size());
                Propositions propositions = Propositions.of(way.from(), way.to());
                Formula both = Formula.both(
                        propositions.formula(one, j < source.size()), propositions.formula(other, i < source.size()));
                if (Satisfiability.never(both, propositions, effort)) {
                    contradiction(one, other, arrow);
                    return;
                }
            }
        }
        issues.add(
                IssueCode.GUARD_NEVER,
                way.to().span(),
                "these constraints are never all true, so " + arrow + "; drop or change one of them");
    }

    private void contradiction(Term one, Term other, String arrow) {
        if (one == other) {
            issues.add(
                    IssueCode.GUARD_NEVER,
                    one.span(),
                    "this is never true, so " + arrow + "; drop the arrow or change the constraint");
        } else {
            issues.add(
                    IssueCode.GUARD_NEVER,
                    other.span(),
                    "this is never true together with another constraint of the arrow, so " + arrow
                            + "; drop or change one of them",
                    new Issue.Note("the other one stands here", one.span()));
        }
    }

    private void payloadOfError(EventUse use, EventUse error) {
        for (Term guard : use.guards()) {
            guard.walk(term -> {
                if (term instanceof Term.Call call && asksPayload(call.function()) && told.add(use)) {
                    issues.add(
                            IssueCode.PAYLOAD_OF_ERROR,
                            call.span(),
                            call.function().word() + " is never known here, so it lets everything pass: '"
                                    + error.event()
                                    + "' is an error and has no payload; ask on the arrow to the ereport");
                }
            });
        }
    }

    private static boolean asksPayload(Function function) {
        return switch (function) {
            case PAYLOADPROP, PAYLOADPROP_DEFINED, PAYLOADPROP_CONTAINS -> true;
            default -> false;
        };
    }

    /** Looks at the arrows of one source event, which stand together; returns where the next ones begin. */
    private int count(int first) {
        Way way = ways.all().get(first);
        Propagation propagation = way.propagation();
        List<EventUse> targets = propagation.columns().get(way.column() + 1);
        int end = first + targets.size();
        long n = way.arrow().n() instanceof Count.Exactly exactly ? exactly.value() : targets.size();
        boolean horizontal = targets.stream().anyMatch(use -> use.path().horizontal())
                || way.from().path().horizontal();
        if (horizontal || n == 0 || Long.compareUnsigned(n, targets.size()) > 0) {
            return end;
        }
        long closed =
                ways.all().subList(first, end).stream().filter(Way::closed).count();
        Way unposted = ways.all().subList(first, end).stream()
                .filter(w -> !w.closed() && ways.unposted(w.to().event()))
                .findFirst()
                .orElse(null);
        long possible = ways.all().subList(first, end).stream()
                .filter(w -> !w.closed() && !ways.unposted(w.to().event()))
                .count();
        if (possible < n && closed < targets.size() && (closed > 0 || unposted != null)) {
            Issue.Note[] notes = unposted == null
                    ? new Issue.Note[0]
                    : new Issue.Note[] {
                        new Issue.Note("nobody posts this one", unposted.to().span())
                    };
            issues.add(
                    IssueCode.COUNT_NEVER,
                    way.arrow().span(),
                    "N is " + way.arrow().n() + " but at most " + possible
                            + " of what stands on the right can follow from '"
                            + way.from().event() + "'; lower N, or use (0) for what may come and must not",
                    notes);
        }
        return end;
    }
}

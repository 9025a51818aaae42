// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.UnaryOp;

/** The additional checks of one resolved propagation: mistakes that compile and then do not do what was meant. */
final class GuardChecks {
    private final Context context;

    GuardChecks(Context context) {
        this.context = context;
    }

    void check(Propagation propagation) {
        for (int i = 0; i < propagation.columns().size(); i++) {
            List<EventUse> sources = propagation.columns().get(Math.max(0, i - 1));
            for (EventUse use : propagation.columns().get(i)) {
                checkUse(use, sources, i == 0);
            }
        }
        for (int i = 0; i < propagation.arrows().size(); i++) {
            checkCounts(
                    propagation.arrows().get(i),
                    propagation.columns().get(i),
                    propagation.columns().get(i + 1));
        }
    }

    private void checkUse(EventUse use, List<EventUse> sources, boolean first) {
        Set<String> guarded = new HashSet<>();
        Set<EventKind> kinds = use.guards().isEmpty() ? Set.of() : PropagationChecks.kinds(sources);
        for (Term guard : use.guards()) {
            condition(guard);
            guard.walk(term -> {
                if (term instanceof Term.Call call) {
                    noteGuard(call, guarded);
                    checkSideEffect(call, kinds);
                    if (call.function() == Function.WITHIN) {
                        context.more(
                                IssueCode.WITHIN_NESTED,
                                call.span(),
                                "within counts only as an item of its own in the braces; here it sets nothing");
                    }
                }
            });
        }
        use.guards().forEach(guard -> guard.walk(term -> checkGuarded(term, guarded)));
        Window window = use.window();
        if (first && window != null && !window.equals(use.event().window())) {
            context.more(IssueCode.WITHIN_USELESS, window.span(), "within has no effect on the left of an arrow");
        }
    }

    private static void noteGuard(Term.Call call, Set<String> guarded) {
        if (call.function() == Function.PAYLOADPROP_DEFINED && call.arguments().get(0) instanceof Term.Text text) {
            guarded.add(text.value());
        }
    }

    private void checkSideEffect(Term.Call call, Set<EventKind> sources) {
        if (!call.function().hasSideEffect()) {
            return;
        }
        if (sources.stream().noneMatch(EventKind::isProblem)) {
            context.more(
                    IssueCode.SIDE_EFFECT_LOST,
                    call.span(),
                    call.function().word() + " is lost here: the arrow does not leave a fault, defect or upset");
        } else if (call.function() == Function.SETPAYLOADPROP && sources.equals(Set.of(EventKind.UPSET))) {
            context.more(
                    IssueCode.PAYLOAD_ON_UPSET, call.span(), "setpayloadprop on an upset, which is never published");
        }
    }

    /** An operand of a comparison or of arithmetic that may be missing from the report. */
    private void checkGuarded(Term term, Set<String> guarded) {
        if (!(term instanceof Term.Binary binary) || binary.op() == BinaryOp.AND || binary.op() == BinaryOp.OR) {
            return;
        }
        for (Term side : List.of(binary.left(), binary.right())) {
            if (side instanceof Term.Call call
                    && call.function() == Function.PAYLOADPROP
                    && call.arguments().get(0) instanceof Term.Text member
                    && !guarded.contains(member.value())) {
                context.more(
                        IssueCode.PAYLOAD_UNGUARDED,
                        call.span(),
                        "where a report has no '" + member.value() + "' this is undefined, so not true; "
                                + "payloadprop_defined(\"" + member.value() + "\") && ... says so");
            }
        }
    }

    /** A term whose truth is asked for. */
    private void condition(Term term) {
        if (term instanceof Term.Binary binary && (binary.op() == BinaryOp.AND || binary.op() == BinaryOp.OR)) {
            condition(binary.left());
            condition(binary.right());
        } else if (term instanceof Term.Unary unary && unary.op() == UnaryOp.NOT) {
            condition(unary.operand());
        } else if (term instanceof Term.Conditional conditional) {
            condition(conditional.condition());
            condition(conditional.whenTrue());
            condition(conditional.whenFalse());
        } else if (isTextOrPath(term) && context.has(Decision.WARN_TEXT_AS_CONDITION)) {
            context.add(
                    IssueCode.TEXT_AS_CONDITION,
                    term.span(),
                    "a string or path is always true; compare it with something");
        }
    }

    private static boolean isTextOrPath(Term term) {
        if (term instanceof Term.Call call) {
            return switch (call.function()) {
                case CONFPROP, IS_TYPE, CAT, CALL, FRU, ASRU -> true;
                default -> false;
            };
        }
        return term instanceof Term.Text || term instanceof Term.PathTerm;
    }

    private void checkCounts(Arrow arrow, List<EventUse> sources, List<EventUse> targets) {
        if (arrow.n() instanceof Count.Exactly n && tooMany(n, targets)) {
            context.more(
                    IssueCode.COUNT_UNREACHABLE,
                    arrow.span(),
                    "N is " + n + " but the list has " + targets.size() + "; the source can never be credible");
        }
        if (arrow.k() instanceof Count.Exactly k && tooMany(k, sources)) {
            context.more(
                    IssueCode.COUNT_UNREACHABLE,
                    arrow.span(),
                    "K is " + k + " but the list has " + sources.size() + "; the target can never happen");
        }
    }

    private static boolean tooMany(Count.Exactly count, List<EventUse> events) {
        return Long.compareUnsigned(count.value(), events.size()) > 0
                && events.stream().noneMatch(use -> use.path().horizontal());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.Function;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;
import org.jspecify.annotations.Nullable;

/** Whether some answers make a formula true, by trying them; answers must fit each other as far as they are understood. */
final class Satisfiability {
    private static final int MOST_QUESTIONS = 24;

    private final Formula formula;
    private final List<Propositions.Question> questions;
    private final @Nullable Boolean[] answers;
    private final Effort effort;
    private final long size;

    private Satisfiability(Formula formula, Propositions propositions, Effort effort) {
        this.formula = formula;
        this.questions = propositions.questions();
        this.answers = new Boolean[questions.size()];
        this.effort = effort;
        this.size = formula.size();
    }

    /** True only if no answers make the formula true. */
    static boolean never(Formula formula, Propositions propositions, Effort effort) {
        if (formula instanceof Formula.Constant constant) {
            return !constant.value();
        }
        return propositions.questions().size() <= MOST_QUESTIONS
                && !new Satisfiability(formula, propositions, effort).possible(0);
    }

    /** Whether the answers given so far can be completed; true too where that takes too long to find out. */
    private boolean possible(int next) {
        if (!effort.spend(size)) {
            return true;
        }
        Boolean value = formula.value(question -> answers[question]);
        if (value != null && !value) {
            return false;
        }
        if (!consistent()) {
            return false;
        }
        if (value != null || next == answers.length) {
            return true;
        }
        for (Boolean answer : List.of(Boolean.TRUE, Boolean.FALSE)) {
            answers[next] = answer;
            if (possible(next + 1)) {
                return true;
            }
        }
        answers[next] = null;
        return false;
    }

    /** Numbers compared with one expression. Unsigned, so kept with the sign bit turned. */
    private static final class Range {
        private long least = Long.MIN_VALUE;
        private long most = Long.MAX_VALUE;
        private boolean empty;
        private final Set<Long> holes = new HashSet<>();

        void add(BinaryOp op, long bound, boolean left, boolean holds) {
            long number = bound ^ Long.MIN_VALUE;
            if (op == BinaryOp.EQ) {
                if (holds) {
                    least = Math.max(least, number);
                    most = Math.min(most, number);
                } else {
                    holes.add(number);
                }
            } else if (left) { // expression < bound, or not
                atMost(holds, number);
                least = holds ? least : Math.max(least, number);
            } else { // bound < expression, or not
                atLeast(holds, number);
                most = holds ? most : Math.min(most, number);
            }
        }

        private void atMost(boolean holds, long number) {
            if (holds) {
                empty |= number == Long.MIN_VALUE;
                most = number == Long.MIN_VALUE ? most : Math.min(most, number - 1);
            }
        }

        private void atLeast(boolean holds, long number) {
            if (holds) {
                empty |= number == Long.MAX_VALUE;
                least = number == Long.MAX_VALUE ? least : Math.max(least, number + 1);
            }
        }

        boolean possible() {
            if (empty || least > most) {
                return false;
            }
            long candidate = least;
            while (holes.contains(candidate)) {
                if (candidate == most) {
                    return false;
                }
                candidate++;
            }
            return true;
        }
    }

    /**
     * Whether the answers fit each other. A member that is not there is not contained in anything, and no comparison with it
     * is true; then its number need not exist either.
     */
    private boolean consistent() {
        Set<String> lacks = new HashSet<>();
        for (int i = 0; i < answers.length; i++) {
            Term term = questions.get(i).term();
            if (term != null && Boolean.FALSE.equals(answers[i])) {
                lacks.add(plainMember(term, Function.PAYLOADPROP_DEFINED));
            }
        }
        lacks.remove("");
        Map<String, Range> ranges = new HashMap<>();
        for (int i = 0; i < answers.length; i++) {
            Term term = questions.get(i).term();
            Boolean answer = answers[i];
            if (term == null || answer == null) {
                continue;
            }
            if (asksFor(term, lacks)) {
                if (answer) {
                    return false;
                }
            } else if (term instanceof Term.Binary binary) {
                number(binary, answer, questions.get(i).text(), ranges);
            }
        }
        return ranges.values().stream().allMatch(Range::possible);
    }

    private static boolean asksFor(Term term, Set<String> members) {
        if (members.isEmpty()) {
            return false;
        }
        if (term instanceof Term.Binary binary) {
            boolean comparison = binary.op() == BinaryOp.EQ || binary.op() == BinaryOp.LT;
            return comparison
                    && (members.contains(plainMember(binary.left(), Function.PAYLOADPROP))
                            || members.contains(plainMember(binary.right(), Function.PAYLOADPROP)));
        }
        return members.contains(plainMember(term, Function.PAYLOADPROP_CONTAINS))
                || members.contains(plainMember(term, Function.PAYLOADPROP));
    }

    /** Only plain names: with a dot or an index two functions read one text differently. Empty for anything else. */
    private static String plainMember(Term term, Function function) {
        String member = Terms.member(term, function);
        return member.matches("[A-Za-z0-9_-]+") ? member : "";
    }

    private static void number(Term.Binary binary, boolean holds, String text, Map<String, Range> ranges) {
        String side = text.startsWith("<") || text.startsWith(">") ? text.substring(0, 1) : "";
        if (binary.op() != BinaryOp.EQ && binary.op() != BinaryOp.LT) {
            return;
        }
        if (binary.right() instanceof Term.Num bound) {
            ranges.computeIfAbsent(side + binary.left(), key -> new Range())
                    .add(binary.op(), bound.value(), true, holds);
        } else if (binary.left() instanceof Term.Num bound) {
            ranges.computeIfAbsent(side + binary.right(), key -> new Range())
                    .add(binary.op(), bound.value(), false, holds);
        }
    }
}

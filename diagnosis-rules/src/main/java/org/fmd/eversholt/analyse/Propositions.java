// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Function;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * The questions that the constraints of one arrow ask, and the constraints as formulas over them. Two equal questions get one
 * number, since for one arrow and one report they have one answer. A question whose answer may differ from one time to the
 * next (a variable, a call) is a new one each time, and so is one that can never be answered: an error has no payload.
 *
 * <p>Undefined answers need no value of their own: where undefined answers make a constraint true, any answers in their place
 * do, since the connectives are Kleene's.
 */
final class Propositions {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private final boolean payloadKnown;
    private final boolean onePlace;

    /**
     * A question.
     *
     * @param text equal for equal questions
     * @param term what asks it, null where nothing is known of the answer
     */
    record Question(String text, @Nullable Term term) {}

    private Propositions(boolean payloadKnown, boolean onePlace) {
        this.payloadKnown = payloadKnown;
        this.onePlace = onePlace;
    }

    static Propositions of(EventUse from, EventUse to) {
        return new Propositions(
                to.event().kind() == EventKind.EREPORT, from.path().equals(to.path()));
    }

    List<Question> questions() {
        return questions;
    }

    String text(int question) {
        return questions.get(question).text;
    }

    /** All of the guards of an event, taken together. */
    Formula all(EventUse use, boolean source) {
        Formula all = Formula.of(true);
        for (Term guard : use.guards()) {
            all = Formula.both(all, formula(guard, source));
        }
        return all;
    }

    Formula formula(Term term, boolean source) {
        if (term instanceof Term.Num number) {
            return Formula.of(number.value() != 0);
        }
        if (term instanceof Term.Text) {
            return Formula.of(true);
        }
        if (term instanceof Term.Unary unary && unary.op() == UnaryOp.NOT) {
            return Formula.not(formula(unary.operand(), source));
        }
        if (term instanceof Term.Binary binary) {
            return binary(binary, source);
        }
        if (term instanceof Term.Call call && (call.function().hasSideEffect() || call.function() == Function.WITHIN)) {
            return Formula.of(true);
        }
        return ask(term.toString(), term, source);
    }

    private Formula binary(Term.Binary binary, boolean source) {
        Term left = binary.left();
        Term right = binary.right();
        return switch (binary.op()) {
            case AND -> Formula.both(formula(left, source), formula(right, source));
            case OR -> Formula.either(formula(left, source), formula(right, source));
            case NE -> Formula.not(compare(BinaryOp.EQ, left, right, binary, source));
            case EQ -> compare(BinaryOp.EQ, left, right, binary, source);
            case LT -> compare(BinaryOp.LT, left, right, binary, source);
            case GE -> Formula.not(compare(BinaryOp.LT, left, right, binary, source));
            case GT -> compare(BinaryOp.LT, right, left, binary, source);
            case LE -> Formula.not(compare(BinaryOp.LT, right, left, binary, source));
            default -> ask(binary.toString(), binary, source);
        };
    }

    /** Equality has no direction, and what is greater is the other's less: one question for each pair. */
    private Formula compare(BinaryOp op, Term left, Term right, Term.Binary whole, boolean source) {
        // Comparing an unset variable sets it, so which side it stands on matters; such questions are never equal
        // anyway.
        boolean turn = op == BinaryOp.EQ
                && !(right instanceof Term.Num)
                && (left instanceof Term.Num || left.toString().compareTo(right.toString()) > 0);
        Term.Binary asked =
                turn ? new Term.Binary(op, right, left, whole.span()) : new Term.Binary(op, left, right, whole.span());
        return ask(asked.toString(), asked, source);
    }

    private Formula ask(String text, Term term, boolean source) {
        Nature nature = Nature.of(term);
        boolean settled = nature.steady() && (payloadKnown || !nature.late());
        if (!settled) {
            return add("#" + questions.size() + " " + text, null);
        }
        // A path in a function is looked for beside its own event first, so the two ends may mean two components.
        String key = nature.places() && !onePlace ? (source ? "<" : ">") + text : text;
        Integer known = numbers.get(key);
        if (known != null) {
            return new Formula.Atom(known);
        }
        numbers.put(key, questions.size());
        return add(key, term);
    }

    private Formula add(String text, @Nullable Term term) {
        questions.add(new Question(text, term));
        return new Formula.Atom(questions.size() - 1);
    }

    /**
     * What an answer depends on.
     *
     * @param steady it is the same whenever the question is asked in one exercise
     * @param late it is not known before the target has come
     * @param places it depends on a component named by a path
     */
    record Nature(boolean steady, boolean late, boolean places) {
        static Nature of(Term term) {
            boolean[] found = new boolean[3];
            term.walk(part -> {
                if (part instanceof Term.Call call) {
                    found[0] |= call.function() == Function.CALL
                            || call.function() == Function.CONFCALL
                            || call.function() == Function.ENVPROP
                            || call.function() == Function.DEFINED
                            || call.function().hasSideEffect();
                    found[1] |= call.function().when() == Function.When.RUN;
                }
                found[0] |= part instanceof Term.Global
                        || part instanceof Term.Assign
                        || part instanceof Term.Unevaluable
                        || part instanceof Term.Conditional;
                found[2] |= part instanceof Term.PathTerm || part instanceof Term.Counter;
            });
            return new Nature(!found[0], found[1], found[2]);
        }
    }
}

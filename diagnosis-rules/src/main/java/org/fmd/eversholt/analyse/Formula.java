// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A constraint as and, not (an or is made of these) over questions, which are numbers into {@link Propositions}. */
sealed interface Formula {
    /** True or false whatever is asked. */
    record Constant(boolean value) implements Formula {}

    record Atom(int question) implements Formula {}

    record Not(Formula operand) implements Formula {}

    record Both(Formula left, Formula right) implements Formula {}

    static Formula of(boolean value) {
        return new Constant(value);
    }

    static Formula not(Formula operand) {
        if (operand instanceof Constant constant) {
            return of(!constant.value);
        }
        return operand instanceof Not not ? not.operand : new Not(operand);
    }

    static Formula both(Formula left, Formula right) {
        if (left instanceof Constant constant) {
            return constant.value ? right : of(false);
        }
        if (right instanceof Constant constant) {
            return constant.value ? left : of(false);
        }
        return new Both(left, right);
    }

    static Formula either(Formula left, Formula right) {
        return not(both(not(left), not(right)));
    }

    /** Its value when some questions are answered, null where they do not decide it (three-valued, Kleene). */
    default @Nullable Boolean value(IntFunction<@Nullable Boolean> answers) {
        if (this instanceof Constant constant) {
            return constant.value;
        }
        if (this instanceof Atom atom) {
            return answers.apply(atom.question);
        }
        if (this instanceof Not not) {
            Boolean operand = not.operand.value(answers);
            return operand == null ? null : Boolean.valueOf(!operand);
        }
        Both both = (Both) this;
        Boolean first = both.left.value(answers);
        if (first != null && !first) {
            return false;
        }
        Boolean second = both.right.value(answers);
        if (second != null && !second) {
            return false;
        }
        return (first == null || second == null) ? null : Boolean.TRUE;
    }

    /** How many parts it has. */
    default long size() {
        if (this instanceof Not not) {
            return 1 + not.operand.size();
        }
        if (this instanceof Both both) {
            return 1 + both.left.size() + both.right.size();
        }
        return 1;
    }

    /** The parts that must all hold, as texts in alphabetical order; equal sets mean the same. */
    default SortedSet<String> conjuncts(IntFunction<String> questions) {
        SortedSet<String> into = new TreeSet<>();
        collect(this, questions, into);
        return into;
    }

    private static void collect(Formula formula, IntFunction<String> questions, SortedSet<String> into) {
        if (formula instanceof Both both) {
            collect(both.left, questions, into);
            collect(both.right, questions, into);
        } else if (!formula.equals(of(true))) {
            into.add(formula.text(questions));
        }
    }

    private String text(IntFunction<String> questions) {
        if (this instanceof Atom atom) {
            return questions.apply(atom.question);
        }
        if (this instanceof Not not) {
            return "!(" + not.operand.text(questions) + ")";
        }
        if (this instanceof Both both) {
            return "(" + both.left.text(questions) + " && " + both.right.text(questions) + ")";
        }
        return toString();
    }
}

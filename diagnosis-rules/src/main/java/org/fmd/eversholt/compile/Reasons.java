// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.UnaryOp;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** Puts into words why a condition has the truth that it has, with the values of its operands. */
final class Reasons {
    private final Function<Term, Value> values;
    private final @Nullable NvList payload;

    /** @param values evaluates a part of the condition */
    Reasons(Function<Term, Value> values, @Nullable NvList payload) {
        this.values = values;
        this.payload = payload;
    }

    /** Why the term came to that; what it asked about may have changed since. */
    String why(Term term, Truth was) {
        return values.apply(term).truth() == was ? why(term, true) : term + " was " + said(was) + " when it was asked";
    }

    /** Why the term is true, false, not known yet or undefined, where one of the first two is wanted. */
    private String why(Term term, boolean wanted) {
        Truth truth = values.apply(term).truth();
        if (truth == Truth.DEFERRED) {
            return "not known before the ereport comes: " + term;
        }
        if (term instanceof Term.Unary not && not.op() == UnaryOp.NOT) {
            return truth == Truth.UNDEFINED ? undefined(not.operand()) : why(not.operand(), !wanted);
        }
        if (term instanceof Term.Binary binary) {
            return binary.op() == BinaryOp.AND || binary.op() == BinaryOp.OR
                    ? junction(binary, truth, wanted)
                    : operator(binary, truth, wanted);
        }
        if (truth == Truth.UNDEFINED) {
            return undefined(term);
        }
        return term instanceof Term.Call call ? call(call, truth == Truth.TRUE, wanted) : term + " is " + said(truth);
    }

    /** Of an {@code &&} that is false the side that is false, of an {@code ||} that is true the side that is true; else both. */
    private String junction(Term.Binary both, Truth truth, boolean wanted) {
        Truth decisive = both.op() == BinaryOp.AND ? Truth.FALSE : Truth.TRUE;
        if (truth == decisive) {
            boolean left = values.apply(both.left()).truth() == decisive;
            return why(left ? both.left() : both.right(), wanted);
        }
        Set<String> words = new LinkedHashSet<>();
        sides(both, both.op(), wanted, words);
        return String.join(", and ", words);
    }

    private void sides(Term term, BinaryOp op, boolean wanted, Set<String> words) {
        if (term instanceof Term.Binary both && both.op() == op) {
            sides(both.left(), op, wanted, words);
            sides(both.right(), op, wanted, words);
        } else {
            words.add(why(term, wanted));
        }
    }

    private String operator(Term.Binary binary, Truth truth, boolean wanted) {
        Value left = values.apply(binary.left());
        Value right = values.apply(binary.right());
        if (left instanceof Value.Absent) {
            boolean known = !(right instanceof Value.Absent);
            return undefined(binary.left()) + (known ? wanted(binary.op(), right, wanted) : "");
        }
        if (right instanceof Value.Absent) {
            return undefined(binary.right());
        }
        if (truth == Truth.UNDEFINED) {
            return Operators.problem(binary.op(), left, right);
        }
        boolean constant = binary.right() instanceof Term.Num || binary.right() instanceof Term.Text;
        String other = constant ? "" : ", " + name(binary.right()) + " is " + shown(right);
        String end = (truth == Truth.TRUE) == wanted ? "" : wanted(binary.op(), right, wanted);
        return name(binary.left()) + " is " + shown(left) + other + end;
    }

    private static String wanted(BinaryOp op, Value right, boolean wanted) {
        return ", wanted " + (wanted ? "" : "not ") + wanted(op) + shown(right);
    }

    private static String wanted(BinaryOp op) {
        return switch (op) {
            case EQ -> "";
            case NE -> "anything but ";
            case LT -> "less than ";
            case LE -> "at most ";
            case GT -> "more than ";
            case GE -> "at least ";
            default -> op.symbol() + " ";
        };
    }

    private String call(Term.Call call, boolean holds, boolean wanted) {
        Term first = call.arguments().isEmpty() ? call : call.arguments().get(0);
        return switch (call.function()) {
            case PAYLOADPROP_CONTAINS ->
                contains(((Term.Text) first).value(), call.arguments().get(1), holds, wanted);
            case PAYLOADPROP_DEFINED ->
                "the payload has " + (holds ? "a" : "no") + " member '" + ((Term.Text) first).value() + "'";
            case CONFPROP_DEFINED ->
                place(first) + " has " + (holds ? "a" : "no") + " property "
                        + call.arguments().get(1);
            case IS_PRESENT -> place(first) + " is " + (holds ? "" : "not ") + "there";
            case IS_ON -> place(first) + " is " + (holds ? "" : "not ") + "on";
            case IS_UNDER -> place(call.arguments().get(1)) + " is " + (holds ? "" : "not ") + "under " + place(first);
            case IS_CONNECTED ->
                place(first) + " is " + (holds ? "" : "not ") + "connected to "
                        + place(call.arguments().get(1));
            case HAS_FAULT ->
                place(first) + " has " + (holds ? "an" : "no") + " open fault "
                        + call.arguments().get(1);
            default -> name(call) + " is " + (holds ? "true" : "false");
        };
    }

    private String contains(String member, Term asked, boolean holds, boolean wanted) {
        Value want = values.apply(asked);
        NvValue have = payload == null ? null : payload.get(member);
        String found = have == null
                ? "the payload has no member '" + member + "'"
                : "payload member '" + member + "' is " + shown(have);
        return holds == wanted ? found : found + ", wanted " + (wanted ? shown(want) : "anything else");
    }

    private String undefined(Term term) {
        if (payload != null
                && term instanceof Term.Call call
                && call.function() == org.fmd.eversholt.check.Function.PAYLOADPROP
                && call.arguments().get(0) instanceof Term.Text member
                && payload.get(member.value()) == null) {
            return "the payload has no member '" + member.value() + "'";
        }
        return name(term) + " has no value here";
    }

    /** How people call what a part stands for. */
    private String name(Term term) {
        if (term instanceof Term.Call call && !call.arguments().isEmpty()) {
            Term first = call.arguments().get(0);
            switch (call.function()) {
                case PAYLOADPROP -> {
                    return "payload member '" + ((Term.Text) first).value() + "'";
                }
                case CONFPROP -> {
                    return "property " + call.arguments().get(1) + " of " + place(first);
                }
                case IS_TYPE -> {
                    return "type of " + place(first);
                }
                case COUNT -> {
                    return "counter " + first;
                }
                default -> {
                    return call.toString();
                }
            }
        }
        return term instanceof Term.Binary sum && sum.right() instanceof Term.Num zero && zero.value() == 0
                ? name(sum.left())
                : term.toString();
    }

    private String place(Term term) {
        Term inner = term instanceof Term.Call call && !call.arguments().isEmpty()
                ? call.arguments().get(0)
                : term;
        Value value = values.apply(inner);
        return value instanceof Value.Place place ? place.path().toString() : inner.toString();
    }

    private static String said(Truth truth) {
        return truth == Truth.TRUE ? "true" : "false";
    }

    private static String shown(Value value) {
        if (value instanceof Value.Num number) {
            return Long.toUnsignedString(number.bits());
        }
        return value instanceof Value.Absent ? "nothing" : "'" + value.text() + "'";
    }

    private static String shown(NvValue value) {
        Value plain = PayloadMember.value(value);
        return plain instanceof Value.Absent ? value.toString() : shown(plain);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.SourceFile;
import org.junit.jupiter.api.Test;

/** Constraints that can never be true, against a table of all small payloads. */
class SatisfiabilityTest {
    private static boolean never(String constraint) {
        Program program = Compiler.ours()
                .compile(List.of(new SourceFile("r.esc", """
                        event fault.f@d; event ereport.r@d;
                        prop fault.f@d -> ereport.r@d { %s };
                        """.formatted(constraint))))
                .programOrThrow();
        List<List<EventUse>> columns = program.propagations().get(0).columns();
        EventUse from = columns.get(0).get(0);
        EventUse to = columns.get(1).get(0);
        Propositions propositions = Propositions.of(from, to);
        return Satisfiability.never(propositions.all(to, false), propositions, new Effort());
    }

    private static final String N = "payloadprop(\"n\")";

    @Test
    void numbersAreOrdered() {
        for (String impossible : List.of(
                N + " < 3 && " + N + " > 3",
                N + " == 3 && " + N + " != 3",
                N + " == 3, " + N + " == 4",
                N + " > 3 && 5 > " + N + " && " + N + " != 4",
                N + " < 0",
                N + " > 0xffffffffffffffff",
                "3 == " + N + " && " + N + " <= 2",
                "!payloadprop_defined(\"n\") && " + N + " == 1",
                "payloadprop_contains(\"n\", 1) && !payloadprop_defined(\"n\")",
                "!(" + N + " == 1 || 1)",
                "setserdn(1) && 0")) {
            assertTrue(never(impossible), impossible);
        }
    }

    @Test
    void whatMayHoldIsNotAccused() {
        for (String possible : List.of(
                N + " >= 3 && " + N + " <= 3",
                N + " > 3 && 6 > " + N + " && " + N + " != 4",
                "payloadprop_contains(\"n\", 1) && payloadprop_contains(\"n\", 2)",
                N + " == \"a\" && " + N + " == \"b\"",
                "$x && !$x",
                "!payloadprop_defined(\"n\") || " + N + " == 1",
                "!payloadprop_defined(\"n\") && !(" + N + " < 5 && " + N + " >= 5)",
                "(" + N + " == 1 ? 1 : 0) && " + N + " != 1")) {
            assertFalse(never(possible), possible);
        }
    }

    /** A question and its answer for a payload with members m (a set of x and y, or absent: -1) and n (absent: -1). */
    private record Answer(String text, Truth truth) {
        interface Truth {
            /** Null for undefined. */
            Boolean of(int m, int n);
        }
    }

    private static final List<Answer> QUESTIONS = List.of(
            new Answer("payloadprop_contains(\"m\", \"x\")", (m, n) -> m > 0 && (m & 1) != 0),
            new Answer("payloadprop_contains(\"m\", \"y\")", (m, n) -> m > 0 && (m & 2) != 0),
            new Answer("payloadprop_defined(\"m\")", (m, n) -> m >= 0),
            new Answer("payloadprop_defined(\"n\")", (m, n) -> n >= 0),
            new Answer(N + " == 2", (m, n) -> n < 0 ? null : Boolean.valueOf(n == 2)),
            new Answer(N + " != 3", (m, n) -> n < 0 ? null : Boolean.valueOf(n != 3)),
            new Answer(N + " < 2", (m, n) -> n < 0 ? null : Boolean.valueOf(n < 2)),
            new Answer(N + " >= 3", (m, n) -> n < 0 ? null : Boolean.valueOf(n >= 3)));

    /** A constraint made at random and its value, three-valued. */
    private record Sample(String text, Answer.Truth truth) {
        static Sample of(Random random, int depth) {
            int kind = depth == 0 ? 0 : random.nextInt(4);
            if (kind == 0) {
                Answer answer = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
                return new Sample(answer.text, answer.truth);
            }
            Sample left = of(random, depth - 1);
            if (kind == 1) {
                return new Sample("!(" + left.text + ")", (m, n) -> {
                    Boolean value = left.truth.of(m, n);
                    return value == null ? null : Boolean.valueOf(!value);
                });
            }
            Sample right = of(random, depth - 1);
            boolean or = kind == 2;
            return new Sample(
                    "(" + left.text + (or ? " || " : " && ") + right.text + ")",
                    (m, n) -> combined(left.truth.of(m, n), right.truth.of(m, n), or));
        }

        private static Boolean combined(Boolean left, Boolean right, boolean decisive) {
            if ((left != null && left == decisive) || (right != null && right == decisive)) {
                return decisive;
            }
            return (left == null || right == null) ? null : Boolean.valueOf(!decisive);
        }

        boolean holdsSomewhere() {
            for (int m = -1; m < 4; m++) {
                for (int n = -1; n < 6; n++) {
                    if (Boolean.TRUE.equals(truth.of(m, n))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    @Test
    void agreesWithATruthTable() {
        int impossible = 0;
        for (long seed = 0; seed < 4_000; seed++) {
            Sample sample = Sample.of(new Random(seed), 4);
            boolean never = never(sample.text);
            String about = "seed " + seed + ": " + sample.text;
            assertTrue(!never || !sample.holdsSomewhere(), about);
            impossible += never ? 1 : 0;
        }
        assertTrue(impossible > 100, "impossible: " + impossible);
    }
}

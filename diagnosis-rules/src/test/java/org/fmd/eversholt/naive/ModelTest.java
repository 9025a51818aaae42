// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.eft.Vector;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The engine and the naive one give the same outcomes in the same order, whatever the rules, the machine and the ereports.
 * {@code -Dfmd.model.cases=100000 -Dfmd.model.seed=1} says how many cases and from which seed on; {@code etc/dev/model-test} does
 * that.
 */
class ModelTest {
    private static final int CASES = Integer.getInteger("fmd.model.cases", 1500);
    private static final long SEED = Long.getLong("fmd.model.seed", 1);

    private static final List<String> ALL = List.of(
            "acquitted",
            "closed-no-suspects",
            "duplicate",
            "engine-fired",
            "evaluation-error",
            "not-subscribed",
            "repaired",
            "solved",
            "undiagnosable all-hypotheses-disproved",
            "undiagnosable class-and-path-incompatible",
            "undiagnosable event-not-in-instance-tree",
            "undiagnosable no-path-for-detector",
            "undiagnosable path-not-in-topology",
            "undiagnosable too-many-open-exercises",
            "unfinished");

    @Test
    void bothEnginesConcludeTheSame() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            RandomCase one = RandomCase.of(seed);
            Program program = compile(one);
            assertNotNull(program, () -> "seed " + one.seed() + " does not compile");
            Object real = run(one, program, DiagnosisRun::run);
            if (differ(one, real, run(one, program, NaiveRun::run))) {
                fail(report(shrink(one)));
            }
            count(real, kinds);
        }
        if (System.getProperty("fmd.model.cases") != null) {
            System.out.println(CASES + " cases from seed " + SEED + ": " + kinds);
        }
        assertTrue(CASES < 1000 || kinds.keySet().containsAll(ALL), () -> "too few kinds of outcomes: " + kinds);
    }

    static @Nullable Program compile(RandomCase one) {
        String text = String.join("\n", one.statements()) + "\n";
        return new Compiler(one.dialect(), Sources.none(), List.of())
                .compile(List.of(new SourceFile("rules.esc", text)))
                .program();
    }

    /** The outcomes, or what was thrown. */
    static Object run(RandomCase one, Program program, Vector.Engine engine) {
        Topology topology = RunFiles.topology(one.topology());
        List<RunInput> inputs = RunFiles.inputs(one.inputs());
        try {
            return engine.run(program, topology, inputs, one.settings()).stream()
                    .map(ModelTest::comparable)
                    .toList();
        } catch (RuntimeException | StackOverflowError thrown) {
            return thrown.toString();
        }
    }

    /** Texts for people may differ. */
    private static Map<String, Object> comparable(Map<String, Object> outcome) {
        Map<String, Object> comparable = new LinkedHashMap<>(outcome);
        comparable.remove("why");
        comparable.remove("about");
        return comparable;
    }

    static void count(Object outcomes, Map<String, Integer> kinds) {
        if (outcomes instanceof List<?> list) {
            for (Object outcome : list) {
                Map<?, ?> members = (Map<?, ?>) outcome;
                Object reason = members.get("reason");
                kinds.merge(members.get("kind") + (reason == null ? "" : " " + reason), 1, Integer::sum);
            }
        }
    }

    // ---- a difference --------------------------------------------------------------------------

    static boolean differs(RandomCase one) {
        Program program = compile(one);
        return program != null && differ(one, run(one, program, DiagnosisRun::run), run(one, program, NaiveRun::run));
    }

    private static boolean differ(RandomCase one, Object real, Object naive) {
        if (!(real instanceof List<?> realOutcomes && naive instanceof List<?> naiveOutcomes)) {
            return true;
        }
        List<?> got = conclusions(realOutcomes);
        List<?> expected = conclusions(naiveOutcomes);
        if (one.dialect().equals(Dialect.OURS)) {
            return !got.equals(expected) || !errorsAgree(real, naive);
        }
        // An error stops the reference's engine; what comes after it is compared with nothing.
        int last = expected.size();
        for (int i = 0; i < naiveOutcomes.size() && last == expected.size(); i++) {
            last = isError(naiveOutcomes.get(i)) ? i : last;
        }
        boolean whole = last == expected.size();
        return whole ? !got.equals(expected) : !start(got, last).equals(start(expected, last));
    }

    private static List<?> start(List<?> all, int size) {
        return all.subList(0, Math.min(all.size(), size));
    }

    private static List<?> conclusions(List<?> outcomes) {
        return outcomes.stream().filter(o -> !isError(o)).toList();
    }

    private static boolean isError(Object outcome) {
        return outcome instanceof Map<?, ?> members && "evaluation-error".equals(members.get("kind"));
    }

    /** All errors that the engine tells of were met; it evaluates less, and so may meet fewer. */
    private static boolean errorsAgree(Object real, Object naive) {
        return places(naive).containsAll(places(real));
    }

    private static Set<Object> places(Object outcomes) {
        Set<Object> places = new HashSet<>();
        for (Object outcome : outcomes instanceof List<?> list ? list : List.of()) {
            if (isError(outcome)) {
                // The line: which part of an expression is to blame is a matter of taste.
                places.add(String.valueOf(((Map<?, ?>) outcome).get("place")).replaceFirst(":[0-9]+$", ""));
            }
        }
        return places;
    }

    /** Leaves out inputs, nodes and statements as long as the difference stays. */
    static RandomCase shrink(RandomCase big) {
        RandomCase small = big;
        for (int round = 0; round < 3; round++) {
            RandomCase now = small;
            now = now.withInputs(fewer(now.inputs(), now::withInputs));
            RandomCase fewInputs = now;
            now = now.with(fewer(now.statements(), fewInputs::with));
            RandomCase fewStatements = now;
            small = now.withTopology(fewer(now.topology(), fewStatements::withTopology));
        }
        return small;
    }

    private static <T> List<T> fewer(List<T> all, Function<List<T>, RandomCase> with) {
        Predicate<List<T>> stays = list -> {
            try {
                return differs(with.apply(list));
            } catch (IllegalArgumentException noTree) {
                return false;
            }
        };
        List<T> left = new ArrayList<>(all);
        for (int i = left.size() - 1; i >= 0; i--) {
            List<T> without = new ArrayList<>(left);
            without.remove(i);
            if (stays.test(without)) {
                left = without;
            }
        }
        return left;
    }

    static String report(RandomCase one) {
        Program program = compile(one);
        StringBuilder text = new StringBuilder("seed " + one.seed() + " (shrunk), "
                + (one.dialect().equals(Dialect.OURS) ? "our dialect" : "the reference's dialect") + "\n"
                + one.settings() + "\n\n" + String.join("\n", one.statements()) + "\n\n");
        one.topology().forEach(node -> text.append(Json.write(node)).append('\n'));
        text.append('\n');
        one.inputs().forEach(input -> text.append(Json.write(input)).append('\n'));
        if (program != null) {
            text.append("\nengine:\n").append(lines(run(one, program, DiagnosisRun::run)));
            text.append("\nnaive:\n").append(lines(run(one, program, NaiveRun::run)));
        }
        return text.toString();
    }

    private static String lines(Object outcomes) {
        StringBuilder text = new StringBuilder();
        for (Object outcome : outcomes instanceof List<?> list ? list : List.of(outcomes)) {
            text.append("  ").append(outcome).append('\n');
        }
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded runs of the reference engine. */
class DiagnosisVectorsTest {
    private static final Path VECTORS = Path.of(System.getProperty("fmd.fixtures"), "diagnosis-vectors");

    @TestFactory
    Stream<DynamicTest> theReferencesDialectGivesTheReferencesOutcomes() throws IOException {
        return Vector.all(VECTORS).map(v -> dynamicTest(v.name(), () -> check(v, Dialect.REFERENCE)));
    }

    private static void check(Vector vector, Dialect dialect) {
        List<String> expected = vector.expected();
        List<String> outcomes = vector.run(dialect);
        if (expected.stream().noneMatch(o -> o.contains("kind=engine-abort"))) {
            assertEquals(expected, outcomes);
        } else {
            // Where a rule stops the reference engine ours goes on without it, says so, and concludes nothing from it.
            assertTrue(outcomes.stream().anyMatch(o -> o.contains("kind=evaluation-error")), outcomes::toString);
            assertTrue(outcomes.stream().noneMatch(o -> o.contains("kind=solved")), outcomes::toString);
        }
    }

    /** The vectors that end differently in our dialect, each with the decision that makes the difference. */
    private static final Map<String, Decision> OURS = Map.ofEntries(
            Map.entry("all-of-two-second-in-time", Decision.UNIFORM_HESITATION),
            Map.entry("all-of-two-second-on-other-disk", Decision.UNIFORM_HESITATION),
            Map.entry("cascade-through-errors", Decision.UNIFORM_HESITATION),
            Map.entry("hesitation-option", Decision.UNIFORM_HESITATION),
            Map.entry("if-has-no-effect", Decision.REFUSE_IF),
            Map.entry("k-two-reached-by-two-paths", Decision.REUSE_CAUSE_RESULTS),
            Map.entry("k-two-with-two-faults-on-both-paths", Decision.REUSE_CAUSE_RESULTS),
            Map.entry("list-order-three-middle-first", Decision.UNIFORM_HESITATION),
            Map.entry("n-arithmetic-at-run-time", Decision.FOLD_CONSTANTS),
            Map.entry("out-of-order-first-ereport-sets-timer-base", Decision.UNIFORM_HESITATION),
            Map.entry("partial-overlap-duplicate-acquits", Decision.PRUNE_ALL_SOURCES),
            Map.entry("property-only-visible-on-components-the-rules-name", Decision.ALL_PROPERTIES_VISIBLE),
            Map.entry("same-prefix-kept-on-both-sides", Decision.UNIFORM_HESITATION),
            Map.entry("serd-on-bay-fed-by-two-disks", Decision.UNIFORM_HESITATION),
            Map.entry("two-of-three-met", Decision.UNIFORM_HESITATION),
            Map.entry("two-of-three-with-within", Decision.UNIFORM_HESITATION),
            Map.entry("within-on-prop-overrides-declaration", Decision.UNIFORM_HESITATION),
            Map.entry("zero-n-is-optional", Decision.UNIFORM_HESITATION));

    @TestFactory
    Stream<DynamicTest> ourDialectDiffersWhereADecisionSaysSoAndNowhereElse() throws IOException {
        return Vector.all(VECTORS)
                .map(v -> dynamicTest(v.name(), () -> {
                    Decision decision = OURS.get(v.name());
                    if (decision == null) {
                        check(v, Dialect.OURS);
                    } else {
                        assertThrows(Throwable.class, () -> check(v, Dialect.OURS));
                        check(v, Dialect.OURS.without(decision));
                    }
                }));
    }
}

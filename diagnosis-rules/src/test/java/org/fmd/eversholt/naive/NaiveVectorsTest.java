// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fmd.eversholt.eft.Vector;
import org.fmd.eversholt.syntax.Dialect;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The naive engine is worth something as a measure only if it concludes what the reference engine concluded. */
class NaiveVectorsTest {
    private static final Path VECTORS = Path.of(System.getProperty("fmd.fixtures"), "diagnosis-vectors");

    @TestFactory
    Stream<DynamicTest> theNaiveEngineGivesTheReferencesOutcomes() throws IOException {
        return Vector.all(VECTORS).map(v -> dynamicTest(v.name(), () -> check(v)));
    }

    private static void check(Vector vector) {
        List<String> expected = vector.expected();
        List<String> outcomes = vector.run(Dialect.REFERENCE, NaiveRun::run);
        if (expected.stream().noneMatch(o -> o.contains("kind=engine-abort"))) {
            assertEquals(expected, outcomes);
        } else {
            assertTrue(outcomes.stream().anyMatch(o -> o.contains("kind=evaluation-error")), outcomes::toString);
            assertTrue(outcomes.stream().noneMatch(o -> o.contains("kind=solved")), outcomes::toString);
        }
    }
}

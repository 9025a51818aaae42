// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/language-decisions.md} and the compiler say the same, both ways. */
class LanguageDecisionsTest {

    @Test
    void everyDecisionIsDocumented() throws IOException {
        Map<String, String> documented = new LinkedHashMap<>();
        for (List<String> row : rows("## Decisions")) {
            documented.put(row.get(0), row.get(1) + " | " + row.get(2));
        }
        Map<String, String> known = new LinkedHashMap<>();
        for (Decision decision : Decision.values()) {
            known.put(decision.id(), decision.reference() + " | " + decision.ours());
        }
        assertEquals(text(known), text(documented));
    }

    private static String text(Map<String, String> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach((id, row) -> text.append(id).append(" | ").append(row).append('\n'));
        return text.toString();
    }

    @Test
    void everyDifferenceIsInTheTable() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        differences().forEach((name, ids) -> listed.put(name, ""));
        Map<String, String> found = new TreeMap<>();
        for (String name : EscVectors.names()) {
            if (!same(name, Dialect.OURS)) {
                found.put(name, "");
            }
        }
        assertEquals(found.keySet(), listed.keySet());
    }

    @TestFactory
    Stream<DynamicTest> theNamedDecisionsAndNoOthersExplainTheDifference() throws IOException {
        return differences().entrySet().stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> {
                    Dialect dialect = Dialect.OURS;
                    for (Decision decision : entry.getValue()) {
                        assertTrue(dialect.has(decision));
                        dialect = dialect.without(decision);
                    }
                    assertEquals(
                            EscVectors.verdict(entry.getKey(), Dialect.REFERENCE),
                            EscVectors.verdict(entry.getKey(), dialect),
                            "without " + entry.getValue());
                    for (Decision needed : entry.getValue()) {
                        assertNotEquals(
                                EscVectors.verdict(entry.getKey(), Dialect.REFERENCE),
                                EscVectors.verdict(entry.getKey(), dialect.with(needed)),
                                needed + " makes no difference");
                    }
                }));
    }

    private static boolean same(String name, Dialect dialect) {
        return EscVectors.verdict(name, dialect).equals(EscVectors.verdict(name, Dialect.REFERENCE));
    }

    private static Map<String, List<Decision>> differences() throws IOException {
        Map<String, List<Decision>> differences = new LinkedHashMap<>();
        for (List<String> row : rows("## Vectors")) {
            differences.put(
                    row.get(0),
                    Arrays.stream(row.get(1).split(" "))
                            .map(LanguageDecisionsTest::decision)
                            .toList());
        }
        return differences;
    }

    private static Decision decision(String id) {
        return Arrays.stream(Decision.values())
                .filter(decision -> decision.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no decision " + id));
    }

    /** The rows of the first table under a heading, without its head. */
    private static List<List<String>> rows(String heading) throws IOException {
        return Files.readAllLines(Path.of("docs/language-decisions.md")).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|"))
                        .map(cell -> cell.strip().replace("\\|", "|"))
                        .toList())
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fmd.model.json.Json;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class EscVectorTest {

    @Test
    void thereAreVectors() {
        assertTrue(
                EscVectors.names().size() > 100,
                "vectors: " + EscVectors.names().size());
    }

    @TestFactory
    Stream<DynamicTest> checkCompatGivesTheReferencesVerdict() {
        return EscVectors.names().stream()
                .map(name -> dynamicTest(name, () -> {
                    EscVectors.Verdict expected = EscVectors.expected(name);
                    EscVectors.Verdict actual = run(name);
                    assertEquals(expected.accept(), actual.accept());
                    if (expected.crashed()) {
                        assertFalse(actual.places().isEmpty(), "says why");
                    } else {
                        assertEquals(expected.places(), actual.places());
                    }
                }));
    }

    /** Through the front door: options, file, JSON lines, exit status. */
    private static EscVectors.Verdict run(String name) throws Exception {
        StringWriter out = new StringWriter();
        CommandLine esc = Esc.createEsc();
        esc.setOut(new PrintWriter(out));
        int status = esc.execute(
                "check",
                "--compat",
                "-j",
                Fixtures.path("esc-vectors/" + name + ".esc").toString());
        List<String> lines = out.toString().lines().toList();
        Map<?, ?> summary = (Map<?, ?>) Json.parse(lines.get(lines.size() - 1));
        assertEquals(true, summary.get("summary"));
        boolean accept = Boolean.TRUE.equals(summary.get("accept"));
        assertEquals(accept ? 0 : 1, status);
        Set<String> places = new TreeSet<>();
        long errors = 0;
        long warnings = 0;
        for (String line : lines.subList(0, lines.size() - 1)) {
            Map<?, ?> issue = (Map<?, ?>) Json.parse(line);
            errors += issue.get("severity").equals("error") ? 1 : 0;
            warnings += issue.get("severity").equals("warning") ? 1 : 0;
            if (issue.get("severity").equals("error")
                    || (accept && issue.get("severity").equals("warning"))) {
                places.add(issue.get("line") + " " + issue.get("severity"));
            }
        }
        assertEquals(errors, summary.get("errors"));
        assertEquals(warnings, summary.get("warnings"));
        return new EscVectors.Verdict(accept, false, places);
    }
}

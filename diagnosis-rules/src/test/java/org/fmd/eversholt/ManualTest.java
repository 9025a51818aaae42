// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the manual does what the manual says; {@code -Dgolden.accept=true} writes what they do. */
class ManualTest {
    private static final Path MANUAL = Path.of("docs", "language.md");

    @Test
    void everyExampleCompilesAndRunsAsItSays(@TempDir Path scratch) throws IOException {
        Manual.Findings findings = Manual.examine(MANUAL, scratch);
        if (Boolean.getBoolean("golden.accept")) {
            Files.writeString(MANUAL, Manual.accepted(MANUAL, findings));
            findings = Manual.examine(MANUAL, scratch);
        }
        assertEquals("", said(findings.failures()));
        assertTrue(findings.programs() > 20 && findings.runs() > 20, findings.programs() + " " + findings.runs());
    }

    private static String said(List<String> failures) {
        StringBuilder text = new StringBuilder();
        failures.forEach(failure -> text.append("language.md:").append(failure).append('\n'));
        return text.toString();
    }

    @Test
    void aFalseExampleIsFound(@TempDir Path scratch) throws IOException {
        String manual = """
                ```esc
                event fault.x.f@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk;
                ```
                ```topology
                disk0
                ```
                ```ereports
                1s  ereport.x.a  disk0
                ```
                ```outcomes
                1s  case 1 solved from #1
                    99% fault.x.f@disk0
                ```
                ```esc-bad
                event falt.x.f@disk;
                ```
                ```text
                nothing
                ```
                ```esc
                event upset.x.u@disk;
                ```
                """;
        Path file = Files.writeString(scratch.resolve("manual.md"), manual);
        List<String> failures = Manual.examine(file, scratch).failures();
        assertEquals(3, failures.size(), failures::toString);
        assertTrue(failures.get(0).startsWith("13: expected"), failures::toString);
        assertTrue(failures.get(1).contains("rules.esc:1:7: error ESC104"), failures::toString);
        assertTrue(failures.get(2).startsWith("23: rules.esc:1:1: warning ESC501"), failures::toString);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fmd.eversholt.esc.Esc;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The sample rules compile in both dialects and diagnose as their texts say; {@code -Dgolden.accept=true} writes these. */
class SampleRulesTest {

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.path("rules"))) {
            return files.filter(file -> file.toString().endsWith(ending) && !file.endsWith("README.md"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRunEndsAsItSays(@TempDir Path scratch) throws IOException {
        return files(".md").stream()
                .map(file -> dynamicTest(name(file), () -> {
                    Manual.Findings findings = Manual.examine(file, scratch);
                    if (Boolean.getBoolean("golden.accept")) {
                        Files.writeString(file, Manual.accepted(file, findings));
                        findings = Manual.examine(file, scratch);
                    }
                    assertEquals("", String.join("\n", findings.failures()));
                    assertTrue(findings.runs() >= 3, () -> "runs in " + file);
                }));
    }

    @TestFactory
    Stream<DynamicTest> nobodyHasAnythingToRemark() throws IOException {
        return files(".esc").stream()
                .map(file -> dynamicTest(name(file), () -> {
                    StringWriter out = new StringWriter();
                    int status =
                            Esc.createEsc().setOut(new PrintWriter(out)).execute("check", "--strict", file.toString());
                    assertEquals(0, status, out::toString);
                }));
    }

    @Test
    void everySampleHasRuns() throws IOException {
        assertEquals(
                files(".esc").stream().map(SampleRulesTest::name).toList(),
                files(".md").stream().map(SampleRulesTest::name).toList());
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }
}

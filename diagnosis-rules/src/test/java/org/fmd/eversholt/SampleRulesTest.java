// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.esc.Esc;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample rules compile in both dialects without a warning, and have scenarios; those are run with the shipped ones. */
class SampleRulesTest {

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.path("rules"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> rules() throws IOException {
        return files(".esc");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void compilesInBothDialects(Path file) throws IOException {
        for (Dialect dialect : List.of(Dialect.REFERENCE, Dialect.OURS)) {
            Compiler compiler = new Compiler(dialect, Sources.files(List.of(file.resolveSibling("."))), List.of());
            assertEquals(
                    List.of(),
                    compiler.compile(List.of(new SourceFile(file.toString(), Sources.read(file)))).issues().stream()
                            .filter(issue -> issue.severity() != Severity.NOTE)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void nobodyHasAnythingToRemark(Path file) {
        StringWriter out = new StringWriter();
        int status = Esc.createEsc().setOut(new PrintWriter(out)).execute("check", "--strict", file.toString());
        assertEquals(0, status, out::toString);
    }

    @Test
    void everySampleHasScenarios() throws IOException {
        assertEquals(
                files(".esc").stream().map(SampleRulesTest::name).toList(),
                files(".scenario").stream().map(SampleRulesTest::name).toList());
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }
}

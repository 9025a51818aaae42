// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code esc fmt} and {@code esc graph}. */
class FmtCommandTest {
    private static final String LOOSE = "event  fault.a.f@c ;\n";
    private static final String TIDY = "event fault.a.f@c;\n";

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private int esc(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine esc = Esc.createEsc();
        esc.setOut(new PrintWriter(outText));
        esc.setErr(new PrintWriter(errText));
        int status = esc.execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void printsAndLeavesTheFileAlone() throws IOException {
        String file = file("a.esc", LOOSE);
        assertEquals(0, esc("fmt", file));
        assertEquals(TIDY, out);
        assertEquals(LOOSE, Files.readString(Path.of(file)));
    }

    @Test
    void checkNamesWhatIsNotFormatted() throws IOException {
        String loose = file("a.esc", LOOSE);
        String tidy = file("b.esc", TIDY);
        assertEquals(1, esc("fmt", "--check", loose, tidy));
        assertEquals(loose + System.lineSeparator(), out);
        assertEquals(0, esc("fmt", "--check", tidy));
        assertEquals("", out + err);
    }

    @Test
    void writeReplacesTheTextAndNothingElse() throws IOException {
        Path file = Path.of(file("a.esc", LOOSE));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.esc"), file);
        assertEquals(0, esc("fmt", "-w", link.toString()), () -> err);
        assertEquals("", out);
        assertEquals(TIDY, Files.readString(file));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void writeKeepsTheBytesOfComments() throws IOException {
        Path file = folder.resolve("l1.esc");
        Files.write(file, ("/* \u00e4 */\n" + LOOSE).getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(0, esc("fmt", "-w", file.toString()));
        assertArrayEquals(("/* \u00e4 */\n" + TIDY).getBytes(StandardCharsets.ISO_8859_1), Files.readAllBytes(file));
    }

    @Test
    void aFileWithSyntaxErrorsIsUntouchedAndTheOthersAreDone() throws IOException {
        String wrong = file("a.esc", "event  fault.a.f@c\n  prop;\n");
        String right = file("b.esc", LOOSE);
        assertEquals(1, esc("fmt", "-w", wrong, right));
        assertTrue(err.contains("a.esc:1:19: error ESC101"), err);
        assertEquals("event  fault.a.f@c\n  prop;\n", Files.readString(Path.of(wrong)));
        assertEquals(TIDY, Files.readString(Path.of(right)));
    }

    @Test
    void includedFilesAndMacrosComeFromOptions() throws IOException {
        file("names.h", "#define WHERE c\n");
        String rules = file("a.esc", "#include <names.h>\nevent   fault.a.f@WHERE KIND;\n");
        assertEquals(1, esc("fmt", rules));
        assertEquals(0, esc("fmt", "-I", folder.toString(), "-D", "KIND=, FITrate=3", rules), () -> err);
        assertEquals("#include <names.h>\nevent fault.a.f@WHERE KIND;\n", out);
    }

    @Test
    void wrongUseIsExplained() throws IOException {
        assertEquals(2, esc("fmt", "-w", "--check", file("a.esc", LOOSE)));
        assertTrue(err.contains("exclude each other"), err);
        assertEquals(2, esc("fmt", folder.resolve("gone.esc").toString()));
        assertTrue(err.startsWith("esc fmt: cannot read '"), err);
        assertEquals(2, esc("graph", folder.resolve("gone.esc").toString()));
        assertEquals(2, esc("graph"));
    }

    @Test
    void theGraphReadsAsIntended() {
        Path graphs = Fixtures.path("esc-graph");
        for (String name : List.of("every-kind", "from-macros")) {
            assertEquals(0, esc("graph", graphs.resolve(name + ".esc").toString()), () -> err);
            Golden.assertMatches(graphs.resolve(name + ".dot"), out);
        }
        assertEquals(
                0,
                esc(
                        "graph",
                        graphs.resolve("../../diagnosis-rules/src/main/eversholt/disk.esc")
                                .toString()));
        Golden.assertMatches(graphs.resolve("disk.dot"), out);
    }

    @Test
    void rulesWithErrorsHaveNoGraph() throws IOException {
        assertEquals(1, esc("graph", file("a.esc", "prop fault.a.f@c -> ereport.a.r@c;\n")));
        assertEquals("", out);
        assertTrue(err.contains("ESC303"), err);
    }

    @Test
    void theRulesOfTheBenchmarkAreSound() throws IOException {
        String first = file("1.esc", RuleFiles.text(1, 1000, 7));
        String second = file("2.esc", RuleFiles.text(2, 1000, 7));
        assertEquals(1000, Files.readString(Path.of(first)).lines().count());
        assertEquals(0, esc("check", "--strict", first, second), () -> out);
    }
}

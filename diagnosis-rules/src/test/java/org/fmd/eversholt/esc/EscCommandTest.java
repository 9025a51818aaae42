// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EscCommandTest {
    private static final String GOOD = "event fault.a.f@c;\nevent ereport.a.r@c;\nprop fault.a.f@c -> ereport.a.r@c;\n";

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
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    @Test
    void soundRulesPrintNothing() throws IOException {
        assertEquals(0, esc("check", file("a.esc", GOOD)));
        assertEquals("", out + err);
    }

    @Test
    void soundRulesInJsonPrintTheSummary() throws IOException {
        assertEquals(0, esc("check", "-j", file("a.esc", GOOD)));
        assertEquals("{\"summary\":true,\"accept\":true,\"errors\":0,\"warnings\":0}\n", out);
    }

    @Test
    void anErrorIsOneJsonLineWithItsPlace() throws IOException {
        String file = file("a.esc", "event fault.a.f@c, FITrate=\"3\";\n");
        assertEquals(1, esc("check", "-j", file));
        assertEquals(
                "{\"file\":\"" + file + "\",\"line\":1,\"column\":20,\"severity\":\"error\",\"code\":\"ESC203\","
                        + "\"message\":\"property FITrate must be a number or a function call\"}",
                out.lines().filter(line -> line.contains("error")).findFirst().orElse(""));
    }

    @Test
    void severalFilesAreOneProgramInAnyOrder() throws IOException {
        String arrows = file("1.esc", "prop fault.a.f@c -> ereport.a.r@c;\n");
        String events = file("2.esc", "event fault.a.f@c;\nevent ereport.a.r@c;\n");
        assertEquals(0, esc("check", arrows, events), () -> out);
        assertEquals(1, esc("check", "--compat", arrows, events));
    }

    @Test
    void macrosOfOneFileAreNotSeenInAnother() throws IOException {
        String first = file("1.esc", "#define C c\n");
        String second = file("2.esc", "event fault.a.f@C;\nevent ereport.a.r@C;\nprop fault.a.f@c -> ereport.a.r@C;\n");
        assertEquals(1, esc("check", first, second));
        assertTrue(out.contains("not declared at 'c'"), out);
    }

    @Test
    void includeFoldersAndMacrosComeFromOptions() throws IOException {
        file("inc/fm/names.h", "#ifdef DEEP\n#define WHERE x/c\n#else\n#define WHERE c\n#endif\n");
        String rules = file(
                "a.esc",
                "#include <fm/names.h>\nevent fault.a.f@WHERE;\nevent ereport.a.r@KIND;\nprop fault.a.f@x/c -> ereport.a.r@x/c;\n");
        String folder2 = folder.resolve("inc").toString();
        assertEquals(0, esc("check", "-I", folder2, "-DDEEP", "-D", "KIND=x/c", rules), () -> out);
        assertEquals(1, esc("check", "-I", folder2, "-DDEEP", "-DKIND=x/c", "-U", "DEEP", rules));
        assertEquals(1, esc("check", rules));
    }

    @Test
    void strictRefusesWarningsToo() throws IOException {
        String rules = file("a.esc", GOOD + "event upset.a.u@c;\n");
        assertEquals(0, esc("check", rules));
        assertEquals(1, esc("check", "--strict", "-j", rules));
        assertTrue(out.endsWith("{\"summary\":true,\"accept\":false,\"errors\":0,\"warnings\":1}\n"), out);
    }

    @Test
    void theReferenceKnowsNoPayloadMembers() throws IOException {
        String rules = file("a.esc", """
                event fault.io.scsi.cmd.disk.dev.rqs.derr@disk;
                event ereport.io.scsi.cmd.disk.dev.rqs.derr@disk;
                prop fault.io.scsi.cmd.disk.dev.rqs.derr@disk -> ereport.io.scsi.cmd.disk.dev.rqs.derr@disk {
                    payloadprop_contains("acs", 1) };
                """);
        assertEquals(1, esc("check", "--strict", rules));
        assertTrue(out.contains("warning ESC750: "), out);
        assertEquals(0, esc("check", "--strict", "--compat", rules), () -> out);
    }

    @Test
    void anUnreadableFileIsWrongUse() {
        assertEquals(2, esc("check", folder.resolve("gone.esc").toString()));
        assertTrue(err.startsWith("esc check: cannot read '"), err);
        assertEquals(2, esc("check", folder.toString()));
    }

    @Test
    void theVersionIsOneLineThatBeginsWithTheName() {
        assertEquals(0, esc("--version"));
        assertTrue(out.matches("esc \\S+\\R"), out);
        assertEquals("", err);
    }

    @Test
    void wrongUseIsExplained() {
        assertEquals(2, esc("check"));
        assertEquals(2, esc("check", "--wrong", "x.esc"));
        assertEquals(2, esc("chekc"));
        assertEquals(2, esc());
        assertTrue(err.contains("esc: missing command"), err);
        assertEquals(2, esc("check", "-D", "1X", "x.esc"));
        assertTrue(err.contains("'1X' is not a macro name"), err);
    }

    @Test
    void helpIsNoError() {
        assertEquals(0, esc("check", "--help"));
        assertTrue(out.contains("--compat"), out);
    }

    @Test
    void bytesThatAreNotUtf8AreReadAsLatin1() throws IOException {
        Path file = folder.resolve("l1.esc");
        Files.write(file, (GOOD + "/* \u00e4 */ fru \u00e4;\n").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(1, esc("check", "-j", file.toString()));
        assertTrue(out.contains("\"line\":4,\"column\":13,"), out);
    }
}

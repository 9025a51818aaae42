// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fmdump verify}, {@code salvage} and {@code import}. */
class FmdumpToolsTest {
    @TempDir
    private Path root;

    private Path logs;
    private final StillSurroundings surroundings = new StillSurroundings();

    @BeforeEach
    void writeLogs() throws IOException {
        logs = SampleLogs.writeBelow(root);
    }

    private Cli fmdump(Object... args) {
        List<String> all = new ArrayList<>(List.of("-R", root.toString()));
        for (Object arg : args) {
            all.add(arg.toString());
        }
        return Cli.run(Fmdump.createFmdump(surroundings), all.toArray(new String[0]));
    }

    private void assertGolden(String name, Cli run) {
        Golden.assertMatches(
                Fixtures.path("cli").resolve("fmdump-" + name + ".out"),
                run.transcript().replace(root.toString(), "ROOT"));
    }

    /** Flips a bit in two bodies of the error log. */
    private Path damage() throws IOException {
        Path log = logs.resolve("errlog");
        byte[] bytes = Files.readAllBytes(log);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("\"driver-assessment\":\"retry\"") + 5] ^= 1;
        bytes[text.indexOf("ereport.io.scsi.cmd.disk.tran") + 5] ^= 1;
        Files.write(log, bytes);
        return log;
    }

    private static String withoutPlaces(String json) {
        return json.replaceAll("\"ref\":\"[^\"]*\",", "").replaceAll("[0-9a-f-]{36}:[0-9]+", "REF");
    }

    @Test
    void saysOfSoundLogsThatTheyAre() {
        assertGolden("verify", fmdump("verify"));
        assertGolden("verify-j", fmdump("-j", "verify", logs.resolve("fltlog")));
        assertEquals(fmdump("verify"), fmdump("verify", logs));
    }

    @Test
    void saysWhereLogsAreDamaged() throws IOException {
        Path log = damage();
        assertGolden("verify-damaged", fmdump("verify"));
        assertGolden("verify-damaged-j", fmdump("verify", "-j", log));
    }

    @Test
    void saysThatThereIsNothingToVerify() throws IOException {
        Path empty = Files.createDirectories(root.resolve("empty"));
        Cli run = fmdump("verify", empty);
        assertEquals(new Cli(0, "", "fmdump: warning: nothing is logged: there is no log in '" + empty + "'\n"), run);
    }

    @Test
    void aFileThatIsCalledLikeASubcommandIsNamedWithASlash() throws IOException {
        Files.copy(logs.resolve("errlog"), root.resolve("verify"));
        assertEquals(5, fmdump("-j", root.resolve("verify")).out().lines().count());
        // What is the value of an option is no subcommand either.
        assertEquals(new Cli(0, "", ""), fmdump("-e", "-c", "verify"));
    }

    @Test
    void salvagesWhatIsReadableAndKeepsEachPlace() throws IOException {
        Path log = damage();
        Path out = root.resolve("saved");
        assertGolden("salvage", fmdump("salvage", log, out));
        assertEquals(fmdump("-j", log).out(), fmdump("-j", out).out());
        assertEquals(0, fmdump("-j", out).exit());
        Files.move(out, log, StandardCopyOption.REPLACE_EXISTING);
        Cli evidence = fmdump("-ej", "-u", SampleLogs.CASE);
        assertEquals(2, evidence.out().lines().count(), evidence.toString());
    }

    @Test
    void salvagesInJson() throws IOException {
        assertGolden("salvage-j", fmdump("salvage", "-j", damage(), root.resolve("saved")));
    }

    @Test
    void doesNotOverwriteWhatIsThere() throws IOException {
        Path out = Files.createFile(root.resolve("saved"));
        assertGolden("salvage-exists", fmdump("salvage", logs.resolve("errlog"), out));
        assertEquals(0, Files.size(out));
    }

    @Test
    void doesNotSalvageWhatIsNoLog() throws IOException {
        Path text = Files.writeString(root.resolve("text"), "text");
        Cli run = fmdump("salvage", text, root.resolve("saved"));
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("it has no readable log header"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-j", "-V"})
    void whatWasPrintedBecomesTheSameLogs(String form) throws IOException {
        Path errors = Files.writeString(
                root.resolve("errors"), fmdump("-e" + form.substring(1)).out());
        Path faults = Files.writeString(
                root.resolve("faults"), fmdump("-a" + form.substring(1)).out());
        Path remarks = Files.writeString(
                root.resolve("remarks"), fmdump("-i" + form.substring(1)).out());
        Path dir = root.resolve("copy");
        Cli run = fmdump("import", dir, faults, errors, remarks);
        assertEquals(new Cli(0, "imported 5 ereports, 4 lists, 1 ireport into '" + dir + "'\n", ""), run);
        for (String log : List.of("-e", "-a", "-i")) {
            // The types of all members show in a dump: signed numbers decimal, others hexadecimal.
            String dump = log + "V";
            assertEquals(
                    withoutPlaces(withoutEvidence(fmdump(dump).out())),
                    withoutPlaces(withoutEvidence(fmdump(dump, dir).out())));
            if (form.equals("-j")) {
                // In a dump a flag that no class declares looks like a number.
                assertEquals(
                        withoutPlaces(fmdump(log + "j").out()),
                        withoutPlaces(fmdump(log + "j", dir).out()));
            }
        }
    }

    /** Only JSON says which ereport stood where, so that a diagnosis finds its own again. */
    private static String withoutEvidence(String dump) {
        return dump.replaceAll("(?m)^  (TIME|[A-Z][a-z]{2} [0-9]{2}).*\n(\n(?=nvlist))?", "");
    }

    @Test
    void aDiagnosisFindsTheErrorsThatCameAlong() throws IOException {
        Path errors = Files.writeString(root.resolve("errors"), fmdump("-ej").out());
        Path faults = Files.writeString(root.resolve("faults"), fmdump("-j").out());
        Path dir = root.resolve("copy");
        assertEquals(0, fmdump("import", dir, faults, errors).exit());
        Cli evidence = fmdump("-ev", "-u", SampleLogs.CASE, dir);
        assertEquals(fmdump("-ev", "-u", SampleLogs.CASE), evidence);
        assertEquals(3, evidence.out().lines().count());
    }

    @Test
    void importsTheTextOfZpoolEvents() throws IOException {
        surroundings.withInput(Fixtures.text("event-text/zpool-events.txt"));
        Path dir = root.resolve("zfs");
        assertGolden("import-zpool", fmdump("import", "--host=nas9", dir));
        assertGolden("import-zpool-eh", fmdump("-eh", dir));
        assertGolden(
                "import-zpool-ej", new Cli(0, withoutPlaces(fmdump("-ej", dir).out()), ""));
        assertTrue(fmdump("-eH", dir).out().contains("EXD_HOSTNAME = nas9\n"));
    }

    @Test
    void importsTheTextOfTheOriginal() throws IOException {
        Path dir = root.resolve("illumos");
        Cli run = fmdump("import", "-j", "--host", "nas9", dir, Fixtures.path("event-text/illumos-fmdump-eV.txt"));
        assertEquals(
                "{\"directory\":\"" + dir + "\",\"errlog\":2,\"fltlog\":0,\"infolog\":0,\"left-out\":{}}\n", run.out());
        assertGolden("import-illumos-eh", fmdump("-eh", dir));
    }

    @Test
    void printsTheOriginalsTextAsItCame() throws IOException {
        Path dir = root.resolve("illumos");
        fmdump("import", dir, Fixtures.path("event-text/illumos-fmdump-eV.txt"));
        assertEquals(
                Fixtures.text("event-text/illumos-fmdump-eV.txt"),
                fmdump("-eV", dir).out());
    }

    @Test
    void importsCompressedTextFromStandardInputAndFiles() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(fmdump("-ej").out().getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(root.resolve("errors.gz"), zipped.toByteArray());
        surroundings.withInput(fmdump("-ij").out());
        Cli run = fmdump("import", root.resolve("copy"), file, "-");
        assertTrue(run.out().startsWith("imported 5 ereports, 0 lists, 1 ireport into"), run.toString());
    }

    @Test
    void tellsWhatItCannotImportAndTakesTheRest() {
        surroundings.withInput("""
                {"time":"2026-03-04T11:30:41Z","class":"ereport.a.b"}
                {"time":"2026-03-04T11:30:41Z","class":"list.suspect","uuid":"nonsense"}
                {"time":"2026-03-04T11:30:41Z","class":"resource.a"}
                nonsense
                """);
        assertGolden("import-bad", fmdump("import", root.resolve("copy")));
    }

    @Test
    void doesNotImportIntoADirectoryWithLogs() throws IOException {
        surroundings.withInput("{}");
        assertGolden("import-exists", fmdump("import", logs));
        Path file = Files.createFile(root.resolve("file"));
        assertGolden("import-file", fmdump("import", file));
    }
}

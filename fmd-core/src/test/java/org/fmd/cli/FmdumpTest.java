// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fmd.core.log.LogReader;
import org.fmd.model.event.LogRef;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FmdumpTest {
    @TempDir
    private Path root;

    private Path logs;
    private final StillSurroundings surroundings = new StillSurroundings();

    @BeforeEach
    void writeLogs() throws IOException {
        logs = SampleLogs.writeBelow(root);
        Path dict = Files.createDirectories(root.resolve("image/dict"));
        Files.writeString(dict.resolve("DISK.properties"), """
                DISK-8000-4Q.type=Fault
                DISK-8000-4Q.severity=Critical
                DISK-8000-4Q.description=The disk in %<fault-list[0].location> has bad blocks.
                DISK-8000-4Q.response=The blocks may be rewritten.
                DISK-8000-4Q.impact=Data may be lost.
                DISK-8000-4Q.action=Replace the disk.
                """);
        surroundings.withHome(root.resolve("image"));
    }

    private Cli fmdump(String... args) {
        List<String> all = new ArrayList<>(List.of("-R", root.toString()));
        all.addAll(List.of(args));
        return Cli.run(Fmdump.createFmdump(surroundings), all.toArray(new String[0]));
    }

    private void assertGolden(String name, Cli run) {
        Golden.assertMatches(
                Fixtures.path("cli").resolve("fmdump" + name + ".out"),
                run.transcript().replace(root.toString(), "ROOT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-v", "-V", "-Vp", "-j", "-m", "-a", "-av", "-am", "-e", "-ev", "-eV", "-ej", "-eh", "-i", "-iv",
                "-iV", "-ij"
            })
    void showsEachLogInEachForm(String options) {
        assertGolden(options, options.isEmpty() ? fmdump() : fmdump(options));
    }

    @Test
    void showsTheErrorsOfACase() {
        assertGolden("-e-u", fmdump("-ev", "-u", SampleLogs.CASE.toString()));
    }

    @Test
    void showsACaseThatNobodyIsToldOfIfAsked() {
        Cli run = fmdump("-u", SampleLogs.SILENT.toString());
        assertEquals(2, run.out().lines().count(), run.out());
        assertTrue(run.out().contains("FMD-8000-11 Diagnosed injected"), run.out());
    }

    /** How many events pass, of 5 ereports. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c ereport.io.*                                     | 4",
                "-c *merr                                            | 3",
                "-c ereport.io.scsi.cmd.disk.tran -c ereport.fm.*    | 2",
                "-c ereport                                          | 0",
                "-c ereport.io.scsi.cmd.disk.[a-u]*                  | 4",
                "-c ereport.io.scsi.cmd.disk.[!a-u]*                 | 0",
                "-t 2026-03-04                                       | 4",
                "-T 2026-03-04                                       | 1",
                "-t 2026-03-04T11:31:00Z -T 03/04/26,11:32:06.991444 | 2",
                "-t 1day                                             | 1",
                "-t 9:04                                             | 1",
                "-n driver-assessment=fatal                          | 1",
                "-n driver-assessment                                | 4",
                "-n key=3                                            | 3",
                "-n key=0x3                                          | 3",
                "-n key=1                                            | 0",
                "-n key=.*                                           | 3",
                "-n cdb=58                                           | 3",
                "-n detector.devid=c3d7$                             | 3",
                "-n detector=^dev:////devices                        | 1",
                "-n hosts=host5                                      | 1",
                "-n count=18446744073709551615                       | 1",
                "-n retries=-1                                       | 1",
                "-n seen=true                                        | 1",
                "-n no.such                                          | 0",
                "-n key=4 -n key=3                                   | 3",
                "-n key=3 -c *tran                                   | 0",
                "-n key=3 -t 1day                                    | 0",
            })
    void showsWhatPassesTheFilters(String options, int expected) {
        List<String> args = new ArrayList<>(List.of("-ej"));
        for (String word : options.strip().split(" +")) {
            args.add(word.replace(',', ' '));
        }
        Cli run = fmdump(args.toArray(new String[0]));
        assertEquals(expected, run.out().lines().count(), run.toString());
        assertEquals("", run.err());
        assertEquals(0, run.exit());
    }

    @ParameterizedTest
    @CsvSource({"fault.*merr, 3", "list.repaired, 1", "list.*, 4", "defect.*, 1", "fault.x*, 0"})
    void looksForTheClassesOfSuspectsToo(String pattern, int expected) {
        assertEquals(expected, fmdump("-aj", "-c", pattern).out().lines().count());
    }

    @Test
    void printsNoHeadingAboveNothing() {
        assertEquals(new Cli(0, "", ""), fmdump("-e", "-c", "nothing"));
    }

    @Test
    void saysThatNothingIsLoggedYet() throws IOException {
        Files.delete(logs.resolve("fltlog"));
        String message = "fmdump: warning: nothing is logged: there is no '" + logs.resolve("fltlog") + "'\n";
        assertEquals(new Cli(0, "", message), fmdump());
        Path empty = Files.createDirectories(root.resolve("other"));
        Cli run = Cli.run(Fmdump.createFmdump(surroundings), "-R", empty.toString());
        assertEquals(0, run.exit());
        assertTrue(run.err().contains("nothing is logged: there is no '" + empty), run.err());
    }

    @Test
    void tellsAPersonThatALogIsEmpty() throws IOException {
        Path log = logs.resolve("fltlog");
        Files.write(log, Arrays.copyOf(Files.readAllBytes(log), 8192));
        assertEquals(new Cli(0, "", ""), fmdump());
        surroundings.withTerminal();
        assertEquals(new Cli(0, "", "fmdump: warning: '" + log + "' is empty\n"), fmdump());
    }

    @Test
    void showsAFileAsItsLabelSays() throws IOException {
        Path copy = Files.copy(logs.resolve("errlog"), root.resolve("from-a-dead-host"));
        assertEquals(fmdump("-e"), fmdump(copy.toString()));
        assertEquals(fmdump("-ev"), fmdump("-v", copy.toString()));
        // Where the disk is, the fault log beside the error log says.
        assertEquals(
                fmdump("-eh").out().replace("Slot 07, ", ""),
                fmdump("-h", copy.toString()).out());
        assertEquals(fmdump("-i"), fmdump("-i", logs.toString()), "a directory, by the option");
        String both = fmdump(logs.resolve("fltlog").toString(), copy.toString()).out();
        assertEquals(fmdump().out() + fmdump("-e").out(), both);
    }

    @Test
    void readsRotatedFilesFirst() throws IOException {
        Files.move(logs.resolve("errlog"), logs.resolve("errlog.0"));
        assertEquals(5, fmdump("-ej").out().lines().count());
        assertGolden("-V", fmdump("-V"));
    }

    @Test
    void goesOnBehindDamage() throws IOException {
        Path log = logs.resolve("errlog");
        byte[] bytes = Files.readAllBytes(log);
        // In the body of the second record: its CDB is not what was written.
        int first = indexOf(bytes, "\"driver-assessment\":\"retry\"", 0);
        int second = indexOf(bytes, "\"driver-assessment\":\"retry\"", first + 1);
        bytes[second + 5] ^= 1;
        Files.write(log, bytes);
        Cli run = fmdump("-ej");
        assertEquals(4, run.out().lines().count(), run.out());
        assertEquals(3, run.exit());
        assertTrue(run.err().startsWith("fmdump: skipping record: '" + log + "' is damaged at offset "), run.err());
        Cli hit = fmdump("-ej", "-c", "*merr");
        assertEquals(2, hit.out().lines().count(), hit.out());
        assertEquals(3, hit.exit());
        assertTrue(hit.err().startsWith("fmdump: skipping record: "), hit.err());
        assertEquals(new Cli(0, fmdump("-ej", "-c", "*tran").out(), ""), fmdump("-ej", "-c", "*tran"));
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
        assertTrue(at > 0, text);
        return at;
    }

    @Test
    void saysWhichErrorsOfACaseAreGone() throws IOException {
        Files.delete(logs.resolve("errlog"));
        assertEquals(
                new Cli(0, "", "fmdump: warning: 2 ereports of the case are no longer in the error log\n"),
                fmdump("-e", "-u", SampleLogs.CASE.toString()));
        assertEquals(0, fmdump("-V").exit());
    }

    @Test
    void aReferenceOfJsonLeadsToItsRecord() throws IOException {
        String line = fmdump("-ej").out().lines().toList().get(3);
        String ref = line.replaceFirst(".*\"ref\":\"([^\"]*)\".*", "$1");
        try (LogReader reader = LogReader.file(logs.resolve("errlog"), damage -> {})) {
            String body = reader.read(LogRef.parse(ref).orElseThrow())
                    .orElseThrow()
                    .record()
                    .bodyText();
            assertTrue(body.contains("fatal"), body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no/such/file",
                "image/dict/DISK.properties",
                "-ei",
                "-pj",
                "-em",
                "-h",
                "-ih",
                "-u 12",
                "-n a..b",
                "-n a=(",
                "-t yesterday",
                "-t 5parsec",
                "-t 03/04/2026,11:32:07+1",
                "-t 99999999day",
                "-t 2026-13-01",
                "-t 5",
                "-x",
                "-c",
                "--help"
            })
    void saysWhatIsWrongWithARequest(String line) {
        List<String> args = new ArrayList<>();
        for (String word : line.split(" ")) {
            args.add(word.startsWith("image/") ? root.resolve(word).toString() : word.replace(',', ' '));
        }
        String name = line.replaceAll("[^A-Za-z0-9+-]", "_");
        assertGolden("-usage-" + name, fmdump(args.toArray(new String[0])));
    }

    @Test
    void neverThrowsWhateverTheBytes() throws IOException {
        Path log = logs.resolve("fltlog");
        byte[] whole = Files.readAllBytes(log);
        for (int i : IntStream.range(0, 400)
                .map(i -> 8192 + i * 7 % (whole.length - 8192))
                .toArray()) {
            byte[] bytes = whole.clone();
            bytes[i] ^= (byte) (1 << (i % 8));
            Files.write(log, bytes);
            Cli run = fmdump("-aV");
            assertTrue(run.exit() == 0 || run.exit() == 3, "byte " + i + ": " + run);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.fmd.model.json.Json;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BacktestCommandTest {
    private static final Path FOLDER = Fixtures.path("backtest");
    private static final String RULES = FOLDER.resolve("today.esc").toString();
    private static final String CANDIDATE = FOLDER.resolve("candidate.esc").toString();
    private static final String TOPOLOGY = FOLDER.resolve("topology.json").toString();
    private static final String LOG = FOLDER.resolve("log.jsonl").toString();

    private String out = "";
    private String err = "";

    private int backtest(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine esc = Esc.createEsc();
        esc.setOut(new PrintWriter(outText));
        esc.setErr(new PrintWriter(errText));
        List<String> all = new ArrayList<>(List.of("backtest"));
        all.addAll(List.of(arguments));
        int status = esc.execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString().replace(FOLDER + "/", "");
        return status;
    }

    @TestFactory
    Stream<DynamicTest> eachReportIsAsReviewed() {
        String[] both = {"--rules", RULES, "--candidate", CANDIDATE, "--topology", TOPOLOGY, "--ereports", LOG};
        Map<String, String[]> reports = Map.of(
                "both.txt", both,
                "both.jsonl", with(both, "-j"),
                "alone.txt", new String[] {"--rules", RULES, "--topology", TOPOLOGY, "--ereports", LOG},
                "limits.txt", with(both, "--serd-n", "0,3,1", "--serd-t", "5m,1h"),
                "override.txt", with(both, "--serd-override", "serd.io.disk.soft,3,2h"),
                "hesitate.txt", with(both, "--hesitate-ms", "0"),
                "compat.txt", with(both, "--compat"),
                "without-topology.txt", new String[] {"--rules", RULES, "--candidate", CANDIDATE, "--ereports", LOG},
                "help.txt", new String[] {"--help"});
        return reports.entrySet().stream()
                .map(report -> DynamicTest.dynamicTest(report.getKey(), () -> {
                    assertEquals(0, backtest(report.getValue()), () -> err);
                    Golden.assertMatches(FOLDER.resolve("golden").resolve(report.getKey()), out);
                    boolean quiet =
                            report.getKey().endsWith("jsonl") || report.getKey().equals("help.txt");
                    assertEquals(
                            quiet
                                    ? ""
                                    : "esc backtest: log.jsonl:11: column 51: Unexpected end-of-input in VALUE_STRING\n",
                            err);
                }));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void rulesDifferInNothingFromThemselves() {
        backtest("--rules", RULES, "--candidate", RULES, "--topology", TOPOLOGY, "--ereports", LOG);
        assertTrue(out.contains("\ndiagnoses: 6 the same\n\nserd"), out);
    }

    @Test
    void aCompressedLogIsTheSame(@TempDir Path folder) throws IOException {
        Path zipped = folder.resolve("log");
        try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(Path.of(LOG), to);
        }
        assertEquals(0, backtest("--rules", RULES, "--topology", TOPOLOGY, "--ereports", zipped.toString()));
        Golden.assertMatches(FOLDER.resolve("golden/alone.txt"), out);
    }

    @Test
    void theLogMayBeTheInput() throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(Path.of(LOG))));
            assertEquals(0, backtest("--rules", RULES, "--topology", TOPOLOGY, "--ereports", "-"));
            Golden.assertMatches(FOLDER.resolve("golden/alone.txt"), out);
        } finally {
            System.setIn(before);
        }
        assertEquals(2, backtest("--rules", RULES, "--ereports", "-"));
        assertEquals("esc backtest: a log from the input is read once only; give the machine with --topology\n", err);
    }

    /** The logs of a host say what the text says that {@code fmdump} makes of them. */
    @Test
    void theLogsOfAHostMayBeTheLog(@TempDir Path folder) throws IOException {
        assertEquals(16, new HostLogs(folder).write(Path.of(LOG)));
        String[] both = {"--rules", RULES, "--candidate", CANDIDATE, "--log", folder.toString()};
        assertEquals(0, backtest(with(both, "--topology", TOPOLOGY)), () -> err);
        assertEquals("", err);
        Golden.assertMatches(FOLDER.resolve("golden/host.txt"), out);
        assertEquals(
                Files.readString(FOLDER.resolve("golden/both.txt")).replaceFirst("unreadable records .*\n", ""), out);
        assertEquals(0, backtest(both));
        assertEquals(
                Files.readString(FOLDER.resolve("golden/without-topology.txt"))
                        .replaceFirst("unreadable records .*\n", ""),
                out);
        assertEquals(0, backtest(with(both, "--topology", TOPOLOGY, "-j")));
        Golden.assertMatches(FOLDER.resolve("golden/host.jsonl"), out);
    }

    @Test
    void whatIsDamagedInTheLogsOfAHostIsToldOnceAndPassedOver(@TempDir Path folder) throws IOException {
        new HostLogs(folder).write(Path.of(LOG));
        byte[] rotated = Files.readAllBytes(folder.resolve("errlog.0"));
        rotated[rotated.length - 20] ^= 1;
        Files.write(folder.resolve("errlog.0"), rotated);
        Files.writeString(folder.resolve("errlog.1"), "no log at all");
        String[] arguments = {"--rules", RULES, "--log", folder.toString()};
        assertEquals(0, backtest(arguments));
        String shown = err.replace(folder.toString(), "DIR");
        assertTrue(shown.startsWith("esc backtest: 'DIR/errlog.1' is skipped: "), shown);
        assertTrue(shown.contains("\nesc backtest: 'DIR/errlog.0' is damaged at offset "), shown);
        assertEquals(2, shown.lines().count(), shown);
        assertTrue(out.contains("ereports                                  15\n"), out);
        assertTrue(out.contains("unreadable records                         2\n"), out);
        assertEquals(0, backtest(with(arguments, "-j")));
        assertTrue(out.startsWith("{\"schema-version\":1,\"kind\":\"unreadable\",\"problem\":\"'"), out);
    }

    @Test
    void thereIsOneLog(@TempDir Path folder) throws IOException {
        assertWrong(
                "--log and --ereports name two logs; give one of them",
                "--rules",
                RULES,
                "--log",
                folder.toString(),
                "--ereports",
                LOG);
        assertWrong("there is no log; name one with --log DIR or --ereports FILE", "--rules", RULES);
        assertWrong(
                "there is no error log in '" + folder + "': no file 'errlog'",
                "--rules",
                RULES,
                "--log",
                folder.toString());
        assertWrong(
                "cannot read '" + folder + "/none': no such directory", "--rules", RULES, "--log", folder + "/none");
        assertWrong(
                "cannot read 'log.jsonl': it is no directory; name the one that 'errlog' is in",
                "--rules",
                RULES,
                "--log",
                LOG);
    }

    @Test
    void timingIsToldOnRequest() throws IOException {
        backtest("--rules", RULES, "--topology", TOPOLOGY, "--ereports", LOG, "--timing");
        assertTrue(out.lines().toList().get(out.lines().toList().size() - 1).endsWith(" MB in a second"), out);
        backtest("--rules", RULES, "--topology", TOPOLOGY, "--ereports", LOG, "--timing", "-j");
        List<String> lines = out.lines().toList();
        assertTrue(
                Json.parse(lines.get(lines.size() - 1)) instanceof Map<?, ?> last
                        && "timing".equals(last.get("kind"))
                        && last.get("ereports-per-second") instanceof Long,
                out);
    }

    @Test
    void onlySomeUnreadableLinesAreTold(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("log.jsonl");
        Files.writeString(log, "no JSON\n".repeat(250));
        assertEquals(0, backtest("--rules", RULES, "--topology", TOPOLOGY, "--ereports", log.toString()));
        List<String> told = err.lines().toList();
        assertEquals(101, told.size());
        assertEquals("esc backtest: 150 more records cannot be read", told.get(100));
        assertTrue(out.contains("unreadable records                       250\n"), out);
    }

    @Test
    void whatIsWrongIsSaid(@TempDir Path folder) throws IOException {
        Path rules = folder.resolve("bad.esc");
        Files.writeString(rules, "prop fault.x@disk -> ereport.x@disk;\n");
        assertEquals(1, backtest("--rules", RULES, "--candidate", rules.toString(), "--ereports", LOG));
        assertTrue(err.contains("bad.esc:1:6: error ESC303"), err);
        assertWrong(
                "cannot read 'none.jsonl': no such file",
                "--rules",
                RULES,
                "--topology",
                TOPOLOGY,
                "--ereports",
                "none.jsonl");
        assertWrong(
                "cannot read 'none.json': no such file",
                "--rules",
                RULES,
                "--topology",
                "none.json",
                "--ereports",
                LOG);
        assertWrong(
                "--serd-n: 'many' is no number between 0 and 99999",
                "--rules",
                RULES,
                "--topology",
                TOPOLOGY,
                "--ereports",
                LOG,
                "--serd-n",
                "1,many");
        assertWrong(
                "--serd-t: 'soon' is no time such as 10m or 24h",
                "--rules",
                RULES,
                "--topology",
                TOPOLOGY,
                "--ereports",
                LOG,
                "--serd-t",
                "soon");
    }

    private void assertWrong(String message, String... arguments) {
        assertEquals(2, backtest(arguments));
        assertEquals("esc backtest: " + message + "\n", err);
    }
}

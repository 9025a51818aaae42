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
        assertEquals("esc backtest: 150 more lines cannot be read", told.get(100));
        assertTrue(out.contains("unreadable lines                         250\n"), out);
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

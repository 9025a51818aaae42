// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.workload.EreportStream;
import org.fmd.eversholt.workload.Workload;
import org.fmd.model.event.Ereport;
import org.fmd.model.json.EreportLines;
import org.fmd.model.json.Json;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {
    private String out = "";
    private String err = "";

    private int generate(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine esc = Esc.createEsc();
        esc.setOut(new PrintWriter(outText));
        esc.setErr(new PrintWriter(errText));
        List<String> all = new ArrayList<>(List.of("generate"));
        all.addAll(List.of(arguments));
        int status = esc.execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    @Test
    void theFormsAreAsReviewed() {
        String[] few = {"--disks", "3", "--hosts", "2", "--count", "12", "--fatal", "0.3", "--expander-storms", "1"};
        assertEquals(0, generate(with(few, "--ereports", "-")), () -> err);
        Golden.assertMatches(Fixtures.path("backtest").resolve("golden/generated.jsonl"), out);
        assertEquals(0, generate(with(few, "--topology", "-")));
        Golden.assertMatches(Fixtures.path("backtest").resolve("golden/generated.json"), out);
        assertEquals(0, generate("--help"));
        Golden.assertMatches(Fixtures.path("backtest").resolve("golden/generate-help.txt"), out);
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void whatIsWrittenIsReadBack(@TempDir Path folder) throws IOException {
        Path topology = folder.resolve("machine.json");
        Path ereports = folder.resolve("log.jsonl");
        String[] options = {"--disks", "200", "--count", "3000", "--seed", "-5", "--hosts", "2"};
        assertEquals(0, generate(with(options, "--topology", topology.toString(), "--ereports", ereports.toString())));
        Workload usual = Workload.DEFAULT;
        Workload workload = new Workload(
                200,
                2,
                3000,
                usual.fatal(),
                usual.badDisks(),
                usual.expanderStorms(),
                usual.hbaStorms(),
                usual.attentionFloods(),
                usual.trickles(),
                usual.rate(),
                -5,
                usual.start());
        Topology read = RunFiles.topology(Json.parse(Files.readAllBytes(topology)));
        assertEquals(workload.fleet().topology().nodes(), read.nodes());
        EreportStream stream = workload.stream();
        try (EreportLines lines = new EreportLines(Files.newInputStream(ereports))) {
            while (stream.hasNext()) {
                Ereport made = stream.next();
                assertEquals(EreportLines.Kind.EREPORT, lines.next(), lines::problem);
                assertEquals(made.eventClass(), lines.ereport().eventClass());
                assertEquals(made.tod(), lines.ereport().tod());
                assertEquals(made.ena(), lines.ereport().ena());
                assertEquals(made.detector(), lines.ereport().detector());
                assertEquals(
                        made.payload().number("lba"), lines.ereport().payload().number("lba"));
                assertEquals(made.driverAssessment(), lines.ereport().driverAssessment());
            }
            assertEquals(EreportLines.Kind.END, lines.next());
        }
    }

    @Test
    void aNameInGzIsCompressed(@TempDir Path folder) throws IOException {
        Path zipped = folder.resolve("log.jsonl.gz");
        assertEquals(0, generate("--count", "100", "--ereports", zipped.toString()));
        assertEquals(0, generate("--count", "100", "--ereports", "-"));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(zipped))) {
            assertEquals(out, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyOptionMakesADifference() {
        generate("--count", "2000", "--ereports", "-");
        String usual = out;
        for (String[] option : new String[][] {
            {"--disks", "500"},
            {"--hosts", "2"},
            {"--rate", "6"},
            {"--fatal", "0.5"},
            {"--bad-disks", "0.5"},
            {"--expander-storms", "5"},
            {"--hba-storms", "5"},
            {"--attention-floods", "5"},
            {"--trickles", "50"},
            {"--seed", "2"},
            {"--start", "2027-01-01T00:00:00Z"}
        }) {
            assertEquals(0, generate(option[0], option[1], "--count", "2000", "--ereports", "-"), () -> err);
            assertNotEquals(usual, out, option[0]);
            assertEquals(2000, out.lines().count());
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        assertWrong("nothing to do; give --topology or --ereports or both");
        assertWrong("hosts is 1001; it must be from 1 to 1000", "--hosts", "1001", "--ereports", "-");
        assertWrong("--disks: 'x' is no number of up to 9 digits", "--disks", "x", "--ereports", "-");
        assertWrong("--rate: '-1' is no number such as 0.01", "--rate", "-1", "--ereports", "-");
        assertWrong("--seed: '1.5' is no whole number of 64 bits", "--seed", "1.5", "--ereports", "-");
        assertWrong("--start: 'now' is no time such as 2026-01-01T00:00:00Z", "--start", "now", "--ereports", "-");
        assertEquals(2, generate("--ereports", "/no/such/folder/log"));
        assertTrue(err.startsWith("esc generate: cannot write '/no/such/folder/log': no such folder"), err);
    }

    private void assertWrong(String message, String... arguments) {
        assertEquals(2, generate(arguments));
        assertEquals("esc generate: " + message + "\n", err);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.model.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
    private static final Path VECTORS = Path.of(System.getProperty("fmd.fixtures"), "diagnosis-vectors");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Path vector, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--rules",
                vector.resolve("rules.esc").toString(),
                "--topology",
                vector.resolve("topology.json").toString(),
                "--ereports",
                vector.resolve("ereports.json").toString()));
        arguments.addAll(List.of(more));
        CommandLine line = Esc.createEsc();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments.toArray(String[]::new));
    }

    @Test
    void printsOneObjectWithAllOutcomes() throws IOException {
        assertEquals(0, run(VECTORS.resolve("single-fault"), "-j", "--compat"));
        Map<?, ?> printed = (Map<?, ?>) Json.parse(out.toString());
        Map<?, ?> expected = (Map<?, ?>) Json.parse(Files.readAllBytes(VECTORS.resolve("single-fault/expect.json")));
        assertEquals(Json.write(expected.get("outcomes")), Json.write(printed.get("outcomes")));
    }

    @Test
    void obeysItsOptions() {
        run(VECTORS.resolve("hesitation-option"), "--hesitate-ms", "2000");
        assertTrue(out.toString().startsWith("3s     case 1 undiagnosable from #1: "), out::toString);
    }

    @Test
    void refusesRulesWithErrorsAndShowsThem(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("rules.esc"), "prop fault.x@disk -> ereport.x@disk;\n");
        Files.writeString(folder.resolve("topology.json"), "[]");
        Files.writeString(folder.resolve("ereports.json"), "[]");
        assertEquals(1, run(folder));
        assertTrue(err.toString().contains("rules.esc:1:6: error ESC303"), err::toString);
    }

    @Test
    void saysWhichEntryOfAFileIsWrong(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("rules.esc"), ";\n");
        Files.writeString(folder.resolve("topology.json"), "[{\"path\": \"chassis\"}]");
        Files.writeString(folder.resolve("ereports.json"), "[]");
        assertEquals(2, run(folder));
        assertEquals(
                "esc run: node 0 of the topology: path: 'chassis' is no path; expected names with numbers such as"
                        + " chassis0/bay3\n",
                err.toString());
    }

    @Test
    void refusesAnOptionThatIsNoNumber() {
        assertEquals(2, run(VECTORS.resolve("single-fault"), "--hesitate-ms", "soon"));
        assertEquals("esc run: --hesitate-ms: 'soon' is no number between 0 and 9223372036854\n", err.toString());
    }
}

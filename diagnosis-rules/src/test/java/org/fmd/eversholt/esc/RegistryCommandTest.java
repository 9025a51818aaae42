// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.registry.EventRegistry;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class RegistryCommandTest {
    private static final String[] SOME = {
        "ereport.io.scsi.cmd.disk.dev.rqs.merr",
        "fault.io.scsi.cmd.disk.dev.rqs.merr",
        "list.updated",
        "ireport.fm.agent.outcome",
        "ereport.fm.fmd.intake_dropped"
    };

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

    private static String[] registry(String... arguments) {
        return Stream.of(Stream.of("registry"), Arrays.stream(arguments), Arrays.stream(SOME))
                .flatMap(some -> some)
                .toArray(String[]::new);
    }

    @TestFactory
    Stream<DynamicTest> eachFormIsAsReviewed() {
        Map<String, String[]> forms = Map.of(
                "some.txt", registry(),
                "some.html", registry("--html"),
                "some.jsonl", registry("-j"),
                "some.schema.json", registry("--schema"),
                "help.txt", new String[] {"registry", "--help"});
        return forms.entrySet().stream()
                .map(form -> DynamicTest.dynamicTest(form.getKey(), () -> {
                    assertEquals(0, esc(form.getValue()));
                    assertEquals("", err);
                    Golden.assertMatches(Fixtures.path("registry").resolve(form.getKey()), out);
                }));
    }

    @Test
    void withoutClassesAllAreShown() throws JsonProblem {
        assertEquals(0, esc("registry", "--json"));
        List<String> lines = out.lines().toList();
        assertEquals(EventRegistry.shipped().classes().size(), lines.size());
        for (String line : lines) {
            assertTrue(
                    Json.parse(line) instanceof Map<?, ?> map && Long.valueOf(1).equals(map.get("schema-version")));
        }
    }

    @Test
    void aStarAtTheEndIsAnyNumberOfWords() {
        assertEquals(0, esc("registry", "fault.io.disk.*"));
        assertTrue(out.contains("\nfault.io.disk.self-test-failure\n"), out);
        assertFalse(out.contains("ereport."), out);
    }

    @Test
    void theHtmlPageNeedsNothingElse() {
        assertEquals(0, esc("registry", "--html"));
        assertFalse(
                out.contains("<script") || out.contains("http") || out.contains(" src="), "nothing is fetched or run");
        assertEquals(count("<table>"), count("</table>"));
        assertEquals(count("<h3 "), EventRegistry.shipped().classes().size());
    }

    private int count(String part) {
        return out.split(part, -1).length - 1;
    }

    @Test
    void aClassThatIsNotThereIsTold() {
        assertEquals(1, esc("registry", "list.resolvd"));
        assertEquals("esc registry: no class is called 'list.resolvd'; did you mean 'list.resolved'?\n", err);
        assertEquals("", out);
    }

    @Test
    void formsExcludeEachOther() {
        assertEquals(2, esc("registry", "--html", "-j"));
        assertEquals("esc registry: --html and --json exclude each other; choose one\n", err);
    }
}

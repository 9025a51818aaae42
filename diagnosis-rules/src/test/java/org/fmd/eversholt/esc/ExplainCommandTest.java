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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code esc explain}: each kind of answer once, word for word. */
class ExplainCommandTest {
    private static final String RULES = """
            event fault.x.f@host/disk, FITrate=30;
            event fault.x.g@host/disk, FITrate=10;
            event fault.x.h@host;
            event fault.x.n@host/psu;
            event error.x.e@host/disk;
            event upset.x.u@host/disk;
            event ereport.x.a@host/disk { within(5s) };
            event ereport.x.b@host/disk { within(5s) };
            event ereport.x.d@host/disk { within(0s) };
            event ereport.x.p@host/psu;
            engine serd.x.s@host/disk, N=2, T=1h, trip=ereport.x.t@host/disk;
            event ereport.x.t@host/disk;
            event upset.x.s@host/disk, engine=serd.x.s@host/disk;
            event fault.x.s@host/disk;
            #define BAD	(payloadprop_contains("how", "bad"))
            prop fault.x.f@host/disk (2)-> ereport.x.a@host/disk { BAD && setpayloadprop("lba", payloadprop("lba")) }, ereport.x.b@host/disk;
            prop fault.x.g@host/disk (2)-> ereport.x.a@host/disk { BAD && payloadprop("lba") > 100 }, ereport.x.b@host/disk;
            prop fault.x.h@host (0)-> error.x.e@host/disk;
            prop error.x.e@host/disk -> ereport.x.b@host/disk;
            prop upset.x.u@host/disk -> ereport.x.a@host/disk { !BAD };
            prop upset.x.s@host/disk -> ereport.x.d@host/disk;
            prop fault.x.s@host/disk (2)-> ereport.x.d@host/disk, ereport.x.t@host/disk;
            prop fault.x.n@host/psu -> ereport.x.p@host/psu;
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> ereports = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("x.esc"), RULES);
        Files.writeString(folder.resolve("t.json"), """
                [{"path": "host0"}, {"path": "host0/disk0"}, {"path": "host0/disk1"}, {"path": "host0/psu0"}]
                """);
    }

    private void ereport(long millis, String what, String payload) {
        ereports.add("{\"t_ms\": " + millis + ", \"class\": \"ereport.x." + what
                + "\", \"detector\": {\"path\": \"host0/disk0\"}, \"payload\": {" + payload + "}}");
    }

    private int explain(String... arguments) throws IOException {
        Path list = Files.writeString(folder.resolve("e.json"), "[" + String.join(",\n", ereports) + "]");
        List<String> all = new ArrayList<>(
                List.of("explain", "--rules", folder.resolve("x.esc").toString()));
        all.addAll(List.of("--topology", folder.resolve("t.json").toString(), "--ereports", list.toString()));
        all.addAll(List.of(arguments));
        CommandLine line = Esc.createEsc();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(all.toArray(String[]::new));
    }

    private void assertSays(String expected) {
        assertEquals(expected, out.toString().replace(folder + "/", ""));
    }

    @Test
    void aSuspectStandsOnWhatWasSeenAndOnWhatCame() throws IOException {
        ereport(1000, "a", "\"how\": \"bad\", \"lba\": 7");
        ereport(2000, "b", "");
        assertEquals(0, explain());
        assertSays("""
                case 1, opened by ereport.x.a@host0/disk0 at 1s, was solved at 2s: 1 suspect
                  ereport.x.a@host0/disk0 was seen at 1s
                  ereport.x.b@host0/disk0 was seen at 2s
                  fault.x.f@host0/disk0 is suspected, 100%: it alone explains all that was seen, and what it owes has come
                    x.esc:16:32: fault.x.f@host0/disk0 leads to ereport.x.a@host0/disk0, which was seen
                      x.esc:16:56: payload member 'how' is 'bad'
                    x.esc:16:108: fault.x.f@host0/disk0 leads to ereport.x.b@host0/disk0, which was seen
                    x.esc:16:26: of what fault.x.f@host0/disk0 leads to, 2 must come: ereport.x.a@host0/disk0, ereport.x.b@host0/disk0 came
                  fault.x.g@host0/disk0 is not suspected: it does not lead to ereport.x.a@host0/disk0, which was seen
                    x.esc:17:63: payload member 'lba' is 7, wanted more than 100
                  upset.x.u@host0/disk0 is not suspected: it does not lead to ereport.x.a@host0/disk0, which was seen
                    x.esc:20:53: payload member 'how' is 'bad', wanted anything else
                """);
    }

    @Test
    void whatDidNotComeIsNamedWithItsTime() throws IOException {
        ereport(1000, "a", "\"how\": \"bad\", \"lba\": 700");
        assertEquals(0, explain("fault.x.f@host0/disk0"));
        assertSays("""
                fault.x.f@host0/disk0 was not diagnosed
                  case 1: fault.x.f@host0/disk0 is not suspected: what it leads to has not come
                    x.esc:16:26: of what fault.x.f@host0/disk0 leads to, 2 must come: ereport.x.a@host0/disk0 came; ereport.x.b@host0/disk0 did not come by 6s
                """);
    }

    @Test
    void anErrorOnTheWayIsFollowed() throws IOException {
        ereport(1000, "b", "");
        assertEquals(0, explain("--case", "1"));
        assertSays("""
                case 1, opened by ereport.x.b@host0/disk0 at 1s, was solved at 6s: 1 suspect
                  ereport.x.b@host0/disk0 was seen at 1s
                  fault.x.h@host0 is suspected, 100%: it alone explains all that was seen, and what it owes has come
                    x.esc:18:27: fault.x.h@host0 leads to error.x.e@host0/disk0
                    x.esc:19:29: error.x.e@host0/disk0 leads to ereport.x.b@host0/disk0, which was seen
                  fault.x.f@host0/disk0 is not suspected: what it leads to has not come
                    x.esc:16:26: of what fault.x.f@host0/disk0 leads to, 2 must come: ereport.x.b@host0/disk0 came; ereport.x.a@host0/disk0 did not come by 6s
                  fault.x.g@host0/disk0 is not suspected: what it leads to has not come
                    x.esc:17:26: of what fault.x.g@host0/disk0 leads to, 2 must come: ereport.x.b@host0/disk0 came; ereport.x.a@host0/disk0 did not come by 6s
                """);
    }

    @Test
    void anEngineSaysHowFarItCountsAndWhenItForgets() throws IOException {
        ereport(1000, "d", "");
        ereport(60_000, "d", "");
        assertEquals(0, explain("fault.x.s@host0/disk0"));
        assertSays("""
                fault.x.s@host0/disk0 was not diagnosed
                  case 1, case 2: fault.x.s@host0/disk0 is not suspected: what it leads to has not come
                    x.esc:22:26: of what fault.x.s@host0/disk0 leads to, 2 must come: ereport.x.d@host0/disk0 came; ereport.x.t@host0/disk0 was not delivered, since its engine has not fired
                  serd.x.s@host0/disk0 counts 2 of the 3 in 1h that it takes; the oldest is forgotten after 1h1s
                """);
    }

    @Test
    void anUpsetThatCameTooOftenMadeItsEngineFire() throws IOException {
        ereport(1000, "d", "");
        ereport(2000, "d", "");
        ereport(3000, "d", "");
        explain("fault.x.s@host0/disk0", "--case", "3");
        assertTrue(
                out.toString()
                        .contains("upset.x.s@host0/disk0 explains all that was seen; it has come too often, so its"
                                + " engine fired"),
                out::toString);
        assertTrue(out.toString().contains("serd.x.s@host0/disk0 fired: more than 2 in 1h"), out::toString);
        assertTrue(out.toString().contains("case 4: fault.x.s@host0/disk0 is suspected, 100%"), out::toString);
        assertTrue(out.toString().contains("serd.x.s@host0/disk0 counts nothing now; it takes 3 in 1h"), out::toString);
    }

    @Test
    void whatWasNeverSeenIsListed() throws IOException {
        ereport(1000, "a", "\"how\": \"well\"");
        explain(
                "fault.x.n@host0/psu0",
                "fault.x.f@host0/disk1",
                "fault.x.f@host0/disk7",
                "fault.x.ff@host0/disk0",
                "fault.x.f@host0");
        assertSays("""
                fault.x.n@host0/psu0 was not diagnosed
                  nothing was seen that it leads to: ereport.x.p@host/psu
                fault.x.f@host0/disk1 was not diagnosed
                  nothing was seen that it leads to: ereport.x.a@host/disk, ereport.x.b@host/disk
                    seen, but no rule leads there from host0/disk1 on this machine: ereport.x.a@host0/disk0
                fault.x.f@host0/disk7 was not diagnosed
                  there is no host0/disk7 on this machine
                fault.x.ff@host0/disk0 was not diagnosed
                  no rule declares fault.x.ff; did you mean 'fault.x.f'?
                fault.x.f@host0 was not diagnosed
                  the rules know fault.x.f only of host/disk
                """);
    }

    @Test
    void withJTheSentencesHaveMembersForPrograms() throws IOException {
        ereport(1000, "a", "\"how\": \"well\"");
        assertEquals(0, explain("-j", "fault.x.f@host0/disk0"));
        Map<?, ?> answer = (Map<?, ?>) Json.parse(out.toString());
        assertEquals(
                List.of("dropped", "fault.x.f", "host0/disk0", false),
                List.of(answer.get("kind"), answer.get("class"), answer.get("resource"), answer.get("diagnosed")));
        Map<?, ?> inCase = (Map<?, ?>) ((List<?>) answer.get("because")).get(0);
        Map<?, ?> constraint = (Map<?, ?>) ((List<?>) inCase.get("because")).get(0);
        assertEquals(
                List.of("constraint", 16L, 56L, false),
                List.of(
                        constraint.get("kind"),
                        constraint.get("line"),
                        constraint.get("column"),
                        constraint.get("truth")));
        assertTrue(
                String.valueOf(constraint.get("sentence"))
                        .endsWith("x.esc:16:56: payload member 'how' is 'well', wanted 'bad'"),
                constraint::toString);
    }

    @Test
    void aCaseThatThereIsNotIsRefusedAndAPlacelessProblemIsWrongUse() throws IOException {
        assertEquals(1, explain("--case", "7"));
        assertEquals("esc explain: there is no such case\n", err.toString());
        assertEquals(2, explain("fault.x.f"));
        assertTrue(err.toString().contains("'fault.x.f' is no problem at a place"), err::toString);
    }
}

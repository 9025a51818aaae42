// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code esc explain} of what a constraint rules out: which one, and what its operands were then, word for word. */
class ExplainConstraintsTest {
    private static final String EVENTS = """
            event fault.x.f@host/disk;
            event fault.x.g@host/disk;
            event fault.x.h@host;
            event error.x.e@host/disk;
            event ereport.x.a@host/disk { within(1s) };
            event ereport.x.b@host/disk { within(1s) };
            """;
    private static final String MACHINE = """
            [{"path": "host0", "properties": {"connected": "host0/disk1"}},
             {"path": "host0/disk0", "properties": {"type": "hdd", "slots": "2"}}, {"path": "host0/disk1"}]
            """;

    @TempDir
    private Path folder;

    private final List<String> ereports = new ArrayList<>();

    private void ereport(long millis, String what, String payload) {
        ereports.add("{\"t_ms\": " + millis + ", \"class\": \"ereport.x." + what
                + "\", \"detector\": {\"path\": \"host0/disk0\"}, \"payload\": {" + payload + "}}");
    }

    private void assertExplains(String problem, String rules, String expected) throws IOException {
        Files.writeString(folder.resolve("x.esc"), EVENTS + rules);
        Files.writeString(folder.resolve("t.json"), MACHINE);
        Files.writeString(folder.resolve("e.json"), "[" + String.join(",\n", ereports) + "]");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Esc.createEsc();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(List.of("explain"));
        arguments.addAll(List.of("--rules", folder.resolve("x.esc").toString()));
        arguments.addAll(List.of("--topology", folder.resolve("t.json").toString()));
        arguments.addAll(List.of("--ereports", folder.resolve("e.json").toString(), problem));
        assertEquals(0, line.execute(arguments.toArray(String[]::new)), err::toString);
        assertEquals(expected, out.toString().replace(folder + "/", ""));
    }

    /** The graph is empty, so there is no exercise that could be looked at again. */
    @Test
    void aPropertyThatForbidsTheOnlyWayIsShown() throws IOException {
        ereport(1000, "a", "");
        assertExplains("fault.x.f@host0/disk0", """
                prop fault.x.f@host/disk -> ereport.x.a@host/disk { confprop(host/disk, "type") == "ssd" };
                """, """
                fault.x.f@host0/disk0 was not diagnosed
                  on this machine constraints forbid that it leads to any ereport: ereport.x.a@host/disk
                    x.esc:7:53: property "type" of host0/disk0 is 'hdd', wanted 'ssd'
                """);
    }

    @Test
    void anotherProblemWasDiagnosedAndTheConstraintOfThisOneIsShown() throws IOException {
        ereport(1000, "a", "");
        assertExplains("fault.x.f@host0/disk0", """
                prop fault.x.f@host/disk -> ereport.x.a@host/disk { confprop(host/disk, "slots") > 2 + 1 };
                prop fault.x.g@host/disk -> ereport.x.a@host/disk;
                """, """
                fault.x.f@host0/disk0 was not diagnosed
                  on this machine constraints forbid that it leads to what was seen: ereport.x.a@host0/disk0
                    x.esc:7:53: property "slots" of host0/disk0 is '2', (2 + 1) is 3, wanted more than 3
                """);
    }

    @Test
    void aConstraintOnTheWayToTheSecondEreportIsShown() throws IOException {
        ereport(1000, "a", "");
        ereport(1500, "b", "");
        assertExplains("fault.x.f@host0/disk0", """
                prop fault.x.f@host/disk (0)-> ereport.x.a@host/disk, error.x.e@host/disk;
                prop error.x.e@host/disk -> ereport.x.b@host/disk { is_type(host/disk) == "ssd" };
                prop fault.x.g@host/disk (0)-> ereport.x.a@host/disk, ereport.x.b@host/disk;
                """, """
                fault.x.f@host0/disk0 was not diagnosed
                  case 1: fault.x.f@host0/disk0 is not suspected: it does not explain ereport.x.b@host0/disk0, which was seen
                    x.esc:8:53: type of host0/disk0 is 'hdd', wanted 'ssd'
                """);
    }

    @Test
    void placesInFunctionsAreShown() throws IOException {
        ereport(1000, "a", "");
        assertExplains("fault.x.h@host0", """
                prop fault.x.h@host (0)-> error.x.e@host/disk { is_connected(asru(host), host/disk) };
                prop fault.x.h@host (0)-> error.x.e@host/disk { !is_under(host, fru(host/disk)) };
                prop fault.x.h@host (0)-> error.x.e@host/disk { confprop_defined(host/disk, "none") };
                prop fault.x.h@host (0)-> error.x.e@host/disk { is_present(host/disk[9]) };
                prop error.x.e@host/disk -> ereport.x.a@host/disk;
                prop fault.x.g@host/disk -> ereport.x.a@host/disk;
                """, """
                fault.x.h@host0 was not diagnosed
                  on this machine constraints forbid that it leads to what was seen: ereport.x.a@host0/disk0
                    x.esc:7:49: host0 is not connected to host0/disk0
                    x.esc:8:49: host0/disk0 is under host0
                    x.esc:9:49: host0/disk0 has no property "none"
                    x.esc:10:49: host0/disk9 is not there
                """);
    }

    /** When somebody asks, the other fault is there; when the ereport came, it was not. */
    @Test
    void aFaultThatWasNotThereYetIsNotThereInTheExplanation() throws IOException {
        ereport(1000, "a", "");
        ereport(60_000, "b", "");
        assertExplains("fault.x.f@host0/disk0", """
                prop fault.x.f@host/disk -> ereport.x.a@host/disk { has_fault(host/disk, "fault.x.g") };
                prop fault.x.h@host (0)-> ereport.x.a@host/disk;
                prop fault.x.g@host/disk -> ereport.x.b@host/disk;
                """, """
                fault.x.f@host0/disk0 was not diagnosed
                  on this machine constraints forbid that it leads to what was seen: ereport.x.a@host0/disk0
                    x.esc:7:53: host0/disk0 has no open fault "fault.x.g"
                """);
    }

    @Test
    void aPayloadThatIsMissingIsNamed() throws IOException {
        ereport(1000, "a", "\"asc\": 17");
        assertExplains("fault.x.f@host0/disk0", """
                prop fault.x.f@host/disk -> ereport.x.a@host/disk { payloadprop("lba") > 100 && payloadprop("asc") == 17 };
                prop fault.x.g@host/disk -> ereport.x.a@host/disk;
                """, """
                fault.x.f@host0/disk0 was not diagnosed
                  case 1: fault.x.f@host0/disk0 is not suspected: it does not lead to ereport.x.a@host0/disk0, which was seen
                    x.esc:7:53: the payload has no member 'lba', wanted more than 100
                """);
    }

    @Test
    void anEngineSaysWhatItCountsAndWhatItTakes() throws IOException {
        ereport(1000, "a", "");
        ereport(2000, "a", "");
        assertExplains("fault.x.s@host0/disk0", """
                engine serd.x.s@host/disk, N=3, T=10m;
                event fault.x.s@host/disk, engine=serd.x.s@host/disk;
                prop fault.x.s@host/disk -> ereport.x.a@host/disk;
                """, """
                fault.x.s@host0/disk0 was not diagnosed
                  case 1: fault.x.s@host0/disk0 explains all that was seen, but has not come often enough
                    x.esc:9:29: fault.x.s@host0/disk0 leads to ereport.x.a@host0/disk0, which was seen
                    x.esc:9:26: of what fault.x.s@host0/disk0 leads to, 1 must come: ereport.x.a@host0/disk0 came
                    serd.x.s@host0/disk0 counted 1 of the 4 in 10m that it takes
                  case 2: fault.x.s@host0/disk0 explains all that was seen, but has not come often enough
                    x.esc:9:29: fault.x.s@host0/disk0 leads to ereport.x.a@host0/disk0, which was seen
                    x.esc:9:26: of what fault.x.s@host0/disk0 leads to, 1 must come: ereport.x.a@host0/disk0 came
                    serd.x.s@host0/disk0 counted 2 of the 4 in 10m that it takes
                  serd.x.s@host0/disk0 counts 2 of the 4 in 10m that it takes; the oldest is forgotten after 10m1s
                """);
    }
}

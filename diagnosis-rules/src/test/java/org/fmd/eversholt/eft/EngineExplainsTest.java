// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.fmd.api.CaseKey;
import org.fmd.api.Explanation;
import org.fmd.api.Explanation.Question;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.event.LogRef;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the module can say of its conclusions while it works, and that asking changes nothing. */
class EngineExplainsTest {
    private static final String RULES = """
            event ereport.x.a@disk;
            event ereport.x.b@disk { within(5s) };
            event ereport.x.t@disk;
            engine serd.x.s@disk, N=2, T=1h, trip=ereport.x.t@disk;
            event upset.x.s@disk, engine=serd.x.s@disk;
            event fault.x.s@disk;
            event fault.x.f@disk;
            prop upset.x.s@disk -> ereport.x.a@disk { !payloadprop_contains("how", "bad") };
            prop fault.x.s@disk (2)-> ereport.x.a@disk, ereport.x.t@disk;
            prop fault.x.f@disk -> ereport.x.a@disk { payloadprop_contains("how", "bad") };
            prop fault.x.f@disk (0)-> ereport.x.b@disk;
            """;

    @TempDir
    private Path rules;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(rules.resolve("x.esc"), RULES);
        bench = new Bench(rules);
    }

    private static NvList how(String how) {
        return NvList.builder().string("how", how).build();
    }

    private Optional<String> ofCase(long offset, int ordinal) {
        UUID uuid = new CaseKey(new LogRef(new UUID(0, 0), offset), ordinal).uuid("eft");
        return bench.engine.explain(new Question.OfCase(uuid)).map(Explanation::text);
    }

    private String ofProblem(String problem) {
        return bench.engine
                .explain(new Question.OfProblem(problem, new DevFmri("/dev/a", "id1,a", null)))
                .map(Explanation::text)
                .orElse("");
    }

    @Test
    void aPublishedCaseIsExplainedByItsUuid() {
        bench.post(1, "ereport.x.a", how("bad"));
        bench.runTo(10);
        String text = ofCase(0, 0).orElseThrow();
        assertTrue(text.contains("was solved at 1970-01-01T00:00:06Z: 1 suspect"), text);
        assertTrue(text.contains("fault.x.f@chassis0/bay0/disk0 is suspected, 100%"), text);
        assertTrue(text.contains("payload member 'how' is 'bad'"), text);
        assertEquals(Optional.empty(), ofCase(7, 0));
    }

    @Test
    void itIsRememberedThroughManyDuplicatesAndAfterItsRepair() {
        for (int i = 0; i < 3000; i++) {
            bench.post(10 * i, "ereport.x.a", how("bad"));
        }
        bench.runTo(40_000);
        assertTrue(ofCase(0, 0).isPresent());
        assertTrue(ofCase(1, 0).isEmpty());
        bench.repaired(40_000);
        bench.post(50_000, "ereport.x.a", how("bad"));
        bench.runTo(60_000);
        assertTrue(ofCase(0, 0).isPresent());
        assertTrue(ofCase(3000, 0).isPresent());
    }

    @Test
    void whatWasClosedInSilenceIsExplainedFromTheLastEreports() {
        bench.post(1, "ereport.x.a", how("well"));
        bench.post(2, "ereport.x.a", how("well"));
        String text = ofProblem("fault.x.f");
        assertTrue(
                text.startsWith("fault.x.f@chassis0/bay0/disk0 was not diagnosed\n"
                        + "  of 1970-01-01T00:00:01Z, of 1970-01-01T00:00:02Z: fault.x.f@chassis0/bay0/disk0 is not suspected: it"
                        + " does not lead to ereport.x.a@chassis0/bay0/disk0, which was seen\n"),
                text);
        assertTrue(text.contains("payload member 'how' is 'well', wanted 'bad'"), text);
        text = ofProblem("fault.x.s");
        assertTrue(
                text.contains("serd.x.s@chassis0/bay0/disk0 counts 2 of the 3 in 1h that it takes; the oldest is"
                        + " forgotten after 1970-01-01T01:00:01Z"),
                text);
    }

    @Test
    void aDiagnosisByATripIsExplainedToo() {
        for (int i = 0; i < 3; i++) {
            bench.post(10 * i, "ereport.x.a", how("well"));
        }
        assertEquals(List.of("20.0 fault.x.s 100% hc:///chassis=0/bay=0/disk=0 {}"), bench.said);
        String text = ofProblem("fault.x.s");
        assertTrue(text.startsWith("fault.x.s@chassis0/bay0/disk0 was diagnosed\n"), text);
        assertTrue(text.contains("ereport.x.t@chassis0/bay0/disk0"), text);
        assertTrue(text.contains("serd.x.s@chassis0/bay0/disk0 counts nothing now"), text);
        assertTrue(ofCase(2, 1).orElseThrow().contains("ereport.x.t@chassis0/bay0/disk0 was delivered by its engine"));
    }

    @Test
    void askingChangesNothing() throws IOException {
        Bench quiet = new Bench(rules);
        for (int i = 0; i < 60; i++) {
            String what = i % 7 == 0 ? "bad" : "well";
            bench.post(4 * i, i % 5 == 4 ? "ereport.x.b" : "ereport.x.a", how(what));
            quiet.post(4 * i, i % 5 == 4 ? "ereport.x.b" : "ereport.x.a", how(what));
            ofProblem("fault.x.f");
            ofProblem("fault.x.s");
            ofCase(i, 0);
        }
        bench.runTo(1000);
        quiet.runTo(1000);
        assertTrue(quiet.said.size() > 5, quiet.said::toString);
        assertEquals(quiet.said, bench.said);
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ofCase(i, 0).ifPresent(cases::add);
        }
        assertTrue(!cases.isEmpty());
    }

    @Test
    void aPlaceThatIsNotThereHasNoAnswer() {
        assertEquals(
                Optional.empty(),
                bench.engine.explain(new Question.OfProblem("fault.x.f", new DevFmri("/dev/z", null, null))));
        assertTrue(bench.engine
                .explain(new Question.OfProblem(
                        "fault.x.f", TopoPath.of("bay", 7).child("disk", 0).toHc()))
                .orElseThrow()
                .text()
                .contains("there is no bay7/disk0 on this machine"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.junit.jupiter.api.Test;

class AnalyserTest {
    private static Program program(String rules) {
        return Compiler.ours().compile(List.of(new SourceFile("r.esc", rules))).programOrThrow();
    }

    private static List<String> codes(String rules) {
        return Analyser.ofRulesAlone().analyse(program(rules)).issues().stream()
                .map(issue -> issue.code().id())
                .filter(id -> !id.equals("ESC710"))
                .toList();
    }

    private static final String TWO = """
            event fault.a@disk; event fault.b@disk; event upset.u@disk;
            event ereport.r@disk; event ereport.s@disk; event error.e@disk;
            prop upset.u@disk (0)-> ereport.r@disk, ereport.s@disk;
            """;

    @Test
    void theShippedRulesAreClean() throws IOException {
        String rules = Files.readString(Path.of("src/main/eversholt/disk.esc"));
        assertEquals(
                List.of(),
                Analyser.ofRulesAlone().analyse(program(rules)).issues().stream()
                        .filter(issue -> issue.severity() == Severity.WARNING)
                        .map(Issue::toString)
                        .toList());
    }

    @Test
    void windowsAddUpAlongObligationsOnly() {
        String rules = TWO + "prop fault.a@disk (N)-> error.e@disk { within(3s) };"
                + "prop error.e@disk (N)-> ereport.r@disk { within(5s) }, ereport.s@disk { within(0s) };"
                + "prop fault.b@disk -> ereport.s@disk;";
        assertEquals(8_000_000_000L, wait(rules.replace("(N)", "(2)").replace("(2)-> error", "(1)-> error")));
        assertEquals(5_000_000_000L, wait(rules.replace("(N)", "(0)")));
    }

    private static long wait(String rules) {
        return Analyser.ofRulesAlone().analyse(program(rules)).waits().stream()
                .filter(wait -> wait.problem().name().eventClass().equals("fault.a"))
                .mapToLong(Analysis.Wait::nanos)
                .sum();
    }

    @Test
    void whatTellsTwoProblemsApartIsSeen() {
        String same = TWO + "prop fault.a@disk, fault.b@disk -> ereport.r@disk;";
        assertEquals(List.of("ESC704"), codes(same));
        assertEquals(List.of("ESC705"), codes(same + "prop fault.b@disk (0)-> ereport.s@disk;"));
        assertEquals(List.of(), codes(same + "prop fault.b@disk -> ereport.s@disk;"));
        assertEquals(List.of(), codes(same.replace("fault.b@disk;", "fault.b@disk, message=0;")));
        assertEquals(
                List.of(),
                codes("engine serd.x@disk, N=1, T=1h;"
                        + same.replace("fault.b@disk; event", "fault.b@disk, engine=serd.x@disk; event")
                                .replace("fault.a@disk; event", "fault.a@disk, engine=serd.x@disk; event")));
        assertEquals(List.of(), codes(same.replace(" -> ereport.r@disk;", " -> ereport.r@disk { $x == 1 };")));
    }

    @Test
    void whatIsPostedIsKnownFromOutside() {
        Program program = program(TWO + "prop fault.a@disk -> ereport.r@disk; prop fault.b@disk -> ereport.s@disk;");
        assertTrue(new Analyser(java.util.Set.of("ereport.r"), 0)
                .analyse(program).issues().stream().anyMatch(i -> i.code() == IssueCode.PROBLEM_UNPOSTED));
        assertEquals(
                List.of(),
                new Analyser(java.util.Set.of("ereport.r", "ereport.s"), 0)
                        .analyse(program).issues().stream()
                                .filter(i -> i.severity() == Severity.WARNING)
                                .toList());
    }

    @Test
    void aConstraintThatSpeaksOfBothTiesThem() {
        String rules = "event fault.a@enclosure; event ereport.r@psu; prop fault.a@enclosure -> ereport.r@psu";
        assertEquals(List.of("ESC709"), codes(rules + ";"));
        assertEquals(List.of(), codes(rules + " { is_under(enclosure, psu) };"));
        assertEquals(List.of("ESC709"), codes(rules + " { is_on(psu) };"));
        assertEquals(
                List.of(),
                codes(rules.replace("fault.a@enclosure ->", "fault.a@enclosure[n] ->")
                        .replace("-> ereport.r@psu", "-> ereport.r@psu[n];")));
    }

    @Test
    void aLargeProgramIsAnalysedInReasonableTime() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            rules.append("event fault.f%d@d; event error.e%d@d; event ereport.r%d@d;".replace("%d", "" + i));
            rules.append("prop fault.f%d@d -> error.e%d@d; prop error.e%d@d -> ereport.r%d@d;".replace("%d", "" + i));
            rules.append("prop error.e" + i + "@d -> error.e" + (i + 1) % 3_000 + "@d;".replace("%d", "" + i));
        }
        String open = rules.toString().replace("error.e2999@d -> error.e0@d;", "error.e2999@d -> ereport.r0@d;");
        assertEquals(
                3_000, Analyser.ofRulesAlone().analyse(program(open)).waits().size());
    }

    /** {@code docs/analysis.md} lists exactly the codes from 700 on, with the words and the severity they have. */
    @Test
    void everyCodeIsDocumented() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/analysis.md"))) {
            if (line.startsWith("| ESC7")) {
                String[] cells = line.split("\\|");
                documented.put(cells[1].strip(), cells[2].strip() + ": " + cells[3].strip());
                assertTrue(cells.length == 6 && !cells[4].isBlank() && !cells[5].isBlank(), line);
            }
        }
        Map<String, String> known = Arrays.stream(IssueCode.values())
                .filter(code -> code.id().startsWith("ESC7") && code.id().compareTo("ESC750") < 0)
                .collect(Collectors.toMap(
                        IssueCode::id,
                        code -> code.severity().word() + ": " + code.summary(),
                        (a, b) -> a,
                        TreeMap::new));
        assertEquals(known, documented);
    }
}

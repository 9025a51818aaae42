// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fmd.model.json.Json;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestCommandTest {
    private static final String RULES = """
            event fault.x.f@disk, FITrate=30, retire=0;
            event fault.x.g@disk, FITrate=10;
            event upset.x.u@disk;
            event ereport.x.a@disk { within(5s) };
            event ereport.x.b@disk { within(5s) };
            event ereport.x.d@disk, discard_if_config_unknown=1;
            engine serd.x.s@disk, N=2, T=1h;
            event fault.x.s@disk, engine=serd.x.s@disk;
            #define BAD	(payloadprop_contains("how", "bad"))
            prop fault.x.f@disk (2)-> ereport.x.a@disk { BAD && setpayloadprop("lba", payloadprop("lba")) }, ereport.x.b@disk;
            prop fault.x.g@disk (2)-> ereport.x.a@disk { BAD }, ereport.x.b@disk;
            prop upset.x.u@disk -> ereport.x.a@disk { !BAD };
            prop fault.x.s@disk -> ereport.x.d@disk { within(0s) };
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int test(String... arguments) {
        CommandLine line = Esc.createEsc();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[arguments.length + 1];
        all[0] = "test";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }

    /** Writes {@code x.esc} and {@code x.scenario} with a machine of two disks before the text; returns the latter's name. */
    private String scenario(String text) throws IOException {
        Files.writeString(folder.resolve("x.esc"), RULES);
        return Files.writeString(
                        folder.resolve("x.scenario"), "machine\n  bay0/disk0  devid=id1,a\n  bay1/disk0\n" + text)
                .toString();
    }

    private void assertSays(String expected) {
        assertEquals(expected, out.toString().replace(folder + "/", ""));
    }

    @Test
    void shippedRulesDoAsTheirScenariosSayAndAllTheirPropagationsAreUsed() {
        int status = test(
                "--min-coverage=100",
                Fixtures.project("diagnosis-rules/src/main/eversholt").toString());
        assertEquals(0, status, () -> out.toString() + err);
    }

    @Test
    void sampleRulesDoAsTheirScenariosSayAndNearlyAllTheirPropagationsAreUsed() {
        assertEquals(0, test("--min-coverage=98%", Fixtures.path("rules").toString()), () -> out.toString() + err);
    }

    @Test
    void sayWhichPartsOfTheRulesWereUsed() throws IOException {
        String file = scenario("""
                scenario well
                  1s  ereport.x.a  bay0/disk0  how=well
                  nothing
                """);
        assertEquals(1, test("-v", "--min-coverage", "50", file), out::toString);
        assertSays("""
                x.scenario:4: passed: well
                    1s     case 1 closed, nothing serious, from #1
                propagations              1 of      6   16 %
                constraints true          1 of      4   25 %
                constraints false         2 of      3   66 %
                obligations met           1 of      4   25 %
                obligations failed        0 of      2    0 %
                engines fired             0 of      1    0 %
                engines counting          0 of      1    0 %
                x.esc:10:27: never used: fault.x.f@disk -> ereport.x.a@disk
                x.esc:10:98: never used: fault.x.f@disk -> ereport.x.b@disk
                x.esc:11:27: never used: fault.x.g@disk -> ereport.x.a@disk
                x.esc:11:53: never used: fault.x.g@disk -> ereport.x.b@disk
                x.esc:13:24: never used: fault.x.s@disk -> ereport.x.d@disk
                x.esc:10:46: never true: payloadprop_contains("how", "bad")
                x.esc:10:53: never true: setpayloadprop("lba", payloadprop("lba"))
                x.esc:11:46: never true: payloadprop_contains("how", "bad")
                x.esc:12:43: never false: !payloadprop_contains("how", "bad")
                x.esc:10:21: never met: fault.x.f@disk (2)-> ...
                x.esc:11:21: never met: fault.x.g@disk (2)-> ...
                x.esc:13:21: never met: fault.x.s@disk (1)-> ...
                x.esc:10:21: never failed: fault.x.f@disk (2)-> ...
                x.esc:11:21: never failed: fault.x.g@disk (2)-> ...
                x.esc:7:1: never fired: serd.x.s@disk
                x.esc:7:1: never counts without firing: serd.x.s@disk
                1 scenario, all passed, too few propagations used
                """);
        assertEquals(0, test("--min-coverage", "16", file));
    }

    @Test
    void aScenarioThatEndsAsItSaysPasses() throws IOException {
        String file = scenario("""
                scenario two reports, a blank of seconds between   // a comment
                  1s  ereport.x.a  devid:id1,a  how=bad lba=0x10
                  2s  waits until 6s
                  /* another,
                     of two lines */
                  3s  ereport.x.b  bay0/disk0
                  nothing until 3s
                  3s  diagnosis #1 #2
                      75% fault.x.f@bay0/disk0  lba=16 retire=no
                      25% fault.x.g@bay0/disk0
                  3s  quiet
                scenario an upset
                  1s  ereport.x.a  bay0/disk0  how=well
                  1s  upset upset.x.u@bay0/disk0 #1
                  1s  closed #1
                  nothing
                scenario an engine, a repair, a disk that is not there
                  0s   every 1m 2 times  ereport.x.d  bay0/disk0
                  61s  counts 2 serd.x.s@bay0/disk0
                  2m   ereport.x.d  bay0/disk0
                  2m   fired serd.x.s@bay0/disk0
                  2m   diagnosis #1-#3
                       100% fault.x.s@bay0/disk0
                  3m   every 1m 2 times  ereport.x.d  bay0/disk0
                  5m   repaired bay0/disk0
                  5m   counts 0 serd.x.s@bay0/disk0
                  6m   ereport.x.d  bay7/disk0
                  6m   discarded #7
                scenario two single reports that nothing explains
                  1s  ereport.x.b  bay0/disk0
                  6s  undiagnosable all-hypotheses-disproved #1
                """);
        assertEquals(0, test(file), out::toString);
        assertTrue(out.toString().startsWith("propagations              6 of      6  100 %\n"), out::toString);
        assertTrue(out.toString().endsWith("%\n4 scenarios, all passed\n"), out::toString);
    }

    @Test
    void aFailureSaysWhereWhatWasExpectedAndWhatCame() throws IOException {
        String file = scenario("""
                scenario all wrong
                  1s  ereport.x.a  bay0/disk0  how=bad lba=7
                  1s  waits until 7s
                  2s  ereport.x.b  bay0/disk0
                  2s  diagnosis #1
                      70% fault.x.f@bay0/disk0  lba=8 retire=1 asc=3
                      30% fault.x.s@bay0/disk0
                  3s  diagnosis
                      100% fault.x.f@bay1/disk0
                  nothing until 2500ms
                  4s  waits
                """);
        assertEquals(1, test(file));
        assertSays("""
                x.scenario:4: failed: all wrong
                x.scenario:6:3: expected that the engine waits until 7s; it waits until 6s
                      1s  waits until 7s
                      ^~~~~~~~~~~~~~~~~~
                x.scenario:8:3: expected that it is from #1; it is from #1 #2
                      2s  diagnosis #1
                      ^~~~~~~~~~~~~~~~
                x.scenario:8:3: not expected among the suspects: fault.x.g@bay0/disk0
                      2s  diagnosis #1
                      ^~~~~~~~~~~~~~~~
                x.scenario:9:7: expected certainty 70%; it is 75%
                          70% fault.x.f@bay0/disk0  lba=8 retire=1 asc=3
                          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                x.scenario:9:7: expected retire=true; it is false
                          70% fault.x.f@bay0/disk0  lba=8 retire=1 asc=3
                          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                x.scenario:9:7: expected lba=8; it is 7
                          70% fault.x.f@bay0/disk0  lba=8 retire=1 asc=3
                          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                x.scenario:9:7: expected asc=3; it has no asc
                          70% fault.x.f@bay0/disk0  lba=8 retire=1 asc=3
                          ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                x.scenario:10:7: expected fault.x.s@bay0/disk0 among the suspects
                          30% fault.x.s@bay0/disk0
                          ^~~~~~~~~~~~~~~~~~~~~~~~
                    2s     case 1 solved from #1 #2
                             75% fault.x.f@bay0/disk0 (retire: false, lba=7)
                             25% fault.x.g@bay0/disk0
                x.scenario:11:3: expected a diagnosis at 3s; nothing came then
                      3s  diagnosis
                      ^~~~~~~~~~~~~
                x.scenario:13:3: expected nothing until 2.500s; there came
                      nothing until 2500ms
                      ^~~~~~~~~~~~~~~~~~~~
                    2s     case 1 solved from #1 #2
                             75% fault.x.f@bay0/disk0 (retire: false, lba=7)
                             25% fault.x.g@bay0/disk0
                x.scenario:14:3: expected that a case is undecided at 4s; none is
                      4s  waits
                      ^~~~~~~~~
                    fault.x.s@bay0/disk0 was not diagnosed
                      nothing was seen that it leads to: ereport.x.d@disk
                      serd.x.s@bay0/disk0 counts nothing now; it takes 3 in 1h
                    fault.x.f@bay1/disk0 was not diagnosed
                      nothing was seen that it leads to: ereport.x.a@disk, ereport.x.b@disk
                        seen, but no rule leads there from bay1/disk0 on this machine: ereport.x.a@bay0/disk0, ereport.x.b@bay0/disk0
                1 scenario, 1 failed
                """);
    }

    @Test
    void whatNobodyExpectedIsAFailure() throws IOException {
        String file = scenario("""
                scenario late
                  1s  ereport.x.a  bay0/disk0  how=bad
                  2s  ereport.x.b  bay0/disk0
                  3s  diagnosis
                      75% fault.x.f@bay0/disk0
                      25% fault.x.g@bay0/disk0
                  8s  ereport.x.d  bay9/disk0
                  8s  counts 1 serd.x.s@bay0/disk0
                """);
        assertEquals(1, test(file));
        assertSays("""
                x.scenario:4: failed: late
                x.scenario:4:1: not expected
                    scenario late
                    ^~~~~~~~~~~~~
                    8s     #3 discarded: nothing in the topology is bay9/disk0
                x.scenario:7:3: expected a diagnosis at 3s; it came at 2s
                      3s  diagnosis
                      ^~~~~~~~~~~~~
                    2s     case 1 solved from #1 #2
                             75% fault.x.f@bay0/disk0 (retire: false)
                             25% fault.x.g@bay0/disk0
                x.scenario:11:3: expected that serd.x.s@bay0/disk0 counts 1 at 8s; it counts 0
                      8s  counts 1 serd.x.s@bay0/disk0
                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                1 scenario, 1 failed
                """);
    }

    @Test
    void slipsOfThePenAreErrorsWithAPlaceAndARemedy() throws IOException {
        String file = scenario("""
                scenario slips
                  1s  ereport.x.aa  bay0/disk0
                  2s  diagnoses
                  3s  ereport.x.a  serial:4711
                  4s  ereport.x.a  bay0/disk0  how
                  5s  upset
                  6s  every 1h ereport.x.a
                  1x  quiet
                  99% fault.x.f@bay0/disk0
                  7s  diagnosis #9
                  7s  waits for 5s
                scenario nothing is expected
                  1s  ereport.x.a  bay0/disk0
                set hesitation 5s
                macine
                scenario
                  1s  ereport.x.a  bay0/disk0  note="no end
                """);
        assertEquals(1, test(file));
        assertSays("""
                x.scenario:5:3: error: no rule is about 'ereport.x.aa'; did you mean 'ereport.x.a'?
                      1s  ereport.x.aa  bay0/disk0
                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
                x.scenario:6:7: error: expected an ereport class, or what is expected then; did you mean 'diagnosis'?
                      2s  diagnoses
                          ^~~~~~~~~
                x.scenario:7:20: error: expected a component, devid:, device-path: or target-port:
                      3s  ereport.x.a  serial:4711
                                       ^~~~~~~~~~~
                x.scenario:8:32: error: expected NAME=VALUE
                      4s  ereport.x.a  bay0/disk0  how
                                                   ^~~
                x.scenario:9:3: error: expected 'upset CLASS@PATH'
                      5s  upset
                      ^~~~~~~~~
                x.scenario:10:7: error: expected 'every TIME N times CLASS', for instance 'every 10s 11 times ereport.x'
                      6s  every 1h ereport.x.a
                          ^~~~~
                x.scenario:11:3: error: expected a time such as 1m30s, or a suspect such as 100% fault.x@disk0
                      1x  quiet
                      ^~
                x.scenario:12:3: error: a suspect stands below its diagnosis
                      99% fault.x.f@bay0/disk0
                      ^~~~~~~~~~~~~~~~~~~~~~~~
                x.scenario:13:17: error: ereports and repairs have numbers from #1 on; up to here there are 1
                      7s  diagnosis #9
                                    ^~
                x.scenario:14:13: error: expected 'until' and a time
                      7s  waits for 5s
                                ^~~
                x.scenario:15:1: error: the scenario expects nothing; if that is meant, say so: 'nothing'
                    scenario nothing is expected
                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
                x.scenario:17:1: error: expected 'set hesitate TIME', 'set serd_override NAME,N,T ...' or 'set maxfme N'
                    set hesitation 5s
                    ^~~~~~~~~~~~~~~~~
                x.scenario:18:1: error: expected a time such as 1m30s, or a suspect such as 100% fault.x@disk0; did you mean 'machine'?
                    macine
                    ^~~~~~
                x.scenario:19:1: error: the scenario has no title
                    scenario
                    ^~~~~~~~
                x.scenario:20:32: error: text without an end on its line
                      1s  ereport.x.a  bay0/disk0  note="no end
                                                   ^~~~~~~~~~~~
                0 scenarios, 15 errors
                """);
    }

    @Test
    void withJEachScenarioIsAnObjectAndTheLastOneSumsUp() throws IOException {
        String file = scenario("""
                scenario good
                  1s  ereport.x.a  bay0/disk0  how=well
                  nothing
                scenario bad
                  1s  ereport.x.b  bay0/disk0
                  nothing
                """);
        assertEquals(1, test("-j", file));
        List<String> lines = out.toString().lines().toList();
        assertEquals(3, lines.size(), out::toString);
        Map<?, ?> bad = (Map<?, ?>) Json.parse(lines.get(1));
        assertEquals(List.of("bad", false, 7L), List.of(bad.get("scenario"), bad.get("passed"), bad.get("line")));
        Map<?, ?> failure = (Map<?, ?>) ((List<?>) bad.get("failures")).get(0);
        assertEquals("expected nothing; there came", failure.get("message"));
        assertEquals(List.of(9L, 3L), List.of(failure.get("line"), failure.get("column")));
        Map<?, ?> summary = (Map<?, ?>) Json.parse(lines.get(2));
        assertEquals(
                List.of(true, 2L, 1L, 1L),
                List.of(
                        summary.get("summary"),
                        summary.get("scenarios"),
                        summary.get("passed"),
                        summary.get("failed")));
    }

    @Test
    void aMachineMayComeFromAFileAndRulesMayHaveAnyName() throws IOException {
        Files.writeString(folder.resolve("y.esc"), RULES);
        Files.writeString(
                folder.resolve("m.json"),
                "[{\"path\": \"bay0\"}, {\"path\": \"bay0/disk0\", \"properties\": {\"devid\": \"d\"}}]");
        Path file = Files.writeString(folder.resolve("x.scenario"), """
                rules y.esc
                machine m.json
                scenario of a file
                  1s  ereport.x.a  devid:d  how=well
                  1s  upset upset.x.u@bay0/disk0
                """);
        assertEquals(0, test(file.toString()), out::toString);
        assertEquals(0, test(folder.toString()), out::toString);
    }

    @Test
    void whatCannotBeReadIsWrongUse() throws IOException {
        assertEquals(2, test(folder.resolve("none.scenario").toString()));
        assertEquals(2, test(folder.toString()));
        assertEquals(2, test("--min-coverage", "much", scenario("")));
        Files.delete(folder.resolve("x.esc"));
        assertEquals(2, test(folder.resolve("x.scenario").toString()));
        assertTrue(err.toString().contains("none.scenario': no such file"), err::toString);
        assertTrue(err.toString().contains("no scenario (*.scenario) in"), err::toString);
        assertTrue(err.toString().contains("'much' is no number between 0 and 100"), err::toString);
        assertTrue(err.toString().contains("x.esc': no such file"), err::toString);
    }
}

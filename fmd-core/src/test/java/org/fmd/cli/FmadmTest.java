// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FmadmTest {
    private static final String CASES = Fixtures.text("cli/cases.jsonl") + ScriptedServer.DONE;
    private static final String MANY = Fixtures.text("cli/cases-many.jsonl") + ScriptedServer.DONE;
    private static final String CONFIG = Fixtures.text("cli/config.jsonl") + ScriptedServer.DONE;
    private static final String SLOT = "{\"recorded\":\"recorded repair of Slot 07\"}\n" + ScriptedServer.DONE;

    @TempDir
    private Path root;

    private final StillSurroundings surroundings = new StillSurroundings();

    private Cli fmadm(String... args) {
        List<String> all = new ArrayList<>(List.of("-R", root.toString()));
        all.addAll(List.of(args));
        String[] words = all.toArray(new String[0]);
        return Cli.run(Fmadm.createFmadm(surroundings), words);
    }

    private Cli fmadm(Map<String, String> script, String... args) throws IOException {
        ScriptedServer server = new ScriptedServer(root, script);
        try (server) {
            return fmadm(args);
        }
    }

    private void assertGolden(String file, Cli run) {
        Golden.assertMatches(
                Fixtures.path("cli").resolve(file), run.transcript().replace(root.toString(), "ROOT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-v", "-a", "-s", "-as", "-f", "-af", "-r", "-ar", "-si", "-n1", "-j", "-aj", "-ajn2"})
    void showsWhatIsFaulty(String options) throws IOException {
        String[] args = options.isEmpty() ? new String[] {"faulty"} : new String[] {"faulty", options};
        assertGolden("fmadm-faulty" + options + ".out", fmadm(Map.of("cases", CASES), args));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g", "-gv", "-f", "-s"})
    void showsManyOfOneKind(String options) throws IOException {
        assertGolden("fmadm-many" + options + ".out", fmadm(Map.of("cases", MANY), "faulty", options));
    }

    @Test
    void showsOneCaseWhateverItsState() throws IOException {
        Cli run = fmadm(Map.of("cases", CASES), "faulty", "-s", "-u", "A2B4C6D8-0000-4000-8000-000000000004");
        assertGolden("fmadm-faulty-s-u.out", run);
    }

    @Test
    void listIsAnotherNameOfFaulty() throws IOException {
        Map<String, String> script = Map.of("cases", CASES);
        assertEquals(fmadm(script, "faulty"), fmadm(script, "list"));
    }

    @Test
    void showsTimesInTheZoneOfTheProcess() throws IOException {
        surroundings.in(ZoneId.of("Asia/Tokyo"));
        String out = fmadm(Map.of("cases", CASES), "faulty", "-s").out();
        assertTrue(out.contains("Mar 04 20:32:07 1b6a1c9e"), out);
    }

    @Test
    void printsNothingWhenNothingIsFaulty() throws IOException {
        assertEquals(new Cli(0, "", ""), fmadm(Map.of("cases", ScriptedServer.DONE), "faulty"));
    }

    @Test
    void showsPagesThroughThePager() throws IOException {
        Map<String, String> script = Map.of("cases", CASES);
        String straight = fmadm(script, "faulty").out();
        assertEquals(new Cli(0, "", ""), fmadm(script, "faulty", "-p"));
        assertEquals(2, surroundings.paged().chars().filter(c -> c == '\f').count());
        assertEquals(straight, surroundings.paged().replace("\f", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-j"})
    void showsModulesAndWhatAilsThem(String options) throws IOException {
        String[] args = options.isEmpty() ? new String[] {"config"} : new String[] {"config", options};
        assertGolden("fmadm-config" + options + ".out", fmadm(Map.of("config", CONFIG), args));
    }

    @Test
    void saysWhy() throws IOException {
        String answer =
                "{\"kind\":\"case\",\"sentence\":\"it was solved\",\"because\":[{\"kind\":\"suspect\",\"sentence\":"
                        + "\"fault.x is suspected\",\"certainty\":100,\"because\":[{\"kind\":\"constraint\",\"sentence\":\"since\"}]}]}\n"
                        + ScriptedServer.DONE;
        try (ScriptedServer server = new ScriptedServer(root, Map.of("explain", answer))) {
            assertEquals(
                    new Cli(0, "it was solved\n  fault.x is suspected\n    since\n", ""),
                    fmadm("explain", "fault.x@hc:///disk=0"));
            assertEquals(
                    new Cli(0, answer.lines().findFirst().orElseThrow() + "\n", ""),
                    fmadm("explain", "-j", "fault.x@hc:///disk=0"));
            assertEquals(
                    "{\"op\":\"explain\",\"target\":\"fault.x@hc:///disk=0\"}\n",
                    server.requests().get(0));
        }
        assertEquals(
                new Cli(1, "", "fmadm: failed to explain x: 'x' is no case; expected a UUID, or CLASS@RESOURCE\n"),
                fmadm(
                        Map.of("explain", "{\"error\":\"'x' is no case; expected a UUID, or CLASS@RESOURCE\"}\n"),
                        "explain",
                        "x"));
    }

    @Test
    void recordsARepair() throws IOException {
        try (ScriptedServer server = new ScriptedServer(root, Map.of("repaired", SLOT))) {
            assertEquals(new Cli(0, "fmadm: recorded repair of Slot 07\n", ""), fmadm("repaired", "Slot 07"));
            assertEquals(new Cli(0, "", ""), fmadm("-q", "repaired", "Slot 07"));
            assertEquals(
                    new Cli(0, "{\"recorded\":\"recorded repair of Slot 07\"}\n", ""),
                    fmadm("repaired", "-j", "Slot 07"));
            assertEquals(
                    "{\"op\":\"repaired\",\"target\":\"Slot 07\"}\n",
                    server.requests().get(0));
        }
    }

    @Test
    void acquitsInOneCase() throws IOException {
        String answer = "{\"recorded\":\"recorded acquittal of hc:///bay=7/disk=0\"}\n" + ScriptedServer.DONE;
        try (ScriptedServer server = new ScriptedServer(root, Map.of("acquit", answer))) {
            assertEquals(
                    new Cli(0, "fmadm: recorded acquittal of hc:///bay=7/disk=0\n", ""),
                    fmadm("acquit", "hc:///bay=7/disk=0", "1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21"));
            assertEquals(
                    List.of("{\"op\":\"acquit\",\"target\":\"hc:///bay=7/disk=0\","
                            + "\"uuid\":\"1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21\"}\n"),
                    server.requests());
        }
    }

    @Test
    void saysWhyAChangeIsRefused() throws IOException {
        Map<String, String> script = Map.of(
                "repaired", "{\"error\":\"specified resource is not known to be faulty\"}\n",
                "replaced", "{\"error\":\"specified resource has not been replaced\"}\n");
        assertEquals(
                new Cli(
                        1,
                        "",
                        "fmadm: failed to record repair to Slot 09: specified resource is not known to be faulty\n"),
                fmadm(script, "repaired", "Slot 09"));
        assertEquals(
                new Cli(
                        1,
                        "",
                        "fmadm: failed to record replacement of Slot 07: specified resource has not been replaced\n"),
                fmadm(script, "replaced", "Slot 07"));
    }

    @Test
    void saysThatNoDaemonRuns() throws IOException {
        assertGolden("fmadm-not-running.out", fmadm("faulty"));
        Cli absent = fmadm("faulty");
        Path socket = root.resolve("run/fmd/fmd.sock");
        Files.createDirectories(socket.getParent());
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(socket));
        dead.close();
        assertTrue(Files.exists(socket), "a killed daemon leaves its socket");
        assertEquals(absent, fmadm("faulty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hello\n", "{\"type\":\"case\"", "[1]\n", "", "{\"done\":false}\n", "\n", "{\"x\":{}\n{}\n"})
    void saysThatTheAnswerIsNone(String answer) throws IOException {
        Cli run = fmadm(Map.of("cases", answer), "faulty");
        assertEquals(1, run.exit(), run.toString());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("fmadm: cannot get an answer from the fault manager at '" + root), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void doesNotReadALineWithoutEnd() throws IOException {
        Cli run = fmadm(Map.of("cases", "x".repeat(20 << 20)), "faulty");
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("longer than 8388608 bytes"), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "foo",
                "--help",
                "faulty --help",
                "acquit --help",
                "faulty -x",
                "faulty -n 0",
                "repaired",
                "-x faulty",
                "--help faulty"
            })
    void explainsItsUse(String line) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        Cli run = Cli.run(Fmadm.createFmadm(surroundings), args);
        assertGolden("fmadm-usage-" + (line.isEmpty() ? "none" : line.replace(' ', '_')) + ".out", run);
        assertEquals(line.contains("--help") ? 0 : 2, run.exit());
    }
}

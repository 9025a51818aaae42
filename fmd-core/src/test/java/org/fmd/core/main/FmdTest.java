// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon's command line says when it does not start. */
class FmdTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Fmd.createFmd()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertEquals(2, run("--frob"));
        assertTrue(err.toString().startsWith("fmd: unknown option: '--frob'"), err::toString);
        assertTrue(err.toString().contains("Usage: fmd"), err::toString);
    }

    @Test
    void allMistakesOfTheConfigurationAreToldWithTheirPlaces() throws IOException {
        Path conf = Files.writeString(folder.resolve("x.conf"), "setprop log.minfre 1m\nsetprop log.level loud\n");
        assertEquals(1, run("-R", folder.toString(), "-f", conf.toString()));
        assertEquals("""
                fmd: CONF:2: 'loud' is no value of 'log.level', which is one of error, warn, info, debug
                fmd: CONF:1: unknown property 'log.minfre'; did you mean 'log.minfree'?
                fmd: not started: mend the configuration first
                """.replace("CONF", conf.toString()), err.toString());
    }

    @Test
    void aRootThatIsNoFolderIsToldWithTheReason() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(1, run("-R", file.toString()));
        assertTrue(err.toString().startsWith("fmd: cannot start in '" + file + "': " + file), err::toString);
        assertTrue(err.toString().strip().length() > ("fmd: cannot start in '" + file + "': " + file + ": ").length());
    }

    @Test
    void aReplayOfNothingIsAUsageError() {
        assertEquals(2, run("replay"));
        assertEquals(
                "fmd: missing required parameter: 'INPUT'",
                err.toString().lines().findFirst().orElse(""));
        assertTrue(err.toString().contains("Usage: fmd replay"), err::toString);
        assertEquals(2, run("replay", "--frob", "-"));
    }

    @Test
    void aReplayOfWhatIsNotThereFailsWithAMessage() {
        Path missing = folder.resolve("missing");
        assertEquals(1, run("replay", "-j", missing.toString()));
        assertEquals("fmd: cannot open '" + missing + "': no such file or directory\n", err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void aReplayByRulesThatAreNotThereFailsWithAMessage() {
        Path missing = folder.resolve("missing");
        assertEquals(1, run("replay", "--rules", missing.toString(), "-"));
        assertEquals("fmd: cannot read the rules in '" + missing + "': no such directory\n", err.toString());
    }

    @Test
    void replayHasAHelpOfItsOwn() {
        assertEquals(0, run("replay", "--help"));
        assertTrue(out.toString().startsWith("Usage: fmd replay"), out::toString);
    }

    @Test
    void helpAndVersionAreNoFailures() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("--root=DIR"), out::toString);
        assertEquals(0, run("-V"));
    }
}

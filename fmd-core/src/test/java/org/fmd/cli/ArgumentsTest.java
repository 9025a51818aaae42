// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The short way through a command line leads where the long one leads, or nowhere. */
class ArgumentsTest {
    private static final List<String> WORDS = List.of(
            "faulty",
            "list",
            "config",
            "acquit",
            "repaired",
            "explain",
            "verify",
            "salvage",
            "import",
            "errlog",
            "a b",
            "=",
            "x=y",
            "'q'",
            "\"q\"",
            "${HOME}",
            "$x",
            "%n",
            "-",
            "--",
            "",
            "@file",
            "7",
            "007",
            "-7",
            "1.5",
            "ä",
            "-q",
            "-l",
            "--last=",
            "-l5",
            "--last=5",
            "--last=\"5\"",
            "--class=*.derr",
            "-c*",
            "-eV",
            "-eVl",
            "-el5",
            "-Ve",
            "-ee",
            "-v",
            "--verbose",
            "--no-such",
            "-z",
            "-ez",
            "--verbose=true",
            "--root=/x",
            "-R",
            "--root",
            "-R=/x",
            "--count",
            "--debug",
            "--version",
            "--help",
            "-h",
            "-j",
            "--json",
            "-p",
            "-u",
            "--uuid",
            "-n",
            "--max",
            "--max=3",
            "-n3",
            "--host",
            "--host=h",
            "-e",
            "-a",
            "-s",
            "-d",
            "-t",
            "--since=1h",
            "-T",
            "1h");

    @Test
    void thePlainWayGoesWhereTheFullParserGoes() {
        StillSurroundings surroundings = new StillSurroundings();
        int plain = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            Program program =
                    random.nextBoolean() ? Fmdump.createFmdump(surroundings) : Fmadm.createFmadm(surroundings);
            List<String> args = new ArrayList<>();
            for (int length = random.nextInt(5); length >= 0; length--) {
                args.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            String[] words = args.toArray(new String[0]);
            Arguments found = Arguments.plain(program.syntax(), words);
            if (found != null) {
                plain++;
                String about = "seed " + seed + ": " + program.name() + " " + args;
                CommandLine full = program.commandLine();
                try {
                    Arguments expected = FullParser.arguments(full.parseArgs(words));
                    assertEquals(expected.toString(), found.toString(), about);
                } catch (ParameterException e) {
                    if (e.getMessage().matches("Expected parameter for option .* but found '[a-z]+'")) {
                        continue; // a value may be called like a subcommand, whatever the full parser says
                    }
                    throw new AssertionError(about + " is refused: " + e.getMessage(), e);
                }
            }
        }
        assertTrue(plain > 1000, plain + " were plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-e -d id1,sd@n5000c5540f00001f -t 2026-01-01T12:00:00 -T 2026-01-01T13:00:00",
                "-eV --last=100 -R /tmp errlog errlog-00000001",
                "-c *.merr -c *.derr --count -j",
                "verify -j errlog",
                "-R /x import out in --host nas1",
                "--version"
            })
    void whatPeopleWriteIsPlain(String line) {
        Program program = Fmdump.createFmdump(new StillSurroundings());
        assertNotNull(Arguments.plain(program.syntax(), line.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "-x", "-e -e", "-t", "-t -T 1h", "-l 1 -l 2", "salvage errlog", "@args", "-e=1", "-l5"
            })
    void whatIsNotPlainIsLeftToTheFullParser(String line) {
        Program program = Fmdump.createFmdump(new StillSurroundings());
        assertNull(Arguments.plain(program.syntax(), line.split(" ")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages and completions say what the commands take, all of it and nothing else. */
class ManualTest {
    private static final Path ETC =
            Fixtures.path("cli").toAbsolutePath().resolve("../../etc").normalize();
    private static final Pattern OPTION = Pattern.compile("(?<![A-Za-z0-9-])--?[A-Za-z][A-Za-z-]*");

    static List<CommandLine> commands() {
        return List.of(Fmadm.createFmadm(new StillSurroundings()), Fmdump.createFmdump(new StillSurroundings()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionHasItsParagraphAndTheOtherWayRound(CommandLine command) throws IOException {
        Set<String> taken = new TreeSet<>();
        addOptions(command.getCommandSpec(), taken);
        assertEquals(taken, documented(page(command)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everySubcommandHasItsSection(CommandLine command) throws IOException {
        Set<String> sections = new TreeSet<>();
        for (String line : Files.readAllLines(page(command))) {
            if (line.startsWith(".SS ") && Character.isLowerCase(line.charAt(4))) {
                sections.add(line.substring(4));
            }
        }
        Set<String> names = new TreeSet<>();
        for (CommandLine subcommand : command.getSubcommands().values()) {
            names.add(subcommand.getCommandName());
        }
        assertEquals(names, sections);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theShellCompletesEveryOption(CommandLine command) {
        String name = command.getCommandName();
        Golden.assertMatches(ETC.resolve("completions").resolve(name), AutoComplete.bash(name, command));
    }

    private static Path page(CommandLine command) {
        return ETC.resolve("man/man8/" + command.getCommandName() + ".8");
    }

    private static void addOptions(CommandSpec spec, Set<String> names) {
        for (OptionSpec option : spec.options()) {
            names.addAll(List.of(option.names()));
        }
        for (CommandLine subcommand : spec.subcommands().values()) {
            addOptions(subcommand.getCommandSpec(), names);
        }
    }

    /** The options that head a paragraph: on the line behind {@code .TP}. */
    private static Set<String> documented(Path page) throws IOException {
        Set<String> names = new TreeSet<>();
        boolean heading = false;
        for (String line : Files.readAllLines(page)) {
            if (heading) {
                Matcher option = OPTION.matcher(line.replace("\\-", "-"));
                while (option.find()) {
                    names.add(option.group());
                }
            }
            heading = line.equals(".TP");
        }
        return names;
    }
}

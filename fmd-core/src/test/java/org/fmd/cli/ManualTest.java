// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fmd.core.main.Fmd;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.fmd.testing.ManualPage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages and completions say what the commands take, all of it and nothing else. */
class ManualTest {
    static List<CommandLine> commands() {
        return List.of(
                Fmadm.createFmadm(new StillSurroundings()).commandLine(),
                Fmdump.createFmdump(new StillSurroundings()).commandLine(),
                Fmtopo.createFmtopo(new StillSurroundings()).commandLine(),
                Fmd.createFmd());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionHasItsParagraphAndTheOtherWayRound(CommandLine command) {
        Set<String> taken = new TreeSet<>();
        addOptions(command.getCommandSpec(), taken);
        assertEquals(taken, page(command).options());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everySubcommandHasItsSection(CommandLine command) {
        Set<String> sections = page(command).subsections().stream()
                .filter(title -> Character.isLowerCase(title.charAt(0)))
                .collect(Collectors.toCollection(TreeSet::new));
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
        Golden.assertMatches(Fixtures.project("etc/completions").resolve(name), AutoComplete.bash(name, command));
    }

    private static ManualPage page(CommandLine command) {
        return ManualPage.read("man8/" + command.getCommandName() + ".8");
    }

    private static void addOptions(CommandSpec spec, Set<String> names) {
        for (OptionSpec option : spec.options()) {
            names.addAll(List.of(option.names()));
        }
        for (CommandLine subcommand : spec.subcommands().values()) {
            addOptions(subcommand.getCommandSpec(), names);
        }
    }
}

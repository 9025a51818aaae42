// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.fmd.testing.ManualPage;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page and the completion of {@code esc} say what it takes, all of it and nothing else. */
class EscManualTest {
    private final CommandLine esc = Esc.createEsc();
    private final ManualPage page = ManualPage.read("man1/esc.1");

    private static Set<String> options(CommandLine command) {
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    @Test
    void everySubcommandHasItsSectionWithItsOptions() {
        assertEquals(esc.getSubcommands().keySet(), new TreeSet<>(page.subsections()));
        for (Map.Entry<String, CommandLine> subcommand : esc.getSubcommands().entrySet()) {
            Set<String> taken = options(subcommand.getValue());
            taken.removeAll(options(esc));
            assertEquals(taken, page.section(subcommand.getKey()).options(), subcommand.getKey());
        }
    }

    @Test
    void theOptionsOfEveryCallStandInOnePlace() {
        assertEquals(options(esc), page.section("OPTIONS").options());
    }

    @Test
    void theShellCompletesEveryOption() {
        Golden.assertMatches(Fixtures.project("etc/completions").resolve("esc"), AutoComplete.bash("esc", esc));
    }
}

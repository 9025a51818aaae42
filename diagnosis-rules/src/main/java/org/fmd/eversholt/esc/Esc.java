// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The {@code esc} command. */
public final class Esc {
    /** What stands behind a subcommand: the user object of its specification. */
    interface Subcommand {
        ExitCode run(CommandLine.ParseResult parsed);
    }

    private Esc() {}

    /** The command line with all subcommands, built in code so that it starts quickly. */
    public static CommandLine createEsc() {
        CommandSpec spec = CommandSpec.create().name("esc");
        spec.usageMessage(
                new UsageMessageSpec()
                        .description(
                                "Checks, runs, tests, draws and formats Eversholt rule files, and shows the events they are about."));
        spec.version(version());
        spec.addOption(helpOption());
        spec.addOption(CommandLine.Model.OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
        spec.addSubcommand("check", CheckCommand.spec());
        spec.addSubcommand("run", RunCommand.spec());
        spec.addSubcommand("test", TestCommand.spec());
        spec.addSubcommand("explain", ExplainCommand.spec());
        spec.addSubcommand("graph", GraphCommand.spec());
        spec.addSubcommand("fmt", FmtCommand.spec());
        spec.addSubcommand("backtest", BacktestCommand.spec());
        spec.addSubcommand("generate", GenerateCommand.spec());
        spec.addSubcommand("registry", RegistryCommand.spec());
        CommandLine line = new CommandLine(spec);
        line.setExecutionStrategy(Esc::execute);
        line.setUnmatchedOptionsArePositionalParams(false);
        return line;
    }

    static CommandLine.Model.OptionSpec helpOption() {
        return CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this text.")
                .build();
    }

    /** As the manifest of the jar has it; the tests run without one. */
    private static String version() {
        String version = Esc.class.getPackage().getImplementationVersion();
        return "esc " + (version == null ? "(unreleased)" : version);
    }

    private static int execute(CommandLine.ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (!parsed.hasSubcommand()) {
            CommandLine line = parsed.commandSpec().commandLine();
            line.getErr()
                    .println(
                            "esc: missing command; known are 'check', 'run', 'test', 'explain', 'graph', 'fmt', 'backtest',"
                                    + " 'generate' and 'registry'");
            line.usage(line.getErr());
            return ExitCode.USAGE.code();
        }
        CommandLine.ParseResult sub = parsed.subcommand();
        Object command = sub.commandSpec().userObject();
        if (command instanceof Subcommand subcommand) {
            return subcommand.run(sub).code();
        }
        throw new AssertionError("no command behind " + sub.commandSpec().name());
    }

    /** Runs the command and exits with its status. Output is UTF-8 whatever the locale: rule files are, too. */
    public static void main(String[] arguments) {
        CommandLine line = createEsc();
        line.setOut(utf8(FileDescriptor.out));
        line.setErr(utf8(FileDescriptor.err));
        int status = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        System.exit(status);
    }

    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * What all commands do alike: options that each has, usage, messages, exit codes.
 *
 * <p>The command line is described in code and run without a lambda: annotations and lambdas would cost more time at start than
 * the work of most commands.
 */
abstract class Program implements IExecutionStrategy, IParameterExceptionHandler {
    private final String name;
    private final Surroundings surroundings;

    Program(String name, Surroundings surroundings) {
        this.name = name;
        this.surroundings = surroundings;
    }

    /** Does the work; what is printed goes to {@code out}, remarks to {@code err}. */
    abstract ExitCode run(ParseResult request, PrintWriter out, PrintWriter err) throws CommandFailure, IOException;

    /**
     * Describes the command.
     *
     * @param args the arguments that it will be given, so that it can leave out subcommands that are not among them: each takes
     *     time; no arguments mean that everything is wanted
     */
    abstract CommandSpec spec(List<String> args);

    final Surroundings surroundings() {
        return surroundings;
    }

    final CommandLine commandLine(List<String> args) {
        CommandLine commandLine = new CommandLine(spec(args));
        commandLine.setExecutionStrategy(this);
        commandLine.setParameterExceptionHandler(this);
        return commandLine;
    }

    /** Adds the options of every command; subcommands take them, too. */
    static void addCommonOptions(CommandSpec spec) {
        spec.addOption(option("-R", "--root")
                .type(Path.class)
                .paramLabel("DIR")
                .description("the root directory of the fault manager asked about; default /")
                .build());
        spec.addOption(option("-j", "--json")
                .description("print one JSON object a line")
                .build());
        spec.addOption(option("--debug")
                .description("show where in the program a failure came from")
                .build());
        spec.addOption(
                option("--help").usageHelp(true).description("print this text").build());
        spec.addOption(option("--version")
                .versionHelp(true)
                .description("print the version")
                .build());
    }

    /** Returns a switch that subcommands have as well. */
    static OptionSpec.Builder option(String... names) {
        return OptionSpec.builder(names).type(boolean.class).scopeType(ScopeType.INHERIT);
    }

    /** Returns a switch. */
    static OptionSpec flag(String shortName, String longName, String description) {
        return OptionSpec.builder(shortName, longName)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** Returns an option with a value; the value of one that may be repeated is a list. */
    static OptionSpec.Builder value(String shortName, String longName, String label, String description) {
        return OptionSpec.builder(shortName, longName)
                .type(String.class)
                .paramLabel(label)
                .description(description);
    }

    /** Returns whether a common option was given, before or behind the subcommand. */
    static boolean isSet(ParseResult request, String option) {
        return request.matchedOptionValue(option, false)
                || (request.hasSubcommand() && isSet(request.subcommand(), option));
    }

    /** Returns the root directory asked for, null if none was. */
    static @Nullable Path root(ParseResult request) {
        Path own = request.<@Nullable Path>matchedOptionValue("-R", null);
        return own == null && request.hasSubcommand() ? root(request.subcommand()) : own;
    }

    /** Prints the answer to {@code --help} and {@code --version} where they were asked for. */
    private boolean answeredItself(ParseResult request, PrintWriter out) {
        for (ParseResult each = request; each != null; each = each.hasSubcommand() ? each.subcommand() : null) {
            if (each.isUsageHelpRequested()) {
                CommandLine asked = each.commandSpec().commandLine();
                (asked.getParent() == null ? commandLine(List.of()) : asked).usage(out, Ansi.OFF);
                return true;
            }
            if (each.isVersionHelpRequested()) {
                out.println(version());
                return true;
            }
        }
        return false;
    }

    @Override
    public final int execute(ParseResult request) {
        CommandLine top = request.commandSpec().commandLine();
        PrintWriter out = top.getOut();
        PrintWriter err = top.getErr();
        ExitCode code;
        try {
            code = answeredItself(request, out) ? ExitCode.DONE : run(request, out, err);
        } catch (CommandFailure e) {
            code = failed(e.exitCode(), String.valueOf(e.getMessage()), e, request, out, err);
        } catch (IOException e) {
            code = failed(ExitCode.FAILED, String.valueOf(e.getMessage()), e, request, out, err);
        } catch (RuntimeException e) {
            String message = "internal error: " + e + "; run it with --debug and report what that shows";
            code = failed(ExitCode.FAILED, message, e, request, out, err);
        }
        out.flush();
        err.flush();
        return code.number();
    }

    private ExitCode failed(
            ExitCode code, String message, Exception e, ParseResult request, PrintWriter out, PrintWriter err) {
        out.flush();
        err.println(name + ": " + message);
        if (isSet(request, "--debug")) {
            e.printStackTrace(err);
        }
        return code;
    }

    @Override
    public final int handleParseException(ParameterException e, String[] args) {
        CommandLine about = e.getCommandLine();
        PrintWriter err = about.getErr();
        err.println(name + ": " + complaint(e));
        (about.getParent() == null ? commandLine(List.of()) : about).usage(err, Ansi.OFF);
        err.flush();
        return ExitCode.USAGE.number();
    }

    /** Says what is wrong with the arguments. */
    String complaint(ParameterException e) {
        String text = String.valueOf(e.getMessage());
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return name + " " + (version == null ? "(unreleased)" : version);
    }

    /** Runs the program as a process: the arguments in, text on standard output and error, an exit code out. */
    final void runAsProcess(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        if (args.length == 1 && args[0].equals("--version")) {
            // Asked by every script before it starts: answered without the parser of arguments.
            out.println(version());
            out.flush();
            return;
        }
        // No argument is of these types, and to prepare for them takes as long as all else that picocli does.
        System.setProperty("picocli.converters.excludes", "java.sql.*,java.time.*");
        CommandLine commandLine = commandLine(List.of(args));
        commandLine.setOut(out);
        commandLine.setErr(writer(FileDescriptor.err));
        System.exit(commandLine.execute(args));
    }

    private static PrintWriter writer(FileDescriptor to) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8));
    }
}

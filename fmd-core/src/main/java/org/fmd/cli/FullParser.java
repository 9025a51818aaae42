// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.cli.Syntax.Kind;
import org.fmd.cli.Syntax.Option;
import org.fmd.cli.Syntax.Word;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command with picocli before it: for a command line that {@link Arguments#plain} leaves alone, for usage texts, and for those who
 * make manual and completions from the model.
 */
final class FullParser implements IExecutionStrategy, IParameterExceptionHandler {
    private final Program program;

    FullParser(Program program) {
        this.program = program;
    }

    CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(spec(program.syntax()));
        commandLine.setExecutionStrategy(this);
        commandLine.setParameterExceptionHandler(this);
        return commandLine;
    }

    private static CommandSpec spec(Syntax syntax) {
        CommandSpec spec = CommandSpec.create().name(syntax.name());
        spec.usageMessage().description(syntax.description()).sortOptions(false);
        if (!syntax.subcommands().isEmpty()) {
            spec.usageMessage().commandListHeading("%nSubcommands:%n");
        }
        for (Option option : syntax.options()) {
            spec.addOption(spec(option));
        }
        for (int i = 0; i < syntax.words().size(); i++) {
            spec.addPositional(spec(syntax.words().get(i), i));
        }
        for (Syntax each : syntax.subcommands()) {
            CommandSpec subcommand = spec(each);
            if (!each.alias().isEmpty()) {
                subcommand.aliases(each.alias());
            }
            spec.addSubcommand(each.name(), subcommand);
        }
        return spec;
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(new String[0]))
                .description(option.description())
                .usageHelp(option.names().get(0).equals(Program.HELP))
                .versionHelp(option.names().get(0).equals(Program.VERSION));
        if (option.everywhere()) {
            builder.scopeType(ScopeType.INHERIT);
        }
        String label = option.label();
        if (label == null) {
            return builder.type(boolean.class).build();
        }
        builder.paramLabel(label);
        return option.repeated()
                ? builder.type(List.class)
                        .auxiliaryTypes(type(option.kind()))
                        .arity("1")
                        .build()
                : builder.type(type(option.kind())).build();
    }

    private static PositionalParamSpec spec(Word word, int number) {
        PositionalParamSpec.Builder builder = PositionalParamSpec.builder()
                .index(word.rest() ? number + "..*" : Integer.toString(number))
                .arity(word.rest() ? "0..*" : word.required() ? "1" : "0..1")
                .required(word.required())
                .paramLabel(word.label())
                .description(word.description());
        return word.rest()
                ? builder.type(List.class).auxiliaryTypes(type(word.kind())).build()
                : builder.type(type(word.kind())).build();
    }

    private static Class<?> type(Kind kind) {
        return switch (kind) {
            case TEXT -> String.class;
            case NUMBER -> Integer.class;
            case FILE -> java.nio.file.Path.class;
        };
    }

    /** What was understood of a command line, in our own words. */
    static Arguments arguments(ParseResult request) {
        Map<String, List<String>> values = new HashMap<>();
        List<String> words = new ArrayList<>();
        String subcommand = null;
        for (ParseResult each = request; each != null; each = each.hasSubcommand() ? each.subcommand() : null) {
            if (each != request) {
                subcommand = each.commandSpec().name();
            }
            for (OptionSpec option : each.matchedOptions()) {
                values.putIfAbsent(option.names()[0], List.copyOf(option.stringValues()));
            }
            for (PositionalParamSpec word : each.commandSpec().positionalParameters()) {
                words.addAll(word.stringValues());
            }
        }
        return new Arguments(subcommand, values, words);
    }

    @Override
    public int execute(ParseResult request) {
        CommandLine top = request.commandSpec().commandLine();
        for (ParseResult each = request; each != null; each = each.hasSubcommand() ? each.subcommand() : null) {
            if (each.isUsageHelpRequested()) {
                each.commandSpec().commandLine().usage(top.getOut(), Ansi.OFF);
                top.getOut().flush();
                return ExitCode.DONE.number();
            }
        }
        if (!request.hasSubcommand()
                && !request.isVersionHelpRequested()
                && !top.getSubcommands().isEmpty()
                && top.getCommandSpec().positionalParameters().isEmpty()) {
            top.usage(top.getOut(), Ansi.OFF);
            top.getOut().flush();
            return ExitCode.USAGE.number();
        }
        return program.execute(arguments(request), top.getOut(), top.getErr());
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine about = e.getCommandLine();
        PrintWriter err = about.getErr();
        err.println(program.name() + ": " + complaint(e));
        about.usage(err, Ansi.OFF);
        err.flush();
        return ExitCode.USAGE.number();
    }

    /** Says what is wrong with the arguments. */
    private static String complaint(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !e.getCommandLine().getSubcommands().isEmpty()
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.getUnmatched().get(0).startsWith("-")) {
            return "illegal subcommand -- " + unmatched.getUnmatched().get(0);
        }
        String text = String.valueOf(e.getMessage());
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}

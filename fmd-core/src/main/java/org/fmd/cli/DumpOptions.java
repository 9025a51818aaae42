// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line of {@code fmdump} (fmd reference §5.2): options and subcommands, as the parser and the manual have them. */
final class DumpOptions {
    /** What is done to whole logs, rather than shown of their events. */
    static final List<String> SUBCOMMANDS = List.of("verify", "salvage", "import");

    /** Options that may stand before a subcommand. */
    private static final List<String> COMMON = List.of("-j", "--json", "--debug", "--help", "--version");

    private DumpOptions() {}

    static CommandSpec spec(List<String> args) {
        CommandSpec spec = CommandSpec.create().name("fmdump");
        spec.usageMessage()
                .description("Shows the logs of the fault manager, which need not run: diagnoses, errors, remarks.")
                .commandListHeading("%nSubcommands:%n")
                .sortOptions(false);
        addLogs(spec);
        addFilters(spec);
        addForms(spec);
        Program.addCommonOptions(spec);
        spec.addPositional(files("a log, or a directory with logs, instead of the host's own"));
        String wanted = subcommand(args);
        for (String name : SUBCOMMANDS) {
            if (args.isEmpty() || name.equals(wanted)) {
                spec.addSubcommand(name, subcommandSpec(name));
            }
        }
        return spec;
    }

    private static void addLogs(CommandSpec spec) {
        spec.addOption(Program.flag("-e", "--errors", "the error log: what was observed"));
        spec.addOption(Program.flag("-i", "--info", "the information log: what agents did, and the like"));
        spec.addOption(Program.flag("-I", "--important", "of the information log what has high priority"));
        spec.addOption(Program.flag("-A", "--aggregate", "all logs as one, in order of time"));
        spec.addOption(Program.flag("-f", "--follow", "go on with what is logged from now on, until interrupted"));
        spec.addOption(
                Program.value("-O", "--offset", "PLACE", "begin at that offset of the log, or at that 'ref' of -j")
                        .build());
    }

    private static void addFilters(CommandSpec spec) {
        spec.addOption(Program.flag("-a", "--all", "also diagnoses that nobody is to be told of"));
        spec.addOption(repeated("-c", "--class", "PATTERN", "events or suspects whose class matches, as in a shell"));
        spec.addOption(repeated("-d", "--device", "DEVICE", "events of this device: devid, serial number or path"));
        spec.addOption(repeated("-u", "--uuid", "UUID", "this case; with -e the errors it was diagnosed from"));
        spec.addOption(repeated("-n", "--member", "NAME[=REGEX]", "events with this member, or with this value of it"));
        spec.addOption(Program.value("-t", "--since", "TIME", "not before that time, or that long ago: 2h")
                .build());
        spec.addOption(
                Program.value("-T", "--until", "TIME", "not after that time").build());
        spec.addOption(
                Program.value("-l", "--last", "N", "the last N of these events").build());
    }

    private static void addForms(CommandSpec spec) {
        spec.addOption(Program.flag("-v", "--verbose", "suspects of a diagnosis, ENA of an error"));
        spec.addOption(Program.flag("-V", "--all-members", "everything about each event"));
        spec.addOption(Program.flag("-p", "--pretty", "with -V: FMRIs as strings"));
        spec.addOption(
                Program.flag("-h", "--human", "with -e or -A: each error in words, on one line with its retries"));
        spec.addOption(Program.flag("-m", "--message", "what the message code of a diagnosis says"));
        spec.addOption(Program.flag("-H", "--headers", "what the log files say about themselves, instead of events"));
        spec.addOption(OptionSpec.builder("--count")
                .type(boolean.class)
                .description("how many events of each class there were on each day")
                .build());
    }

    private static CommandSpec subcommandSpec(String name) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .sortOptions(false)
                .description(
                        switch (name) {
                            case "verify" -> "Checks every record of the logs and tells what is damaged.";
                            case "salvage" -> "Copies what is readable of a damaged log to a new file.";
                            default ->
                                "Makes logs of events in text: JSON Lines of fmdump -j, output of fmdump -V, of zpool events -v.";
                        });
        switch (name) {
            case "verify" -> spec.addPositional(files("a log, or a directory with logs, instead of the host's own"));
            case "salvage" -> {
                spec.addPositional(file(0, "LOG", "the damaged log"));
                spec.addPositional(file(1, "OUT", "the file to make; must not exist"));
            }
            default -> {
                spec.addOption(OptionSpec.builder("--host")
                        .type(String.class)
                        .paramLabel("NAME")
                        .description("the host that the events are from; default this one")
                        .build());
                spec.addPositional(file(0, "DIR", "the directory for the logs, new or without any"));
                spec.addPositional(PositionalParamSpec.builder()
                        .index("1..*")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(Path.class)
                        .paramLabel("INPUT")
                        .description("texts; default standard input, which - stands for, too")
                        .build());
            }
        }
        return spec;
    }

    /** Returns the subcommand that the arguments call, empty if none: what comes first but for options of every command. */
    private static String subcommand(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("-R") || arg.equals("--root")) {
                i++;
            } else if (!arg.startsWith("-")) {
                return arg;
            } else if (!COMMON.contains(arg) && !arg.startsWith("-R") && !arg.startsWith("--root=")) {
                return "";
            }
        }
        return "";
    }

    private static OptionSpec repeated(String shortName, String longName, String label, String description) {
        return Program.value(shortName, longName, label, description)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .build();
    }

    private static PositionalParamSpec files(String description) {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .paramLabel("FILE")
                .description(description)
                .build();
    }

    private static PositionalParamSpec file(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity("1")
                .required(true)
                .type(Path.class)
                .paramLabel(label)
                .description(description)
                .build();
    }
}

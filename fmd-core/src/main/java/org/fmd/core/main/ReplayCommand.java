// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.main;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fmd.cli.ReplayLines;
import org.fmd.cli.ReplayStory;
import org.fmd.cli.Surroundings;
import org.fmd.core.daemon.FmdConf;
import org.fmd.core.daemon.Places;
import org.fmd.core.daemon.Problems;
import org.fmd.core.replay.Replay;
import org.fmd.core.replay.ReplayFailure;
import org.fmd.core.replay.ReplayRequest;
import org.fmd.core.replay.Told;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code fmd replay}: diagnoses what a machine left behind. */
final class ReplayCommand {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private ReplayCommand() {}

    /** Describes the command line. */
    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .addOption(OptionSpec.builder("-j", "--json")
                        .type(boolean.class)
                        .arity("0")
                        .description("print one JSON object a line")
                        .build())
                .addOption(path("the machine, as JSON; without it what the inputs tell of it", "FILE", "--topology"))
                .addOption(path("diagnose by the rules in DIR", "DIR", "--rules"))
                .addOption(path(
                        "read the configuration below DIR, and keep logs and cases there; without it nothing is"
                                + " read or kept",
                        "DIR",
                        "-R",
                        "--root"))
                .addOption(OptionSpec.builder("--debug")
                        .type(boolean.class)
                        .arity("0")
                        .description("log every step, with stack traces")
                        .build())
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .arity("0")
                        .description("print this help")
                        .build())
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(Path.class)
                        .arity("1..*")
                        .required(true)
                        .paramLabel("INPUT")
                        .description("kernel log, capture folder, error log, text of events; - for standard input")
                        .build());
        spec.usageMessage()
                .description(
                        "Diagnoses what a machine left behind, as the daemon would have, and touches no hardware.");
        return spec;
    }

    private static OptionSpec path(String description, String label, String... names) {
        return OptionSpec.builder(names[0], names)
                .type(Path.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** Does what the command line says; returns the exit code. */
    static int run(ParseResult parsed, Surroundings surroundings, PrintWriter out, PrintWriter err) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        ParseResult asked = parsed.subcommand();
        boolean debug = asked.hasMatchedOption("--debug");
        Fmd.configureLog(debug ? "debug" : "warn", "fmd: %logger: %msg%n%ex");
        try {
            ReplayRequest request = request(asked, surroundings);
            Told told = asked.hasMatchedOption("-j") ? new ReplayLines(out) : new ReplayStory(out, surroundings.zone());
            Replay.run(request, told);
            out.flush();
            return DONE;
        } catch (ReplayFailure e) {
            return failed(String.valueOf(e.getMessage()), e, debug, out, err);
        } catch (IOException e) {
            return failed("cannot replay: " + Fmd.reason(e), e, debug, out, err);
        } catch (RuntimeException e) {
            return failed(
                    "internal error: " + e + "; run it with --debug and report what that shows", e, debug, out, err);
        }
    }

    private static int failed(String message, Exception e, boolean debug, PrintWriter out, PrintWriter err) {
        out.flush();
        err.println("fmd: " + message);
        if (debug) {
            e.printStackTrace(err);
        }
        return FAILED;
    }

    private static ReplayRequest request(ParseResult asked, Surroundings surroundings) throws ReplayFailure {
        Path root = value(asked, "-R");
        Path rules = value(asked, "--rules");
        Places image =
                Fmd.places((root == null ? Path.of("/") : root).toAbsolutePath().normalize());
        if (rules != null && !Files.isDirectory(rules)) {
            throw new ReplayFailure("cannot read the rules in '" + rules + "': no such directory", null);
        }
        Places places = new Places(image.root(), image.home(), rules == null ? image.rules() : rules, image.dict());
        Problems problems = new Problems();
        FmdConf conf = root == null ? FmdConf.none(problems) : FmdConf.read(places.conf(), List.of(), problems);
        if (!problems.isEmpty()) {
            throw new ReplayFailure("cannot use the configuration: " + String.join("; ", problems.texts()), null);
        }
        List<Path> inputs = asked.matchedPositionalValue(0, List.of());
        return new ReplayRequest(
                inputs.stream().map(Path::toString).toList(),
                surroundings.input(),
                value(asked, "--topology"),
                places,
                conf,
                root != null,
                surroundings.zone());
    }

    private static @Nullable Path value(ParseResult asked, String option) {
        return asked.matchedOptionValue(option, null);
    }
}

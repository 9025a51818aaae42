// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.fmd.core.daemon.Places;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code fmdump}: shows, checks and makes logs, of this host or of another, whether a daemon runs or not. */
public final class Fmdump extends Program {

    private Fmdump(Surroundings surroundings) {
        super("fmdump", surroundings);
    }

    public static void main(String[] args) {
        new Fmdump(Surroundings.ofProcess()).runAsProcess(args);
    }

    /**
     * Returns the command line, for a caller that brings its own writers.
     *
     * @param args the arguments that it will be given; none if they are not known yet
     */
    public static CommandLine createFmdump(Surroundings surroundings, String... args) {
        return new Fmdump(surroundings).commandLine(List.of(args));
    }

    @Override
    CommandSpec spec(List<String> args) {
        return DumpOptions.spec(args);
    }

    @Override
    ExitCode run(ParseResult request, PrintWriter out, PrintWriter err) throws CommandFailure, IOException {
        Path root = root(request);
        Places places = Places.of(root == null ? Path.of("/") : root, Path.of("/"));
        if (request.hasSubcommand()) {
            return runOnLogs(request, places.state(), out, err);
        }
        DumpRequest wanted =
                DumpRequest.of(request, surroundings().now(), surroundings().zone());
        return new DumpRun(wanted, surroundings(), out, err).run(places.state());
    }

    private ExitCode runOnLogs(ParseResult request, Path state, PrintWriter out, PrintWriter err)
            throws CommandFailure, IOException {
        ParseResult sub = request.subcommand();
        boolean json = isSet(request, "-j");
        return switch (sub.commandSpec().name()) {
            case "verify" ->
                new VerifyCommand(json, out, err).run(sub.matchedPositionalValue(0, List.<Path>of()), state);
            case "salvage" ->
                new SalvageCommand(json, out)
                        .run(sub.matchedPositionalValue(0, Path.of("")), sub.matchedPositionalValue(1, Path.of("")));
            default ->
                new ImportCommand(surroundings(), json, out, err)
                        .run(
                                sub.matchedPositionalValue(0, Path.of("")),
                                sub.matchedPositionalValue(1, List.<Path>of()),
                                sub.matchedOptionValue("--host", ""));
        };
    }
}

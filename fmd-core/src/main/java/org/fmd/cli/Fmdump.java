// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.fmd.core.daemon.Places;

/** {@code fmdump}: shows, checks and makes logs, of this host or of another, whether a daemon runs or not. */
public final class Fmdump extends Program {

    private Fmdump(Surroundings surroundings) {
        super("fmdump", surroundings);
    }

    public static void main(String[] args) {
        new Fmdump(Surroundings.ofProcess()).runAsProcess(args);
    }

    /** Returns the program, for a caller that brings its own writers. */
    public static Program createFmdump(Surroundings surroundings) {
        return new Fmdump(surroundings);
    }

    @Override
    Syntax syntax() {
        return DumpOptions.syntax();
    }

    @Override
    ExitCode run(Arguments request, PrintWriter out, PrintWriter err) throws CommandFailure, IOException {
        Path root = root(request);
        Places places = Places.of(root == null ? Path.of("/") : root, Path.of("/"));
        String subcommand = request.subcommand();
        if (subcommand != null) {
            return runOnLogs(subcommand, request, places.state(), out, err);
        }
        DumpRequest wanted = DumpRequest.of(request, surroundings());
        return new DumpRun(wanted, surroundings(), out, err).run(places.state());
    }

    private ExitCode runOnLogs(String subcommand, Arguments request, Path state, PrintWriter out, PrintWriter err)
            throws CommandFailure, IOException {
        boolean json = request.isSet("-j");
        return switch (subcommand) {
            case "verify" -> new VerifyCommand(json, out, err).run(request.files(0), state);
            case "salvage" -> new SalvageCommand(json, out).run(Path.of(request.word(0)), Path.of(request.word(1)));
            default ->
                new ImportCommand(surroundings(), json, out, err)
                        .run(Path.of(request.word(0)), request.files(1), request.value("--host", ""));
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.fmd.cli.Syntax.Kind;
import org.fmd.cli.Syntax.Option;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * What all commands do alike: options that each has, usage, messages, exit codes.
 *
 * <p>No class of picocli is touched before somebody needs it: see {@link Arguments}. Nor does one stand above or within this class,
 * since an archive keeps neither classes as old as those nor what is made of them.
 */
public abstract class Program {
    static final String HELP = "--help";
    static final String VERSION = "--version";

    private final String name;
    private final Surroundings surroundings;

    Program(String name, Surroundings surroundings) {
        this.name = name;
        this.surroundings = surroundings;
    }

    /** Does the work; what is printed goes to {@code out}, remarks to {@code err}. */
    abstract ExitCode run(Arguments request, PrintWriter out, PrintWriter err) throws CommandFailure, IOException;

    /** Describes the command line. */
    abstract Syntax syntax();

    final String name() {
        return name;
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    /** Returns the model of the command line, for those who make manuals and completions of it. */
    public final CommandLine commandLine() {
        return new FullParser(this).commandLine();
    }

    /** Adds the options of every command; subcommands take them, too. */
    static Syntax withCommonOptions(Syntax syntax) {
        return syntax.add(new Option(
                        List.of("-R", "--root"),
                        "DIR",
                        Kind.FILE,
                        false,
                        true,
                        "the root directory of the fault manager asked about; default /"))
                .add(common("print one JSON object a line", "-j", "--json"))
                .add(common("show where in the program a failure came from", "--debug"))
                .add(common("print this text", HELP))
                .add(common("print the version", VERSION));
    }

    /** Returns a switch that subcommands have as well. */
    static Option common(String description, String... names) {
        return new Option(List.of(names), null, Kind.TEXT, false, true, description);
    }

    /** Returns the root directory asked for, null if none was. */
    static @Nullable Path root(Arguments request) {
        String own = request.value("-R");
        return own == null ? null : Path.of(own);
    }

    /**
     * Runs the program.
     *
     * @return the exit code
     */
    public final int execute(PrintWriter out, PrintWriter err, String... args) {
        Arguments plain = Arguments.plain(syntax(), args);
        return plain == null ? commandLine().setOut(out).setErr(err).execute(args) : execute(plain, out, err);
    }

    final int execute(Arguments request, PrintWriter out, PrintWriter err) {
        ExitCode code;
        try {
            if (request.isSet(VERSION)) {
                out.println(version());
                code = ExitCode.DONE;
            } else {
                code = run(request, out, err);
            }
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
            ExitCode code, String message, Exception e, Arguments request, PrintWriter out, PrintWriter err) {
        out.flush();
        err.println(name + ": " + message);
        if (request.isSet("--debug")) {
            e.printStackTrace(err);
        }
        return code;
    }

    private String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return name + " " + (version == null ? "(unreleased)" : version);
    }

    /** Runs the program as a process: the arguments in, text on standard output and error, an exit code out. */
    final void runAsProcess(String[] args) {
        // No argument is of these types, and to prepare for them takes as long as all else that picocli does.
        System.setProperty("picocli.converters.excludes", "java.sql.*,java.time.*");
        System.exit(execute(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
    }

    private static PrintWriter writer(FileDescriptor to) {
        return new PrintWriter(new Utf8Writer(new FileOutputStream(to)));
    }
}

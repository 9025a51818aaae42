// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fmd.eversholt.analyse.Analyser;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc check}: compiles the files as one program and prints what is wrong with it. */
final class CheckCommand implements Esc.Subcommand {

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new CheckCommand()).name("check");
        spec.usageMessage()
                .description(
                        "Checks rule files, together one program, and analyses what it can lead to.",
                        "Exit status: 0 accepted, 1 errors, 2 wrong use or unreadable file.");
        spec.addOption(Esc.helpOption());
        spec.addOption(flag("--compat", "Speak the reference compiler's language and give its verdicts; no analysis."));
        spec.addOption(OptionSpec.builder("-j", "--json")
                .type(boolean.class)
                .description("Print one JSON object a line.")
                .build());
        spec.addOption(flag("--notes", "Tell also what is worth knowing: longest waits, suspects that come together."));
        spec.addOption(OptionSpec.builder("--posted")
                .type(String.class)
                .paramLabel("FILE")
                .description(
                        "The ereport classes that somebody posts, one a line; a problem that leads to none of them",
                        "is warned of.")
                .build());
        spec.addOption(flag("--strict", "Refuse warnings too."));
        spec.addOption(list("-I", "DIR", "Look for included files here too."));
        spec.addOption(list("-D", "NAME[=VALUE]", "Define a macro."));
        spec.addOption(list("-U", "NAME", "Undefine a macro."));
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Rule files.")
                .build());
        return spec;
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    private static OptionSpec list(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        List<String> macros = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        List<SourceFile> files = new ArrayList<>();
        Analyser analyser;
        try {
            analyser = new Analyser(posted(parsed.matchedOptionValue("--posted", "")), Analyser.HESITATE_NANOS);
            for (String definition : parsed.matchedOptionValue("-D", List.<String>of())) {
                macros.add(define(definition));
            }
            for (String name : parsed.matchedOptionValue("-U", List.<String>of())) {
                macros.add("#undef " + macroName(name));
            }
            for (String folder : parsed.matchedOptionValue("-I", List.<String>of())) {
                folders.add(Path.of(folder));
            }
            for (String file : parsed.matchedPositionalValue(0, List.<String>of())) {
                files.add(read(file));
            }
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc check: " + e.getMessage());
            return ExitCode.USAGE;
        }
        Dialect dialect = parsed.hasMatchedOption("--compat") ? Dialect.REFERENCE : Dialect.OURS;
        CompileResult result = new Compiler(dialect, Sources.files(folders), macros).compile(files);
        if (dialect.equals(Dialect.OURS)) {
            result = analysed(result, analyser, parsed.hasMatchedOption("--notes"));
        }
        return print(result, parsed.hasMatchedOption("-j"), parsed.hasMatchedOption("--strict"), out);
    }

    private static CompileResult analysed(CompileResult result, Analyser analyser, boolean withNotes) {
        Program program = result.program();
        if (program == null) {
            return result;
        }
        List<Issue> issues = new ArrayList<>(result.issues());
        for (Issue issue : analyser.analyse(program).issues()) {
            if (withNotes || issue.severity() != Severity.NOTE) {
                issues.add(issue);
            }
        }
        return new CompileResult(program, Compiler.inOrder(issues, program.files()));
    }

    /** The classes in a file, one a line; blank lines and those that begin with '#' do not count. */
    private static @Nullable Set<String> posted(String file) throws IOException {
        if (file.isEmpty()) {
            return null;
        }
        return read(file)
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .collect(Collectors.toSet());
    }

    private static ExitCode print(CompileResult result, boolean json, boolean strict, PrintWriter out) {
        long errors = count(result, Severity.ERROR);
        long warnings = count(result, Severity.WARNING);
        boolean accept = errors == 0 && !(strict && warnings > 0);
        for (Issue issue : result.issues()) {
            out.print(json ? IssueJson.line(issue) : IssueText.of(issue));
        }
        if (json) {
            out.print(IssueJson.summary(accept, errors, warnings));
        } else if (errors + warnings > 0) {
            out.print(IssueText.summary(errors, warnings));
        }
        out.flush();
        return accept ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static long count(CompileResult result, Severity severity) {
        return result.issues().stream()
                .filter(issue -> issue.severity() == severity)
                .count();
    }

    private static SourceFile read(String file) throws IOException {
        try {
            return new SourceFile(file, Sources.read(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read '" + file + "': no such file", e);
        } catch (InvalidPathException | IOException e) {
            throw new IOException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }

    private static String define(String definition) {
        int equals = definition.indexOf('=');
        String name = equals < 0 ? definition : definition.substring(0, equals);
        String value = equals < 0 ? "1" : definition.substring(equals + 1);
        return "#define " + macroName(name) + " " + value.replace("\n", " ");
    }

    private static String macroName(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("'" + name + "' is not a macro name");
        }
        return name;
    }
}

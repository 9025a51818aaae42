// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintWriter;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        spec.addOption(OptionSpec.builder("-j", "--json")
                .type(boolean.class)
                .description("Print one JSON object a line.")
                .build());
        spec.addOption(CompilerOptions.flag(
                "--notes", "Tell also what is worth knowing: longest waits, suspects that come together."));
        spec.addOption(OptionSpec.builder("--posted")
                .type(String.class)
                .paramLabel("FILE")
                .description(
                        "The ereport classes that somebody posts, one a line; a problem that leads to none of them",
                        "is warned of.")
                .build());
        spec.addOption(CompilerOptions.flag("--strict", "Refuse warnings too."));
        CompilerOptions.add(spec);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        try {
            CompilerOptions options = CompilerOptions.of(parsed);
            Analyser analyser =
                    new Analyser(posted(parsed.matchedOptionValue("--posted", "")), Analyser.HESITATE_NANOS);
            CompileResult result = options.compileAndCompare();
            if (options.dialect().equals(Dialect.OURS)) {
                result = analysed(result, analyser, parsed.hasMatchedOption("--notes"));
            }
            return print(result, parsed.hasMatchedOption("-j"), parsed.hasMatchedOption("--strict"), out);
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc check: " + e.getMessage());
            return ExitCode.USAGE;
        }
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
        return CompilerOptions.read(file)
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
}

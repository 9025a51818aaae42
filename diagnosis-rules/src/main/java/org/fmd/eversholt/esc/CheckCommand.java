// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintWriter;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Severity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc check}: compiles the files as one program and prints what is wrong with it. */
final class CheckCommand implements Esc.Subcommand {

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new CheckCommand()).name("check");
        spec.usageMessage()
                .description(
                        "Checks rule files, together one program.",
                        "Exit status: 0 accepted, 1 errors, 2 wrong use or unreadable file.");
        spec.addOption(Esc.helpOption());
        spec.addOption(OptionSpec.builder("-j", "--json")
                .type(boolean.class)
                .description("Print one JSON object a line.")
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
            CompileResult result = CompilerOptions.of(parsed).compileAndCompare();
            return print(result, parsed.hasMatchedOption("-j"), parsed.hasMatchedOption("--strict"), out);
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc check: " + e.getMessage());
            return ExitCode.USAGE;
        }
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

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintWriter;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Severity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc graph}: the propagation graph of a program, for Graphviz. */
final class GraphCommand implements Esc.Subcommand {

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new GraphCommand()).name("graph");
        spec.usageMessage()
                .description(
                        "Prints the propagation graph of rule files, together one program, as Graphviz DOT.",
                        "Exit status: 0 done, 1 the rules have errors, 2 wrong use or unreadable file.");
        spec.addOption(Esc.helpOption());
        CompilerOptions.add(spec);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        try {
            CompileResult result = CompilerOptions.of(parsed).compile();
            result.issues().stream()
                    .filter(issue -> issue.severity() == Severity.ERROR)
                    .map(IssueText::of)
                    .forEach(err::print);
            Program program = result.program();
            if (program == null) {
                return ExitCode.REFUSED;
            }
            out.print(Dot.of(program));
            return ExitCode.OK;
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc graph: " + e.getMessage());
            return ExitCode.USAGE;
        } finally {
            out.flush();
            err.flush();
        }
    }
}

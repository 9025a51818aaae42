// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.fmd.api.Explanation;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.model.json.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc explain}: diagnoses a list of ereports and says why it came out so, and why not otherwise. */
final class ExplainCommand implements Esc.Subcommand {
    private static final String ALL = "all";

    static CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(new ExplainCommand()).name("explain");
        spec.usageMessage()
                .description(
                        "Diagnoses ereports as 'esc run' does and says why: of each case what was suspected and what not,"
                                + " or of one problem why it was not diagnosed.",
                        "Exit status: 0 done, 1 the rules have errors or there is no such case, 2 wrong use or unreadable"
                                + " file.");
        spec.addOption(Esc.helpOption());
        RunCommand.addOptions(spec, "Print one JSON object for each case or problem.");
        spec.addOption(RunCommand.one("--case", "N", "Explain the case of that number.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("CLASS@PATH")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Problems to explain, such as fault.x@chassis0/disk3; 'all' for all cases (the default).")
                .build());
        return spec;
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        try {
            CompileResult rules = RunCommand.compile(parsed);
            rules.issues().stream()
                    .filter(issue -> issue.severity() == Severity.ERROR)
                    .map(IssueText::of)
                    .forEach(err::print);
            Program program = rules.program();
            if (program == null) {
                return ExitCode.REFUSED;
            }
            Topology topology = RunFiles.topology(RunCommand.json(parsed.matchedOptionValue("--topology", "")));
            List<RunInput> inputs = RunFiles.inputs(RunCommand.json(parsed.matchedOptionValue("--ereports", "")));
            DiagnosisRun run = new DiagnosisRun(program, topology, RunCommand.settings(parsed), null, true);
            for (int i = 0; i < inputs.size(); i++) {
                run.input(inputs.get(i), i);
            }
            run.finish();
            List<Explanation> answers = answers(run, parsed);
            for (Explanation answer : answers) {
                out.print(parsed.hasMatchedOption("-j") ? Json.write(answer.toMap()) + "\n" : answer.text());
            }
            if (answers.isEmpty()) {
                err.println("esc explain: there is no such case");
            }
            return answers.isEmpty() ? ExitCode.REFUSED : ExitCode.OK;
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc explain: " + e.getMessage());
            return ExitCode.USAGE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static List<Explanation> answers(DiagnosisRun run, ParseResult parsed) {
        List<Explanation> answers = new ArrayList<>();
        String number = parsed.matchedOptionValue("--case", "");
        List<String> problems = parsed.matchedPositionalValue(0, List.<String>of());
        if (!number.isEmpty()) {
            if (!number.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException("--case: '" + number + "' is no number");
            }
            run.explainCase(Integer.parseInt(number)).ifPresent(answers::add);
        }
        for (String problem : problems) {
            if (!problem.equals(ALL)) {
                answers.add(problem(run, problem));
            }
        }
        if (problems.contains(ALL) || (number.isEmpty() && problems.isEmpty())) {
            answers.addAll(run.explainCases());
        }
        return answers;
    }

    private static Explanation problem(DiagnosisRun run, String problem) {
        int at = problem.indexOf('@');
        TopoPath path =
                at < 1 ? null : TopoPath.parse(problem.substring(at + 1)).orElse(null);
        if (path == null) {
            throw new IllegalArgumentException(
                    "'" + problem + "' is no problem at a place; expected for instance fault.x@chassis0/disk3");
        }
        return run.explainProblem(problem.substring(0, at), path);
    }
}

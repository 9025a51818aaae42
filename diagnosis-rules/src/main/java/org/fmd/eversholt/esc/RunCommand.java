// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.scenario.OutcomeText;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc run}: diagnoses a list of ereports by rule files, in simulated time. */
final class RunCommand implements Esc.Subcommand {

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new RunCommand()).name("run");
        spec.usageMessage()
                .description(
                        "Diagnoses ereports by rule files, together one program, in simulated time.",
                        "Exit status: 0 done, 1 the rules have errors, 2 wrong use or unreadable file.");
        spec.addOption(Esc.helpOption());
        addOptions(spec, "Print one JSON object with all outcomes.");
        return spec;
    }

    /** What a run takes. */
    static void addOptions(CommandSpec spec, String json) {
        spec.addOption(many("--rules", "FILE", "Rule files.")
                .required(true)
                .arity("1..*")
                .build());
        spec.addOption(one("--topology", "FILE", "The machine, as JSON.")
                .required(true)
                .build());
        spec.addOption(one("--ereports", "FILE", "The ereports, as JSON.")
                .required(true)
                .build());
        spec.addOption(OptionSpec.builder("-j", "--json")
                .type(boolean.class)
                .description(json)
                .build());
        addSettings(spec);
    }

    /** How rules are read and the engine is set. */
    static void addSettings(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--compat")
                .type(boolean.class)
                .description("Speak the reference's language and behave as its engine does.")
                .build());
        spec.addOption(one("--hesitate-ms", "N", "How long an effect without a window is waited for (10000).")
                .build());
        spec.addOption(one("--serd-override", "TEXT", "N and T of SERD engines: name,N,T with blanks between.")
                .build());
        spec.addOption(one("--max-exercises", "N", "How many exercises may be open (0, any number).")
                .build());
        spec.addOption(many("-I", "DIR", "Look for included files here too.").build());
    }

    static OptionSpec.Builder one(String name, String label, String description) {
        return OptionSpec.builder(name).type(String.class).paramLabel(label).description(description);
    }

    static OptionSpec.Builder many(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description);
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        try {
            CompileResult rules = compile(parsed);
            rules.issues().stream()
                    .filter(issue -> issue.severity() == Severity.ERROR)
                    .map(IssueText::of)
                    .forEach(err::print);
            err.flush();
            Program program = rules.program();
            if (program == null) {
                return ExitCode.REFUSED;
            }
            Topology topology = RunFiles.topology(json(parsed.matchedOptionValue("--topology", "")));
            List<RunInput> inputs = RunFiles.inputs(json(parsed.matchedOptionValue("--ereports", "")));
            List<Map<String, Object>> outcomes = DiagnosisRun.run(program, topology, inputs, settings(parsed));
            print(outcomes, parsed.hasMatchedOption("-j"), out);
            return ExitCode.OK;
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc run: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    static CompileResult compile(ParseResult parsed) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (String file : parsed.matchedOptionValue("--rules", List.<String>of())) {
            files.add(new SourceFile(file, read(file)));
        }
        List<Path> folders = new ArrayList<>();
        for (String folder : parsed.matchedOptionValue("-I", List.<String>of())) {
            folders.add(Path.of(folder));
        }
        Dialect dialect = parsed.hasMatchedOption("--compat") ? Dialect.REFERENCE : Dialect.OURS;
        return new Compiler(dialect, Sources.files(folders), List.of()).compile(files);
    }

    static Settings settings(ParseResult parsed) {
        long hesitate = number(parsed, "--hesitate-ms", 10_000, Long.MAX_VALUE / 1_000_000);
        return new Settings(
                hesitate * 1_000_000,
                (int) number(parsed, "--max-exercises", 0, Integer.MAX_VALUE),
                Settings.overrides(parsed.matchedOptionValue("--serd-override", "")));
    }

    private static long number(ParseResult parsed, String option, long otherwise, long most) {
        String text = parsed.matchedOptionValue(option, Long.toString(otherwise));
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > most) {
            throw new IllegalArgumentException(option + ": '" + text + "' is no number between 0 and " + most);
        }
        return Long.parseLong(text);
    }

    private static void print(List<Map<String, Object>> outcomes, boolean json, PrintWriter out) {
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("outcomes", outcomes);
            out.println(Json.write(all));
        } else {
            outcomes.forEach(outcome -> OutcomeText.lines(outcome).forEach(out::println));
        }
        out.flush();
    }

    static @Nullable Object json(String file) throws IOException {
        try {
            return Json.parse(read(file));
        } catch (JsonProblem e) {
            throw new IOException("'" + file + "' is no JSON: " + e.getMessage(), e);
        }
    }

    private static String read(String file) throws IOException {
        try {
            return Sources.read(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read '" + file + "': no such file", e);
        } catch (InvalidPathException | IOException e) {
            throw new IOException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }
}

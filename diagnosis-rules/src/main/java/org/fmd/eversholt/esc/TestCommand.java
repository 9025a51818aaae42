// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.RuleCoverage;
import org.fmd.eversholt.scenario.Finding;
import org.fmd.eversholt.scenario.Scenario;
import org.fmd.eversholt.scenario.ScenarioChecks;
import org.fmd.eversholt.scenario.ScenarioFile;
import org.fmd.eversholt.scenario.ScenarioRun;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code esc test}: tells rules the stories of scenario files and compares how they end. */
final class TestCommand implements Esc.Subcommand {

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new TestCommand()).name("test");
        spec.usageMessage()
                .description(
                        "Runs the scenarios beside rule files, on a virtual clock, and compares how they end.",
                        "Exit status: 0 all passed, 1 some failed, 2 wrong use or unreadable file.");
        spec.addOption(Esc.helpOption());
        spec.addOption(OptionSpec.builder("-j", "--json")
                .type(boolean.class)
                .description("Print one JSON object for each scenario, then one with the summary.")
                .build());
        spec.addOption(OptionSpec.builder("-v", "--verbose")
                .type(boolean.class)
                .description("Print what came of each scenario.")
                .build());
        spec.addOption(OptionSpec.builder("--min-coverage")
                .type(String.class)
                .paramLabel("PERCENT")
                .description("Fail if fewer of the propagations were used.")
                .build());
        spec.addOption(
                CompilerOptions.flag("--compat", "Speak the reference's language and behave as its engine does."));
        spec.addOption(CompilerOptions.list("-I", "DIR", "Look for included files here too."));
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("PATH")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Scenario files, folders of them, or rule files with scenarios beside them.")
                .build());
        return spec;
    }

    @Override
    public ExitCode run(ParseResult parsed) {
        PrintWriter out = parsed.commandSpec().commandLine().getOut();
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        boolean json = parsed.hasMatchedOption("-j");
        TestPrinter printer = json ? new TestJson(out) : new TestText(out, parsed.hasMatchedOption("-v"));
        try {
            int least = percent(parsed.matchedOptionValue("--min-coverage", "0"));
            Set<Path> files = new LinkedHashSet<>();
            for (String name : parsed.matchedPositionalValue(0, List.<String>of())) {
                files.addAll(find(name));
            }
            return new Session(parsed, printer).run(files, least);
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc test: " + e.getMessage());
            return ExitCode.USAGE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int percent(String text) {
        if (!text.matches("[0-9]{1,3}%?") || Integer.parseInt(text.replace("%", "")) > 100) {
            throw new IllegalArgumentException("--min-coverage: '" + text + "' is no number between 0 and 100");
        }
        return Integer.parseInt(text.replace("%", ""));
    }

    /** A scenario file, those of a folder and what is below it, or the one beside a rule file. */
    private static List<Path> find(String name) throws IOException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new IOException("cannot read '" + name + "': " + e.getMessage(), e);
        }
        if (!Files.isDirectory(path)) {
            Path file = name.endsWith(".esc")
                    ? path.resolveSibling(
                            String.valueOf(path.getFileName()).replaceFirst("\\.esc$", ScenarioFile.ENDING))
                    : path;
            if (!Files.exists(file)) {
                throw new IOException("cannot read '" + file + "': no such file");
            }
            return List.of(file);
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> found = all.filter(file -> file.toString().endsWith(ScenarioFile.ENDING))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("no scenario (*" + ScenarioFile.ENDING + ") in '" + name + "'");
            }
            return found;
        }
    }

    /** One call: programs are compiled once, whichever scenario files are about them. */
    private static final class Session {
        private final Dialect dialect;
        private final List<Path> folders = new ArrayList<>();
        private final TestPrinter printer;
        private final Map<List<Path>, CompileResult> programs = new LinkedHashMap<>();
        private final Map<List<Path>, RuleCoverage> coverages = new LinkedHashMap<>();
        private boolean failed;

        Session(ParseResult parsed, TestPrinter printer) {
            this.dialect = parsed.hasMatchedOption("--compat") ? Dialect.REFERENCE : Dialect.OURS;
            for (String folder : parsed.matchedOptionValue("-I", List.<String>of())) {
                folders.add(Path.of(folder));
            }
            this.printer = printer;
        }

        ExitCode run(Set<Path> files, int least) throws IOException {
            for (Path file : files) {
                test(file);
            }
            List<RuleCoverage> all = List.copyOf(coverages.values());
            boolean enough =
                    CoverageText.share(all, RuleCoverage.Kind.PROPAGATIONS).percent() >= least;
            printer.summary(all, enough);
            failed |= !enough;
            return failed ? ExitCode.REFUSED : ExitCode.OK;
        }

        private void test(Path path) throws IOException {
            ScenarioFile file = ScenarioFile.read(path);
            CompileResult rules = compile(file.rules());
            Program program = rules.program();
            List<Finding> findings = new ArrayList<>(file.findings());
            if (program == null) {
                failed = true;
                rules.issues().stream()
                        .filter(issue -> issue.severity() == Severity.ERROR)
                        .forEach(printer::error);
            } else {
                findings.addAll(ScenarioChecks.check(program, file.scenarios()));
            }
            findings.sort(Comparator.comparing(finding -> finding.span().start()));
            // The first of two at one place is the reason of the other.
            Set<Integer> places = new HashSet<>();
            findings.removeIf(finding -> !places.add(finding.span().start()));
            findings.forEach(printer::error);
            failed |= !findings.isEmpty();
            if (program != null && findings.isEmpty()) {
                RuleCoverage coverage = coverages.computeIfAbsent(file.rules(), r -> new RuleCoverage(program));
                for (Scenario scenario : file.scenarios()) {
                    ScenarioRun.Report report = ScenarioRun.of(program, scenario, coverage);
                    failed |= !report.passed();
                    printer.report(report);
                }
            }
        }

        private CompileResult compile(List<Path> names) throws IOException {
            CompileResult known = programs.get(names);
            if (known != null) {
                return known;
            }
            List<SourceFile> files = new ArrayList<>();
            for (Path name : names) {
                files.add(CompilerOptions.read(name.toString()));
            }
            CompileResult result = new Compiler(dialect, Sources.files(folders), List.of()).compile(files);
            programs.put(names, result);
            return result;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.backtest.Backtest;
import org.fmd.eversholt.backtest.BacktestJson;
import org.fmd.eversholt.backtest.BacktestText;
import org.fmd.eversholt.backtest.DetectorTopology;
import org.fmd.eversholt.backtest.ErrorLog;
import org.fmd.eversholt.backtest.HostLog;
import org.fmd.eversholt.backtest.LineLog;
import org.fmd.eversholt.backtest.SerdTables;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.compile.Numbers;
import org.fmd.eversholt.eft.RunFiles;
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

/** {@code esc backtest}: runs an error log through today's rules, and through others, and compares. */
final class BacktestCommand implements Esc.Subcommand {
    private static final int TOLD_LINES = 100;

    private final PrintWriter out;
    private final PrintWriter err;
    private final ParseResult parsed;
    private final boolean json;
    private long toldLines;

    /** The user object of the specification; each run has an object of its own. */
    static final class Entry implements Esc.Subcommand {
        @Override
        public ExitCode run(ParseResult parsed) {
            return new BacktestCommand(parsed).run(parsed);
        }
    }

    private BacktestCommand(ParseResult parsed) {
        this.parsed = parsed;
        this.out = parsed.commandSpec().commandLine().getOut();
        this.err = parsed.commandSpec().commandLine().getErr();
        this.json = parsed.hasMatchedOption("-j");
    }

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new Entry()).name("backtest");
        spec.usageMessage()
                .description(
                        "Runs an error log through today's rules and a candidate's, and tells what",
                        "is concluded differently, and how often SERD engines would have fired with",
                        "other limits.",
                        "Exit status: 0 done, 1 the rules have errors, 2 wrong use or unreadable file.");
        spec.addOption(Esc.helpOption());
        spec.addOption(RunCommand.many("--rules", "FILE", "Today's rule files.")
                .required(true)
                .arity("1..*")
                .build());
        spec.addOption(
                RunCommand.many("--candidate", "FILE", "The candidate's rule files; without them today's run alone.")
                        .arity("1..*")
                        .build());
        spec.addOption(RunCommand.one(
                        "--topology", "FILE", "The machine, as JSON; without it the detectors of the log are it.")
                .build());
        spec.addOption(RunCommand.one(
                        "--ereports", "FILE", "The log, as 'fmdump -e -j' prints it; may be gzipped; '-' is the input.")
                .build());
        spec.addOption(RunCommand.one(
                        "--log",
                        "DIR",
                        "The log, as a host's daemon keeps it: errlog and fltlog with their older files.")
                .build());
        spec.addOption(CompilerOptions.flag("--timing", "Tell how much processor time it took."));
        spec.addOption(OptionSpec.builder("-j", "--json")
                .type(boolean.class)
                .description("Print one JSON object a line.")
                .build());
        spec.addOption(RunCommand.one("--serd-n", "N[,N...]", "Try these N with all SERD engines.")
                .build());
        spec.addOption(RunCommand.one("--serd-t", "T[,T...]", "Try these T, such as 10m or 24h.")
                .build());
        RunCommand.addSettings(spec);
        return spec;
    }

    @Override
    public ExitCode run(ParseResult ignored) {
        try {
            requireOneLog();
            Program today = program("--rules");
            Program candidate = parsed.hasMatchedOption("--candidate") ? program("--candidate") : null;
            if (today == null || (candidate == null && parsed.hasMatchedOption("--candidate"))) {
                return ExitCode.REFUSED;
            }
            SerdTables.Limits limits = limits();
            Topology topology = topology();
            long before = processorNanos();
            Backtest test =
                    new Backtest(today, candidate, topology, RunCommand.settings(parsed), limits, new Messages());
            long bytes;
            try (ErrorLog log = log()) {
                test.run(log);
                bytes = log.bytes();
            }
            print(test);
            if (parsed.hasMatchedOption("--timing")) {
                timing(test, bytes, processorNanos() - before);
            }
            return ExitCode.OK;
        } catch (IllegalArgumentException | IOException e) {
            err.println("esc backtest: " + e.getMessage());
            return ExitCode.USAGE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private void print(Backtest test) {
        if (toldLines > TOLD_LINES && !json) {
            err.println("esc backtest: " + (toldLines - TOLD_LINES) + " more records cannot be read");
        }
        if (json) {
            BacktestJson.print(test, out::println);
        } else {
            BacktestText.print(test, out::println);
        }
    }

    /** Says at once what is wrong with the log and the rules. */
    private final class Messages implements Backtest.Told {
        @Override
        public void unreadable(long line, String problem) {
            toldLines++;
            if (json) {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                object.put("schema-version", 1L);
                object.put("kind", "unreadable");
                if (line > 0) {
                    object.put("line", line);
                }
                object.put("problem", problem);
                out.println(Json.write(object));
            } else if (toldLines <= TOLD_LINES) {
                String where = line == 0 ? "" : parsed.matchedOptionValue("--ereports", "") + ":" + line + ": ";
                err.println("esc backtest: " + where + problem);
            }
        }

        @Override
        public void failed(String rules, String place, String problem) {
            err.println("esc backtest: " + rules + ": " + place + ": " + problem);
        }
    }

    private void timing(Backtest test, long bytes, long nanos) {
        double seconds = nanos / 1e9;
        if (json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("schema-version", 1L);
            object.put("kind", "timing");
            object.put("processor-ms", nanos / 1_000_000);
            object.put("bytes", bytes);
            object.put("ereports-per-second", Math.round(test.ereports() / seconds));
            out.println(Json.write(object));
        } else {
            out.println();
            out.println(String.format(
                    "%.2f s of processor time: %.0f ereports and %.1f MB in a second",
                    seconds, test.ereports() / seconds, bytes / 1e6 / seconds));
        }
    }

    /** What the process has taken so far, all threads together; 0 where nobody tells. */
    private static long processorNanos() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean own ? own.getProcessCpuTime() : 0;
    }

    private @Nullable Program program(String option) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (String file : parsed.matchedOptionValue(option, List.<String>of())) {
            files.add(CompilerOptions.read(file));
        }
        List<Path> folders = new ArrayList<>();
        for (String folder : parsed.matchedOptionValue("-I", List.<String>of())) {
            folders.add(Path.of(folder));
        }
        Dialect dialect = parsed.hasMatchedOption("--compat") ? Dialect.REFERENCE : Dialect.OURS;
        CompileResult result = new Compiler(dialect, Sources.files(folders), List.of()).compile(files);
        result.issues().stream()
                .filter(issue -> issue.severity() == Severity.ERROR)
                .map(IssueText::of)
                .forEach(err::print);
        return result.program();
    }

    private Topology topology() throws IOException {
        String file = parsed.matchedOptionValue("--topology", "");
        if (!file.isEmpty()) {
            try {
                return RunFiles.topology(Json.parse(Files.readAllBytes(path(file))));
            } catch (JsonProblem e) {
                throw new IOException("'" + file + "' is no JSON: " + e.getMessage(), e);
            } catch (NoSuchFileException e) {
                throw new IOException("cannot read '" + file + "': no such file", e);
            }
        }
        if (fromInput()) {
            throw new IOException("a log from the input is read once only; give the machine with --topology");
        }
        try (ErrorLog log = log()) {
            return DetectorTopology.of(log);
        }
    }

    private boolean fromInput() {
        return parsed.matchedOptionValue("--ereports", "").equals("-");
    }

    private void requireOneLog() {
        boolean directory = parsed.hasMatchedOption("--log");
        boolean text = parsed.hasMatchedOption("--ereports");
        if (directory && text) {
            throw new IllegalArgumentException("--log and --ereports name two logs; give one of them");
        }
        if (!directory && !text) {
            throw new IllegalArgumentException("there is no log; name one with --log DIR or --ereports FILE");
        }
    }

    private ErrorLog log() throws IOException {
        if (parsed.hasMatchedOption("--log")) {
            return new HostLog(path(parsed.matchedOptionValue("--log", "")));
        }
        String file = parsed.matchedOptionValue("--ereports", "");
        try {
            InputStream in = fromInput() ? System.in : Files.newInputStream(path(file));
            return new LineLog(in);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read '" + file + "': no such file", e);
        }
    }

    private static Path path(String file) throws IOException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IOException("cannot read '" + file + "': " + e.getReason(), e);
        }
    }

    private SerdTables.Limits limits() {
        TreeSet<Long> ns = new TreeSet<>();
        for (String text : words("--serd-n")) {
            if (!text.matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException("--serd-n: '" + text + "' is no number between 0 and 99999");
            }
            ns.add(Long.parseLong(text));
        }
        TreeSet<Long> windows = new TreeSet<>();
        for (String text : words("--serd-t")) {
            OptionalLong nanos = Numbers.time(text);
            if (nanos.isEmpty()) {
                throw new IllegalArgumentException("--serd-t: '" + text + "' is no time such as 10m or 24h");
            }
            windows.add(nanos.getAsLong());
        }
        return new SerdTables.Limits(List.copyOf(ns), List.copyOf(windows));
    }

    private List<String> words(String option) {
        String text = parsed.matchedOptionValue(option, "");
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.esc.Esc;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.jspecify.annotations.Nullable;

/**
 * A text with examples, and what is wrong with them. Fenced blocks mean:
 *
 * <pre>
 *   esc              a whole program; compiles without error or warning
 *   esc NAME         the same, and a file that later blocks of the chapter may include, or add with +
 *   esc + NAME...    compiled together with these files
 *   esc-file NAME    a file only
 *   esc-bad          gives the messages in the text block that follows, the count left out
 *   scenario         a scenario file about the last esc block; gives what esc test prints in the text block that follows
 *   topology         the machine of the runs below, until the next one
 *   ereports         a run of the last esc block, with the outcomes block that follows; see {@link RunText}
 *   explain          questions about the last run, case NUMBER or CLASS@PATH; the answers in the text block that follows
 *   anything else    not looked at
 * </pre>
 */
final class Manual {

    /** A fenced block; {@code line} is that of its first line of content, from 1. */
    record Block(String kind, List<String> words, int line, List<String> content) {
        String text() {
            return String.join("\n", content) + "\n";
        }
    }

    private final List<String> failures = new ArrayList<>();
    private final Map<String, String> files = new HashMap<>();
    private final Map<Integer, List<String>> actual = new HashMap<>();
    private String rules = "";
    private List<String> ereports = List.of();
    private final Path folder;
    private @Nullable Program program;
    private List<String> topology = List.of();
    private int runs;
    private int programs;

    private Manual(Path folder) {
        this.folder = folder;
    }

    /** What looking through a manual gave. */
    record Findings(List<String> failures, int programs, int runs, Map<Integer, List<String>> actual) {}

    /** Looks through the manual; {@code folder} is for scratch files. */
    static Findings examine(Path file, Path folder) throws IOException {
        Manual manual = new Manual(folder);
        List<Block> blocks = blocks(Files.readAllLines(file));
        for (int i = 0; i < blocks.size(); i++) {
            Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : new Block("", List.of(), 0, List.of());
            try {
                manual.examine(blocks.get(i), next);
            } catch (IllegalArgumentException | IllegalStateException e) {
                manual.failures.add(blocks.get(i).line() + ": " + e);
            }
        }
        return new Findings(manual.failures, manual.programs, manual.runs, manual.actual);
    }

    static List<Block> blocks(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                List<String> words = List.of(lines.get(i).substring(3).strip().split("\\s+"));
                int start = i + 1;
                do {
                    i++;
                } while (!lines.get(i).equals("```"));
                blocks.add(new Block(words.get(0), words.subList(1, words.size()), start + 1, lines.subList(start, i)));
            }
        }
        return blocks;
    }

    private void examine(Block block, Block next) throws IOException {
        switch (block.kind()) {
            case "esc-file" -> files.put(block.words().get(0), block.text());
            case "esc" -> compile(block);
            case "esc-bad" -> compare(block, next, "text", check(block));
            case "scenario" -> {
                runs++;
                compare(block, next, "text", test(block));
            }
            case "explain" -> {
                runs++;
                if (program == null) {
                    failures.add(block.line() + ": no rules to run");
                } else {
                    compare(block, next, "text", RunText.explain(program, topology, ereports, block.content()));
                }
            }
            case "topology" -> topology = block.content();
            case "ereports" -> {
                runs++;
                ereports = block.content();
                if (program == null) {
                    failures.add(block.line() + ": no rules to run");
                } else {
                    compare(block, next, "outcomes", RunText.run(program, topology, block.content()));
                }
            }
            case "outcomes", "text", "sh", "" -> {}
            default -> failures.add(block.line() + ": unknown kind of block '" + block.kind() + "'");
        }
    }

    private void compile(Block block) {
        programs++;
        rules = block.text();
        List<SourceFile> sources = new ArrayList<>();
        List<String> words = block.words();
        boolean together = !words.isEmpty() && words.get(0).equals("+");
        for (String name : together ? words.subList(1, words.size()) : List.<String>of()) {
            sources.add(new SourceFile(name, files.get(name)));
        }
        sources.add(new SourceFile("rules.esc", block.text()));
        if (!together && !words.isEmpty()) {
            files.put(words.get(0), block.text());
        }
        CompileResult result = new Compiler(Dialect.OURS, included(), List.of()).compile(sources);
        for (Issue issue : result.issues()) {
            if (issue.severity() != Severity.NOTE) {
                failures.add(block.line() + ": " + issue);
            }
        }
        program = result.program();
    }

    private Sources included() {
        return (name, from, quoted) -> Optional.ofNullable(files.get(name)).map(text -> new Sources.Found(name, text));
    }

    /** What {@code esc check} prints, without the count at the end. */
    private List<String> check(Block block) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Path rules = Files.writeString(folder.resolve("rules.esc"), block.text());
        StringWriter out = new StringWriter();
        var esc = Esc.createEsc();
        esc.setOut(new PrintWriter(out));
        esc.execute("check", "-I", folder.toString(), rules.toString());
        List<String> lines = out.toString().replace(folder + "/", "").lines().toList();
        return lines.stream()
                .filter(line -> !line.matches("\\d+ errors?, \\d+ warnings?"))
                .toList();
    }

    /** What {@code esc test} prints. */
    private List<String> test(Block block) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(folder.resolve("disk.esc"), rules);
        Path scenario = Files.writeString(folder.resolve("disk.scenario"), block.text());
        StringWriter out = new StringWriter();
        var esc = Esc.createEsc();
        esc.setOut(new PrintWriter(out));
        esc.setErr(new PrintWriter(out));
        esc.execute("test", scenario.toString());
        return out.toString().replace(folder + "/", "").lines().toList();
    }

    private void compare(Block block, Block expected, String kind, List<String> lines) {
        if (!expected.kind().equals(kind)) {
            failures.add(block.line() + ": a block '" + kind + "' must follow");
            return;
        }
        actual.put(expected.line(), lines);
        boolean exact = kind.equals("text");
        if (!normal(lines, exact).equals(normal(expected.content(), exact))) {
            failures.add(expected.line() + ": expected\n" + expected.text() + "but it is\n" + String.join("\n", lines));
        }
    }

    private static List<String> normal(List<String> lines, boolean exact) {
        Stream<String> all = lines.stream();
        return (exact
                        ? all
                        : all.map(line -> line.strip().replaceAll("\\s+", " ")).filter(l -> !l.isEmpty()))
                .toList();
    }

    /** The manual with the blocks' contents as they are. */
    static String accepted(Path file, Findings findings) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> result = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> content = findings.actual().get(i + 1);
            if (content == null) {
                result.add(lines.get(i));
            } else {
                result.addAll(content);
                while (!lines.get(i).equals("```")) {
                    i++;
                }
                result.add("```");
            }
        }
        return String.join("\n", result) + "\n";
    }

    /** Rewrites a manual, for its author. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Path scratch = Files.createTempDirectory("manual");
        Files.writeString(file, accepted(file, examine(file, scratch)));
        examine(file, scratch).failures().forEach(System.out::println);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fmd.eversholt.analyse.Analyser;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.format.Formatter;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;

/**
 * Looks for texts that the front end cannot stand: {@code FrontEndFuzz SECONDS [FIRST-SEED]}, run by
 * {@code etc/dev/fuzz-esc}. Mutants of rule files go through preprocessor, lexer, parser, checker, analysis, printers and formatter. A finding is
 * anything thrown, or a text that takes the thread longer than {@link #SLOW_SECONDS}; with a small heap ({@code -Xmx512m}) also whatever
 * needs more. Findings are written to the folder; their seed makes them again.
 *
 * <p>A mutant that gives a set of messages not seen before becomes a parent itself.
 */
public final class FrontEndFuzz {
    private static final long SLOW_SECONDS = 5;
    private static final int MOST_PARENTS = 4_000;
    private static final int MOST_FINDINGS = 10;

    private final List<String> parents;
    private final Set<String> known = new HashSet<>();
    private final Path folder;
    private final PrintStream out;
    private long executions;
    private long findings;

    private FrontEndFuzz(List<String> parents, Path folder, PrintStream out) {
        this.parents = new ArrayList<>(parents);
        this.folder = folder;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        System.exit(findings(Long.parseLong(arguments[0]), seed, Path.of("target/fuzz-esc")) == 0 ? 0 : 1);
    }

    private static long findings(long seconds, long seed, Path folder) throws IOException {
        FrontEndFuzz fuzz = new FrontEndFuzz(corpus(), folder, System.out);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long next = seed;
        while (System.nanoTime() < end && fuzz.findings < MOST_FINDINGS) {
            fuzz.one(next++);
            if (next % 1_000 == 0) {
                fuzz.tell(next);
            }
        }
        fuzz.tell(next);
        return fuzz.findings;
    }

    /** Every rule file of the project, the messages' examples included. */
    static List<String> corpus() throws IOException {
        List<String> corpus = new ArrayList<>();
        for (Path root : List.of(Path.of("src/main/eversholt"), Path.of(System.getProperty("fmd.fixtures")))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".esc"))
                        .sorted()
                        .toList()) {
                    corpus.add(Sources.decode(Files.readAllBytes(file)));
                }
            }
        }
        return corpus;
    }

    private void tell(long seed) {
        double cpu = 0;
        for (long id : ManagementFactory.getThreadMXBean().getAllThreadIds()) {
            cpu += Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(id)) / 60e9;
        }
        out.printf(
                "seed %d: %d executions, %.1f CPU minutes, %d parents, %d findings%n",
                seed, executions, cpu, parents.size(), findings);
        out.flush();
    }

    private void one(long seed) throws IOException {
        Random random = new Random(seed);
        String text = new Mutation(random, parents).next();
        Thread worker = Thread.currentThread();
        Thread watch = new Thread(() -> watch(worker, seed, text), "watch");
        watch.setDaemon(true);
        watch.start();
        try {
            String signature = run(text, random.nextInt(4) == 0 ? Dialect.REFERENCE : Dialect.OURS);
            if (known.add(signature) && parents.size() < MOST_PARENTS && text.length() < 20_000) {
                parents.add(text);
            }
        } catch (Throwable thrown) { // Whatever it is, it is a finding.
            finding(seed, text, thrown.toString(), thrown.getStackTrace());
        } finally {
            watch.interrupt();
        }
    }

    /** Counts the worker's own time, so that a busy machine makes no findings. */
    private void watch(Thread worker, long seed, String text) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long limit = threads.getThreadCpuTime(worker.getId()) + TimeUnit.SECONDS.toNanos(SLOW_SECONDS);
        try {
            TimeUnit.SECONDS.sleep(SLOW_SECONDS);
            for (int waited = 0; threads.getThreadCpuTime(worker.getId()) < limit; waited++) {
                if (waited > 300) {
                    out.println("seed " + seed + " does not end");
                    Runtime.getRuntime().halt(1);
                }
                TimeUnit.SECONDS.sleep(1);
            }
            finding(seed, text, "takes more than " + SLOW_SECONDS + " s", worker.getStackTrace());
        } catch (InterruptedException | IOException over) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void finding(long seed, String text, String what, StackTraceElement[] stack)
            throws IOException {
        findings++;
        out.println("FINDING seed " + seed + ": " + what);
        for (int i = 0; i < Math.min(12, stack.length); i++) {
            out.println("    at " + stack[i]);
        }
        out.flush();
        Files.createDirectories(folder);
        Files.write(folder.resolve(seed + ".esc"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Compiles a text, prints what comes of it both ways, and returns which messages there were. */
    private String run(String text, Dialect dialect) {
        executions++;
        Sources sources = (name, from, quoted) -> name.length() > 6
                ? Optional.empty()
                : Optional.of(new Sources.Found(name, parents.get(name.length() % parents.size())));
        List<String> macros = List.of("#define DISK disk");
        CompileResult result =
                new Compiler(dialect, sources, macros).compile(List.of(new SourceFile("fuzz.esc", text)));
        Set<String> codes = new TreeSet<>();
        for (Issue issue : all(result)) {
            codes.add(issue.code().id());
            if (IssueText.of(issue).isEmpty() || IssueJson.line(issue).isEmpty()) {
                throw new AssertionError("nothing printed");
            }
        }
        format(new Formatter(dialect, sources, macros), text);
        return codes + " " + result.ok() + " " + dialect.equals(Dialect.OURS);
    }

    /** Formats a text; what is formatted is not changed any more. */
    private static void format(Formatter formatter, String text) {
        String once = formatter.format(new SourceFile("fuzz.esc", text)).text();
        if (once != null
                && !once.equals(
                        formatter.format(new SourceFile("fuzz.esc", once)).text())) {
            throw new AssertionError("formatting it twice makes another text");
        }
    }

    /** What the compiler says, and the analysis of what it accepts. */
    private static List<Issue> all(CompileResult result) {
        List<Issue> all = new ArrayList<>(result.issues());
        if (result.ok()) {
            Set<String> posted = Set.of("ereport.a", "ereport.io.scsi.cmd.disk.tran");
            all.addAll(Analyser.ofRulesAlone().analyse(result.programOrThrow()).issues());
            all.addAll(new Analyser(posted, 0).analyse(result.programOrThrow()).issues());
        }
        return all;
    }

    /** One mutant of the parents. */
    private static final class Mutation {
        private static final String[] WORDS = {
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "<",
            ">",
            "->",
            "@",
            ";",
            ",",
            "\"",
            "/*",
            "*/",
            "/**/",
            "//",
            "#",
            "##",
            "\\\n",
            "\n#define X ",
            "\n#define F(a,b) a/**/b \"a\" #b a##b\n",
            "\n#undef X\n",
            "\n#if ",
            "\n#ifdef X\n",
            "\n#endif\n",
            "\n#else\n",
            "\n#include \"a\"\n",
            "\n#include <bb>\n",
            "\n#line 7 \"x\"\n",
            "\n# 3 \"y\"\n",
            "\n#pragma allow_cycles 1\n",
            "\n#pragma dictionary \"D\"\n",
            "X",
            "F(1,2)",
            "F(",
            "F(F(a,b),F(c,d))",
            "prop ",
            "mask ",
            "event ",
            "engine ",
            "fru ",
            "asru ",
            "config a0/b1 p=\"v\";",
            "if (1) ",
            "within(5s)",
            "within(1s,2s)",
            "within(infinity)",
            "payloadprop(\"a\")",
            "payloadprop_contains(\"a\", 1)",
            "payloadprop_defined(\"a\")",
            "setpayloadprop(\"a\", 1)",
            "setserdsuffix(\"s\")",
            "confprop(disk, \"p\")",
            "is_under(disk, disk)",
            "has_fault(disk, \"x\")",
            "count(stat.a@disk)",
            "$g",
            "$g = 1",
            "?",
            ":",
            "=",
            "==",
            "!=",
            "&&",
            "||",
            "!",
            "~",
            "0x",
            "0xffffffffffffffff",
            "99999999999999999999999",
            "0",
            "1",
            "2",
            "A",
            "24h",
            "5 s",
            " div ",
            "%",
            "<<",
            "fault.a@disk",
            "fault.b@disk",
            "upset.a@disk",
            "defect.a@disk",
            "error.a@disk",
            "error.b@disk",
            "ereport.a@disk",
            "ereport.b@psu<>",
            "serd.a@disk",
            "stat.a@disk",
            "disk[d]",
            "disk<d>",
            "disk[d + 1]",
            "disk[]",
            "N=2",
            "T=1h",
            "trip=ereport.a@disk",
            "engine=serd.a@disk",
            "FITrate=5",
            "FRU=disk",
            "ASRU=disk",
            "count=stat.a@disk",
            "message=0",
            "retire=0",
            "\u00e9",
            "\u0000",
            "\uffff",
            "\ud800",
            "-",
            "/",
            "\r",
            "\f",
            "\t",
            "."
        };
        private final Random random;
        private final List<String> parents;

        Mutation(Random random, List<String> parents) {
            this.random = random;
            this.parents = parents;
        }

        String next() {
            StringBuilder text = new StringBuilder(parent());
            int kind = random.nextInt(400);
            if (kind == 0) {
                return huge();
            }
            if (kind < 8) {
                return bomb(text);
            }
            for (int change = 1 + random.nextInt(8); change > 0; change--) {
                change(text);
            }
            return text.toString();
        }

        private String parent() {
            return parents.get(random.nextInt(parents.size()));
        }

        private String word() {
            return WORDS[random.nextInt(WORDS.length)];
        }

        private void change(StringBuilder text) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(11)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, word());
                case 2 -> text.insert(at, text.substring(random.nextInt(at + 1), at));
                case 3 -> text.replace(at, end, word());
                case 4 -> {
                    String other = parent();
                    int from = random.nextInt(other.length() + 1);
                    text.replace(at, text.length(), other.substring(from));
                }
                case 5 -> text.append(parent());
                case 6 -> text.insert(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                case 7 -> replaceToken(text, word());
                case 8 -> replaceToken(text, token(parent()));
                case 9 -> text.insert(at, token(text.toString()));
                default -> text.insert(at, word().repeat(1 + random.nextInt(300)));
            }
        }

        private void replaceToken(StringBuilder text, String by) {
            int[] place = place(text.toString());
            text.replace(place[0], place[1], by);
        }

        private String token(String text) {
            int[] place = place(text);
            return text.substring(place[0], place[1]);
        }

        /** Where a word, a number or a sign of the text stands. */
        private int[] place(String text) {
            int start = text.isEmpty() ? 0 : random.nextInt(text.length());
            while (start > 0 && wordLike(text.charAt(start - 1))) {
                start--;
            }
            int end = Math.min(text.length(), start + 1);
            while (end < text.length() && wordLike(text.charAt(end - 1)) && wordLike(text.charAt(end))) {
                end++;
            }
            return new int[] {start, end};
        }

        private static boolean wordLike(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '.';
        }

        /** Deep nesting, wide lists, macros that make more macros. */
        private String bomb(StringBuilder text) {
            int size = 1 << random.nextInt(17);
            String word = word();
            return switch (random.nextInt(6)) {
                case 0 -> text + word.repeat(size) + word();
                case 1 -> text + "prop fault.a@disk -> ereport.a@disk { " + word.repeat(size) + " };";
                case 2 -> macros(text.toString());
                case 3 ->
                    "event fault.a@disk; event error.a@disk; event ereport.a@disk; prop fault.a@disk"
                            + ", fault.a@disk".repeat(size) + " -> error.a@disk" + ", ereport.a@disk".repeat(size)
                            + ";";
                case 4 -> chain(size);
                default ->
                    text.insert(random.nextInt(text.length() + 1), word.repeat(size))
                            .toString();
            };
        }

        private String macros(String rest) {
            StringBuilder text = new StringBuilder("#define M0(a) a a " + word() + "\n");
            int depth = 1 + random.nextInt(40);
            for (int i = 1; i < depth; i++) {
                text.append("#define M").append(i).append("(a) ");
                for (int j = random.nextInt(4); j >= 0; j--) {
                    text.append(" M")
                            .append(i - 1)
                            .append("(a")
                            .append(random.nextInt(3) == 0 ? "," + word() : "")
                            .append(')');
                }
                text.append('\n');
            }
            return text + "M" + (depth - 1) + "(" + word() + ")\n" + rest;
        }

        private String chain(int size) {
            StringBuilder text =
                    new StringBuilder("#pragma allow_cycles 1\nevent fault.a@disk; event ereport.a@disk;\n");
            for (int i = 0; i < size / 4 + 1; i++) {
                text.append("event error.e").append(i).append("@disk;\n");
                text.append("prop error.e")
                        .append(i)
                        .append("@disk (")
                        .append(random.nextInt(3))
                        .append(")-> error.e");
                text.append(random.nextInt(5) == 0 ? random.nextInt(i + 1) : i + 1)
                        .append("@disk, ereport.a@disk { ");
                text.append(word()).append(" };\n");
            }
            return text + "prop fault.a@disk -> error.e0@disk;\n";
        }

        private String huge() {
            String word = random.nextBoolean() ? word() : token(parent()) + " ";
            return parent() + word.repeat(Math.max(1, 10_000_000 / Math.max(1, word.length()))) + parent();
        }
    }
}

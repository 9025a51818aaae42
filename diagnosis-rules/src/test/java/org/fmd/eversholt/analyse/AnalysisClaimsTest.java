// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.junit.jupiter.api.Test;

/**
 * No false claim: small programs are made at random and run with reports made at random, and what the analysis said of them must
 * hold in each run.
 */
class AnalysisClaimsTest {
    private static final int PROGRAMS = 800;
    private static final String[] GUARDS = {
        "payloadprop_contains(\"m\", \"x\")",
        "!payloadprop_contains(\"m\", \"x\")",
        "payloadprop_contains(\"m\", \"y\")",
        "payloadprop_defined(\"m\")",
        "!payloadprop_defined(\"m\")",
        "payloadprop(\"n\") == 1",
        "payloadprop(\"n\") < 2",
        "payloadprop(\"n\") >= 2",
        "payloadprop(\"n\") != 1",
        "(payloadprop_contains(\"m\", \"x\") || payloadprop(\"n\") > 2)",
        "!(payloadprop_defined(\"m\") && payloadprop(\"n\") == 1)",
        "payloadprop_defined(\"n\")",
        "1"
    };
    private static final String[] PAYLOADS = {
        "",
        "\"m\": \"x\"",
        "\"m\": [\"x\", \"y\"]",
        "\"m\": \"z\", \"n\": 1",
        "\"n\": 2",
        "\"m\": \"y\", \"n\": 3",
        "\"n\": 1"
    };
    private static final String MACHINE = "[{\"path\": \"c0\"}, {\"path\": \"c0/d0\"}]";

    private final Map<IssueCode, Integer> claims = new EnumMap<>(IssueCode.class);

    @Test
    void whatIsSaidOfSmallProgramsHoldsInEveryRun() {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Random random = new Random(seed);
            String rules = program(random);
            CompileResult result = Compiler.ours().compile(List.of(new SourceFile("r.esc", rules)));
            if (result.ok()) {
                Program program = result.programOrThrow();
                Analysis analysis = Analyser.ofRulesAlone().analyse(program);
                analysis.issues().forEach(issue -> claims.merge(issue.code(), 1, Integer::sum));
                for (int run = 0; run < 20; run++) {
                    List<String> posts = posts(random);
                    hold(analysis, program, posts, "seed " + seed + " " + posts + "\n" + rules);
                }
            }
        }
        for (IssueCode code : List.of(
                IssueCode.PROBLEM_BLOCKED,
                IssueCode.EREPORT_BLOCKED,
                IssueCode.SUSPECTS_ALIKE,
                IssueCode.SUSPECT_DOMINATED,
                IssueCode.GUARD_NEVER,
                IssueCode.COUNT_NEVER,
                IssueCode.WAIT)) {
            assertTrue(claims.getOrDefault(code, 0) > 5, () -> "too few claims to be a test: " + claims);
        }
    }

    private static void hold(Analysis analysis, Program program, List<String> posts, String about) {
        long longest =
                analysis.waits().stream().mapToLong(Analysis.Wait::nanos).max().orElse(0);
        for (Map<String, Object> outcome : run(program, posts)) {
            if (outcome.get("opened_ms") instanceof Long opened && outcome.get("t_ms") instanceof Long at) {
                assertTrue((at - opened) * 1_000_000 <= longest, () -> about + outcome);
            }
            if (!"solved".equals(outcome.get("kind"))) {
                continue;
            }
            List<String> suspects = ((List<?>) outcome.get("suspects"))
                    .stream()
                            .map(s -> String.valueOf(((Map<?, ?>) s).get("class")))
                            .toList();
            for (Issue issue : analysis.issues()) {
                List<String> named = named(issue.message());
                switch (issue.code()) {
                    case PROBLEM_BLOCKED -> assertFalse(suspects.contains(named.get(0)), () -> about + outcome);
                    case SUSPECTS_ALIKE ->
                        assertTrue(
                                suspects.containsAll(named) || named.stream().noneMatch(suspects::contains),
                                () -> about + issue + outcome);
                    case SUSPECT_DOMINATED ->
                        assertTrue(
                                !suspects.contains(named.get(0)) || suspects.contains(named.get(1)),
                                () -> about + issue + outcome);
                    default -> {}
                }
            }
        }
    }

    /** The classes in quotes. */
    private static List<String> named(String message) {
        List<String> named = new ArrayList<>();
        String[] parts = message.split("'", -1);
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].contains("@")) {
                named.add(parts[i].substring(0, parts[i].indexOf('@')));
            }
        }
        return named;
    }

    private static List<Map<String, Object>> run(Program program, List<String> posts) {
        return DiagnosisRun.run(
                program,
                RunFiles.topology(json(MACHINE)),
                RunFiles.inputs(json("[" + String.join(",", posts) + "]")),
                Settings.DEFAULT);
    }

    private static List<String> posts(Random random) {
        List<String> posts = new ArrayList<>();
        int millis = 1_000;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            posts.add("{\"t_ms\": " + millis + ", \"class\": \"ereport.r" + random.nextInt(3)
                    + "\", \"detector\": {\"path\": \"c0/d0\"}, \"payload\": {"
                    + PAYLOADS[random.nextInt(PAYLOADS.length)] + "}}");
            millis += random.nextInt(4) * 1_500;
        }
        return posts;
    }

    /** Three faults, one an engine's at times, two errors, three ereports; one to three statements for each source. */
    private static String program(Random random) {
        StringBuilder rules = new StringBuilder("engine serd.s@d, N=1, T=1h;\n");
        for (int i = 0; i < 3; i++) {
            rules.append("event fault.f").append(i).append("@d, FITrate=").append(1 + random.nextInt(5));
            rules.append(random.nextInt(8) == 0 ? ", engine=serd.s@d;\n" : ";\n");
            rules.append("event ereport.r").append(i).append("@d;\n");
        }
        rules.append("event error.e0@d; event error.e1@d;\n");
        boolean twins = random.nextInt(3) == 0;
        for (int i = 0; i < 3; i++) {
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                String statement = statement("fault.f" + i, random, random.nextInt(3) == 0);
                rules.append(twins && i == 1 ? "" : statement);
                rules.append(twins && i == 0 ? statement.replace("fault.f0", "fault.f1") : "");
            }
        }
        rules.append(statement("error.e0", random, false)).append(statement("error.e1", random, false));
        return rules.toString();
    }

    private static String statement(String source, Random random, boolean toError) {
        List<String> targets = new ArrayList<>();
        for (int first = random.nextInt(3), i = 0; i < 1 + random.nextInt(3); i++) {
            String name = toError ? "error.e" + (first + i) % 2 : "ereport.r" + (first + i) % 3;
            targets.add(name + "@d" + constraints(random));
        }
        List<String> distinct = targets.stream()
                .collect(Collectors.toCollection(() -> new TreeSet<>(
                        (a, b) -> a.substring(0, a.indexOf('@')).compareTo(b.substring(0, b.indexOf('@'))))))
                .stream()
                .toList();
        int n = random.nextInt(distinct.size() + 1);
        String guard = random.nextInt(5) == 0 ? " { " + GUARDS[random.nextInt(GUARDS.length)] + " }" : "";
        return "prop " + source + "@d" + guard + " (" + n + ")-> " + String.join(", ", distinct) + ";\n";
    }

    private static String constraints(Random random) {
        List<String> items = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            items.add("within(" + random.nextInt(4) + "s)");
        }
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            items.add(GUARDS[random.nextInt(GUARDS.length)]);
        }
        return items.isEmpty() ? "" : " { " + String.join(", ", items) + " }";
    }

    private static Object json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProblem e) {
            throw new AssertionError(text, e);
        }
    }
}

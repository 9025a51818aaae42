// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.api.Explanation;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.eft.SimTime;
import org.fmd.eversholt.scenario.OutcomeText;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;

/**
 * The line form in which people read and write a run.
 *
 * <pre>
 *   topology   chassis0/bay3/disk0  devid=id1,a  slots=16  ports=["p0","p1"]
 *   ereports   1m30s  ereport.x.a  chassis0/bay3/disk0  lba=4711  note="two words"
 *              2m     ereport.x.a  devid:id1,a          from={"hc-fmri":"chassis0/bay1"}
 *              3m     ereport.x.a                        (no detector)
 *              4m     repaired     chassis0/bay3/disk0
 *              setting hesitate 2s
 *              setting serd_override serd.x.e,3,1h
 *   outcomes   1m30s  case 1 solved from #1 #2
 *                       100% fault.x.f@chassis0/bay3/disk0 (lba=4711)
 * </pre>
 *
 * <p>Values are JSON where they begin like it and plain words otherwise; empty lines and lines that begin with {@code *}
 * say nothing. Ereports and repairs are numbered from 1. Blanks between words do not matter when outcomes are compared.
 */
final class RunText {
    private static final Pattern WORD =
            Pattern.compile("(?:[^\\s\"\\[{]|\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|\\{[^}]*})+");

    private RunText() {}

    /** Runs the ereports and returns the outcomes as lines. */
    static List<String> run(Program program, List<String> topology, List<String> ereports) {
        List<Object> inputs = new ArrayList<>();
        Settings settings = Settings.DEFAULT;
        for (List<String> words : rows(ereports)) {
            if (words.get(0).equals("setting")) {
                settings = set(settings, words);
            } else {
                inputs.add(input(words));
            }
        }
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> outcome :
                DiagnosisRun.run(program, topology(topology), RunFiles.inputs(inputs), settings)) {
            lines.addAll(OutcomeText.lines(outcome));
        }
        return lines;
    }

    /** Runs the ereports and returns the answers to questions: {@code case N} or {@code CLASS@PATH}. */
    static List<String> explain(Program program, List<String> topology, List<String> ereports, List<String> questions) {
        DiagnosisRun run = new DiagnosisRun(program, topology(topology), Settings.DEFAULT, null, true);
        List<Object> inputs = new ArrayList<>();
        rows(ereports).forEach(words -> inputs.add(input(words)));
        List<RunInput> read = RunFiles.inputs(inputs);
        for (int i = 0; i < read.size(); i++) {
            run.input(read.get(i), i);
        }
        run.finish();
        List<String> lines = new ArrayList<>();
        for (List<String> question : rows(questions)) {
            String problem = question.get(0);
            int at = problem.indexOf('@');
            Explanation answer = at < 0
                    ? run.explainCase(Integer.parseInt(question.get(1))).orElseThrow()
                    : run.explainProblem(
                            problem.substring(0, at),
                            TopoPath.parse(problem.substring(at + 1)).orElseThrow());
            answer.text().lines().forEach(lines::add);
        }
        return lines;
    }

    private static Settings set(Settings settings, List<String> words) {
        String value = String.join(" ", words.subList(2, words.size()));
        return switch (words.get(1)) {
            case "hesitate" -> new Settings(millis(value) * 1_000_000, settings.maxExercises(), settings.overrides());
            case "serd_override" ->
                new Settings(settings.hesitateNanos(), settings.maxExercises(), Settings.overrides(value));
            default -> throw new IllegalArgumentException("unknown setting " + words.get(1));
        };
    }

    private static Topology topology(List<String> lines) {
        List<Object> nodes = new ArrayList<>();
        for (List<String> words : rows(lines)) {
            nodes.add(Map.of("path", words.get(0), "properties", members(words.subList(1, words.size()))));
        }
        return RunFiles.topology(nodes);
    }

    private static Object input(List<String> words) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("t_ms", millis(words.get(0)));
        if (words.get(1).equals("repaired")) {
            input.put("class", "list.repaired");
            input.put("resources", words.subList(2, words.size()));
            return input;
        }
        input.put("class", words.get(1));
        int members = 2;
        if (words.size() > 2 && !words.get(2).contains("=")) {
            int colon = words.get(2).indexOf(':');
            input.put(
                    "detector",
                    colon < 0
                            ? Map.of("path", words.get(2))
                            : Map.of(
                                    words.get(2).substring(0, colon),
                                    words.get(2).substring(colon + 1)));
            members = 3;
        }
        input.put("payload", members(words.subList(members, words.size())));
        return input;
    }

    private static Map<String, Object> members(List<String> words) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + word + "' is no NAME=VALUE");
            }
            members.put(word.substring(0, equals), value(word.substring(equals + 1)));
        }
        return members;
    }

    private static Object value(String text) {
        if (text.startsWith("0x")) {
            return Long.parseUnsignedLong(text.substring(2), 16);
        }
        if (!text.matches("(?s)[\"\\[{].*|-?[0-9]+|true|false")) {
            return text;
        }
        try {
            return Json.parse(text);
        } catch (JsonProblem e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }

    private static List<List<String>> rows(List<String> lines) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("*")) {
                continue;
            }
            Matcher matcher = WORD.matcher(line);
            List<String> words = new ArrayList<>();
            while (matcher.find()) {
                words.add(matcher.group());
            }
            rows.add(words);
        }
        return rows;
    }

    static long millis(String text) {
        return SimTime.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no time such as 1m30s"))
                / 1_000_000;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;

/** Rules as text, a machine of one chassis with two bays and disks, ereports by second; outcomes as lines. */
final class Trial {
    private static final String MACHINE = """
            [{"path": "chassis0", "properties": {"model": "JX", "slots": 2}},
             {"path": "chassis0/psu0", "properties": {"on": "yes"}},
             {"path": "chassis0/bay0"},
             {"path": "chassis0/bay0/disk0", "properties": {"devid": "id1,a", "type": "ssd"}},
             {"path": "chassis0/bay1"},
             {"path": "chassis0/bay1/disk0", "properties": {"devid": "id1,b"}}]
            """;

    private final Program program;
    private final List<RunInput> inputs = new ArrayList<>();
    private String machine = MACHINE;

    Trial(Dialect dialect, String rules) {
        program = new Compiler(dialect, Sources.none(), List.of())
                .compile(List.of(new SourceFile("rules.esc", rules)))
                .programOrThrow();
    }

    static Trial ours(String rules) {
        return new Trial(Dialect.OURS, rules);
    }

    static Trial reference(String rules) {
        return new Trial(Dialect.REFERENCE, rules);
    }

    /** Another machine, in JSON. */
    Trial on(String json) {
        machine = json;
        return this;
    }

    /** An ereport {@code ereport.x.NAME} of a component with a payload in JSON. */
    Trial post(int second, String name, String path, String payload) {
        inputs.addAll(RunFiles.inputs(json("[{\"t_ms\": " + second * 1000L + ", \"class\": \"ereport.x." + name
                + "\", \"detector\": {\"path\": \"" + path + "\"}, \"payload\": {" + payload + "}}]")));
        return this;
    }

    Trial post(int second, String name) {
        return post(second, name, "chassis0/bay0/disk0", "");
    }

    Trial post(int second, String name, String payload) {
        return post(second, name, "chassis0/bay0/disk0", payload);
    }

    Trial repair(int second, String path) {
        inputs.add(new RunInput.Repair(
                second * 1_000_000_000L, List.of(TopoPath.parse(path).orElseThrow())));
        return this;
    }

    /** What came of it, a line each: {@code SECOND KIND details}, less what does not matter here. */
    List<String> outcomes() {
        Topology topology = RunFiles.topology(json(machine));
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> outcome : DiagnosisRun.run(program, topology, inputs, Settings.DEFAULT)) {
            Map<String, Object> members = new LinkedHashMap<>(outcome);
            Object millis = members.remove("t_ms");
            Object kind = members.remove("kind");
            List.of("case", "opened_ms", "why", "certainty_each", "window_ms").forEach(members::remove);
            String second = millis == null ? "end" : Long.toString((Long) millis / 1000);
            lines.add(second + " " + kind + " " + (members.containsKey("suspects") ? suspects(members) : members));
        }
        return lines;
    }

    private static String suspects(Map<String, Object> members) {
        List<String> suspects = new ArrayList<>();
        for (Object suspect : (List<?>) members.get("suspects")) {
            Map<?, ?> one = (Map<?, ?>) suspect;
            String payload = one.get("payload") == null ? "" : " " + one.get("payload");
            suspects.add(one.get("class") + "@" + one.get("resource") + payload);
        }
        return suspects + " " + members.get("ereports");
    }

    private static Object json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProblem e) {
            throw new IllegalArgumentException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.model.json.Json;

/** A recorded run, and how its outcomes are compared: by what cases contain, not by their numbers. */
public record Vector(String name, Path folder) {
    /** One of the engines. */
    public interface Engine {
        List<Map<String, Object>> run(
                Program program, Topology topology, List<? extends RunInput> inputs, Settings settings);
    }

    public static Stream<Vector> all(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(f -> new Vector(f.getFileName().toString(), f))
                    .toList()
                    .stream();
        }
    }

    private Object json(String file) {
        try {
            return Json.parse(Files.readAllBytes(folder.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    Settings settings() {
        Map<?, ?> expect = (Map<?, ?>) json("expect.json");
        Map<?, ?> options = expect.get("options") instanceof Map<?, ?> given ? given : Map.of();
        Long hesitate = (Long) options.get("hesitate_ms");
        Long most = (Long) options.get("maxfme");
        String override = (String) options.get("serd_override");
        return new Settings(
                hesitate == null ? Settings.DEFAULT.hesitateNanos() : hesitate * 1_000_000,
                most == null ? 0 : most.intValue(),
                override == null ? Map.of() : Settings.overrides(override));
    }

    public List<String> expected() {
        List<?> outcomes = (List<?>) ((Map<?, ?>) json("expect.json")).get("outcomes");
        return canonical(outcomes);
    }

    List<String> run(Dialect dialect) {
        return run(dialect, DiagnosisRun::run);
    }

    public List<String> run(Dialect dialect, Engine engine) {
        Program program = compile(dialect);
        return canonical(engine.run(
                program, RunFiles.topology(json("topology.json")), RunFiles.inputs(json("ereports.json")), settings()));
    }

    private Program compile(Dialect dialect) {
        try {
            SourceFile rules = new SourceFile("rules.esc", Files.readString(folder.resolve("rules.esc")));
            return new Compiler(dialect, Sources.none(), List.of())
                    .compile(List.of(rules))
                    .programOrThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static List<String> canonical(List<?> outcomes) {
        Map<Object, String> labels = new TreeMap<>();
        for (Object outcome : outcomes) {
            Map<?, ?> members = (Map<?, ?>) outcome;
            if (members.containsKey("ereports")) {
                labels.put(
                        String.valueOf(members.get("case")),
                        members.get("opened_ms") + "/" + members.get("ereports") + "/" + suspects(members));
            }
        }
        List<String> canonical = new ArrayList<>();
        for (Object outcome : outcomes) {
            Map<Object, Object> members = new TreeMap<>((Map<?, ?>) outcome);
            if (Boolean.TRUE.equals(members.remove("internal"))) {
                continue;
            }
            members.remove("why");
            if (members.containsKey("suspects")) {
                members.put("suspects", suspects(members));
            }
            for (String label : List.of("case", "of")) {
                if (members.containsKey(label)) {
                    members.put(label, labels.getOrDefault(String.valueOf(members.get(label)), "unfinished"));
                }
            }
            canonical.add(members.toString());
        }
        canonical.sort(null);
        return canonical;
    }

    private static List<String> suspects(Map<?, ?> members) {
        if (!(members.get("suspects") instanceof List<?> suspects)) {
            return List.of();
        }
        return suspects.stream()
                .map(s -> new TreeMap<>((Map<?, ?>) s).toString())
                .sorted()
                .toList();
    }
}

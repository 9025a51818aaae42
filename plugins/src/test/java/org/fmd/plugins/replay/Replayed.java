// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fmd.cli.ReplayLines;
import org.fmd.cli.ReplayStory;
import org.fmd.core.daemon.FmdConf;
import org.fmd.core.daemon.Places;
import org.fmd.core.daemon.Problems;
import org.fmd.core.replay.Replay;
import org.fmd.core.replay.ReplayFailure;
import org.fmd.core.replay.ReplayRequest;
import org.fmd.model.json.Json;
import org.fmd.testing.Fixtures;

/** Replays with the rules and texts of the product, and the modules of the class path. */
final class Replayed {
    private byte[] standard = new byte[0];
    private Path topology;
    private Path rules = Fixtures.project("diagnosis-rules/src/main/eversholt");
    private Path root;

    Replayed withInput(byte[] bytes) {
        standard = bytes.clone();
        return this;
    }

    Replayed over(Path newTopology) {
        topology = newTopology;
        return this;
    }

    Replayed by(Path newRules) {
        rules = newRules;
        return this;
    }

    Replayed keeping(Path newRoot) {
        root = newRoot;
        return this;
    }

    private ReplayRequest request(Object... inputs) {
        return new ReplayRequest(
                Arrays.stream(inputs).map(Object::toString).toList(),
                new ByteArrayInputStream(standard),
                topology,
                new Places(
                        root == null ? Path.of("/") : root,
                        null,
                        rules,
                        Fixtures.project("diagnosis-rules/src/main/dict")),
                FmdConf.none(new Problems()),
                root != null,
                ZoneOffset.UTC);
    }

    /** Returns what {@code -j} prints. */
    String json(Object... inputs) throws ReplayFailure, IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Replay.run(request(inputs), new ReplayLines(out));
        return text.toString();
    }

    /** Returns what is printed for people. */
    String story(Object... inputs) throws ReplayFailure, IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Replay.run(request(inputs), new ReplayStory(out, ZoneOffset.UTC));
        return text.toString();
    }

    /** Returns the lines of that type. */
    List<Map<String, ?>> lines(String type, Object... inputs) throws ReplayFailure, IOException {
        return linesOf(type, json(inputs));
    }

    static List<Map<String, ?>> linesOf(String type, String json) {
        return json.lines()
                .<Map<String, ?>>map(Replayed::parse)
                .filter(line -> type.equals(line.get("type")))
                .toList();
    }

    private static Map<String, ?> parse(String line) {
        try {
            return Json.parseObject(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** Returns why it cannot be done. */
    String refusal(Object... inputs) throws IOException {
        try {
            return "not refused: " + json(inputs);
        } catch (ReplayFailure e) {
            return e.getMessage();
        }
    }
}

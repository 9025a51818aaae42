// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogReader;
import org.fmd.core.replay.ReplayFailure;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.ListEvent;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.json.TypedJson;
import org.fmd.plugins.topo.SysfsTopology;
import org.fmd.plugins.topo.sysfs.CapturedSysfs;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A replay against the two other ways to a diagnosis: the rule runner, and the daemon's core with its logs. */
class ReplayAgainstRunTest {
    @TempDir
    private Path folder;

    private static Stream<Path> captures() {
        return Fixtures.folders("captures").stream();
    }

    private static List<Event> events(Path log) throws IOException {
        List<Event> events = new ArrayList<>();
        try (LogReader reader = LogReader.file(log, damage -> {
            throw new AssertionError(damage.sentence());
        })) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                events.add(TypedJson.readEvent(entry.record().body()));
            }
        }
        return events;
    }

    @TestFactory
    Stream<DynamicTest> theRuleRunnerConcludesTheSame() {
        return captures()
                .map(capture -> DynamicTest.dynamicTest(capture.getFileName().toString(), () -> {
                    Path root = folder.resolve(capture.getFileName());
                    String json = new Replayed().keeping(root).json(capture);
                    List<RunInput> inputs = new ArrayList<>();
                    for (Event event : events(root.resolve("var/lib/fmd/errlog"))) {
                        inputs.add(input((Ereport) event));
                    }
                    Topology machine = SysfsTopology.of(CapturedSysfs.read(capture.resolve("sysfs.json")), "");
                    List<String> run = new ArrayList<>();
                    // What was diagnosed before is no case of its own: that the fault manager knows, and the runner
                    // does not.
                    Set<String> known = new HashSet<>();
                    for (Map<String, Object> outcome : DiagnosisRun.run(rules(), machine, inputs, Settings.DEFAULT)) {
                        if ("solved".equals(outcome.get("kind"))) {
                            for (Object suspect : (List<?>) outcome.get("suspects")) {
                                Map<?, ?> one = (Map<?, ?>) suspect;
                                String problem = one.get("class") + "@" + one.get("resource");
                                Map<?, ?> payload = one.get("payload") instanceof Map<?, ?> map ? map : Map.of();
                                if (known.add(problem + payload.get("offset"))) {
                                    run.add(problem + " " + one.get("certainty") + " of "
                                            + longs((List<?>) outcome.get("ereports")));
                                }
                            }
                        }
                    }
                    assertEquals(run, suspects(json));
                }));
    }

    private static Set<Long> longs(List<?> numbers) {
        Set<Long> longs = new HashSet<>();
        numbers.forEach(number -> longs.add(((Number) number).longValue()));
        return longs;
    }

    private static List<String> suspects(String json) {
        List<String> suspects = new ArrayList<>();
        for (Map<String, ?> one : Replayed.linesOf("case", json)) {
            for (Object suspect : (List<?>) one.get("suspects")) {
                Map<?, ?> about = (Map<?, ?>) suspect;
                suspects.add(about.get("class") + "@" + place(String.valueOf(about.get("resource"))) + " "
                        + about.get("certainty") + " of " + longs((List<?>) one.get("ereports")));
            }
        }
        return suspects;
    }

    /** From {@code hc://…/chassis=0/bay=3} to {@code chassis0/bay3}. */
    private static String place(String fmri) {
        StringBuilder place = new StringBuilder();
        String path = fmri.substring(fmri.indexOf("/chassis=") + 1);
        for (String step : path.split("/")) {
            if (!step.startsWith("offset=")) {
                place.append(place.isEmpty() ? "" : "/").append(step.replace("=", ""));
            }
        }
        return place.toString();
    }

    private static RunInput input(Ereport ereport) {
        RunInput.Detector detector = new RunInput.Detector(null, null, null, null);
        if (ereport.detector() instanceof DevFmri dev) {
            detector = new RunInput.Detector(null, dev.devid(), dev.targetPortL0id(), dev.devicePath());
        } else if (ereport.detector() instanceof HcFmri hc) {
            detector = new RunInput.Detector(TopoPath.of(hc).orElseThrow(), null, null, null);
        }
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, ereport.tod());
        return new RunInput.Telemetry(nanos, ereport.eventClass().name(), detector, ereport.payload());
    }

    private static Program rules() throws IOException {
        Path file = Fixtures.project("diagnosis-rules/src/main/eversholt/disk.esc");
        Program program = new Compiler(Dialect.OURS, Sources.files(List.of()), List.of())
                .compile(List.of(new SourceFile(file.toString(), Files.readString(file))))
                .program();
        assertNotNull(program);
        return program;
    }

    /** The lists that the core logged are what a replay of its error log finds, UUIDs included. */
    @TestFactory
    Stream<DynamicTest> aReplayOfAnErrorLogFindsTheCasesThatTheDaemonLogged() {
        return captures()
                .map(capture -> DynamicTest.dynamicTest(capture.getFileName().toString(), () -> {
                    Path root = folder.resolve("daemon-" + capture.getFileName());
                    new Replayed().keeping(root).json(capture);
                    Path state = root.resolve("var/lib/fmd");
                    List<String> logged = new ArrayList<>();
                    for (Event event : events(state.resolve("fltlog"))) {
                        ListEvent list = (ListEvent) event;
                        logged.add(list.uuid() + " " + list.code() + " "
                                + list.ereports().size());
                    }
                    for (Path input : List.of(root, state, state.resolve("errlog"))) {
                        assertEquals(logged, cases(input));
                    }
                }));
    }

    private static List<String> cases(Path input) throws ReplayFailure, IOException {
        String json = new Replayed().json(input);
        assertFalse(json.isEmpty());
        return Replayed.linesOf("case", json).stream()
                .map(line -> line.get("uuid") + " " + line.get("code") + " " + ((List<?>) line.get("ereports")).size())
                .toList();
    }
}

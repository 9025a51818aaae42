// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.EventName;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.eft.DiagnosisRun;
import org.fmd.eversholt.eft.Replay;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.eft.SerdWatch;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.eversholt.workload.EreportStream;
import org.fmd.eversholt.workload.Workload;
import org.fmd.eversholt.workload.WorkloadFiles;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final Workload WORKLOAD = Workload.DEFAULT.sized(150, 6_000);
    private static final SerdTables.Limits AROUND = new SerdTables.Limits(List.of(), List.of());
    private static final long HOUR = 3_600_000_000_000L;

    private static final Backtest.Told SILENT = new Backtest.Told() {
        @Override
        public void unreadable(long line, String problem) {
            throw new AssertionError("line " + line + ": " + problem);
        }

        @Override
        public void failed(String rules, String place, String problem) {
            throw new AssertionError(place + ": " + problem);
        }
    };

    private static Program disk() throws IOException {
        return compiled(Files.readString(Fixtures.project("diagnosis-rules/src/main/eversholt/disk.esc")));
    }

    private static Program compiled(String text) {
        return new Compiler(Dialect.OURS, Sources.none(), List.of())
                .compile(List.of(new SourceFile("disk.esc", text)))
                .programOrThrow();
    }

    private static Backtest run(Program rules, Settings settings, SerdTables.Limits limits) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        WorkloadFiles.writeEreports(WORKLOAD, log);
        Backtest test = new Backtest(rules, null, WORKLOAD.fleet().topology(), settings, limits, SILENT);
        try (ErrorLog lines = new LineLog(new ByteArrayInputStream(log.toByteArray()))) {
            test.run(lines);
        }
        return test;
    }

    private static SerdTable table(Backtest test, String engine) {
        return test.sides().get(0).engines().tables().stream()
                .filter(table -> table.engine().equals(engine + "@disk"))
                .findFirst()
                .orElseThrow();
    }

    /** What the table says for other limits is what a run with these limits does. */
    @Test
    void theTableSaysWhatARunWithOtherLimitsDoes() throws IOException {
        Program rules = disk();
        SerdTables.Limits limits =
                new SerdTables.Limits(List.of(0L, 1L, 4L, 10L, 25L), List.of(HOUR / 60, HOUR / 4, 24 * HOUR));
        Backtest test = run(rules, Settings.DEFAULT, limits);
        for (String engine : List.of("serd.io.disk.recovered", "serd.io.disk.retried")) {
            SerdTable table = table(test, engine);
            assertTrue(table.records() > 1_000, engine + " has " + table.records() + " records");
            for (int i = 0; i < table.ns().size(); i++) {
                for (int j = 0; j < table.windows().size(); j++) {
                    Settings other = new Settings(
                            Settings.DEFAULT.hesitateNanos(),
                            0,
                            Map.of(
                                    engine,
                                    new Settings.Limits(
                                            table.ns().get(i).intValue(),
                                            table.windows().get(j))));
                    SerdTable run = table(run(rules, other, AROUND), engine);
                    assertEquals(
                            run.fired(),
                            table.fired(i, j),
                            engine + " N=" + table.ns().get(i) + " T="
                                    + table.windows().get(j));
                    assertEquals(run.records(), table.records());
                }
            }
        }
    }

    /** Records of any time and number, also more than one at once: each pair fires as often as an engine on its own. */
    @Test
    void everyPairIsAnEngineOfItsOwn() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Long> ns = List.of((long) random.nextInt(3), 3L + random.nextInt(3), 6L + random.nextInt(20));
            List<Long> windows = List.of(1L + random.nextInt(20), 30L + random.nextInt(100));
            SerdTable table = new SerdTable("serd.x@disk", ns, windows);
            SerdEngine engine = new SerdEngine(new EventName("serd.x", List.of("disk")), 1, 1, null, null, List.of());
            List<List<Naive>> naive = new ArrayList<>();
            for (Long n : ns) {
                naive.add(windows.stream().map(t -> new Naive(n, t)).toList());
            }
            long now = 1_000;
            for (int step = 0; step < 200; step++) {
                now += random.nextInt(12) - 1;
                String instance = "i" + random.nextInt(3);
                long times = random.nextInt(5) == 0 ? random.nextInt(12) : 1;
                TopoPath at = TopoPath.of("disk", 0);
                table.add(new SerdWatch.Tally(engine, instance, at, "fault.x", at, now, times, false));
                for (List<Naive> row : naive) {
                    for (Naive one : row) {
                        one.record(instance, now, times);
                    }
                }
            }
            for (int i = 0; i < ns.size(); i++) {
                for (int j = 0; j < windows.size(); j++) {
                    assertEquals(naive.get(i).get(j).fired, table.fired(i, j), "seed " + seed + " " + i + " " + j);
                }
            }
        }
    }

    /** Keeps every time since it fired last. */
    private static final class Naive {
        private final long n;
        private final long window;
        private final Map<String, List<Long>> times = new HashMap<>();
        private long fired;

        Naive(long n, long window) {
            this.n = n;
            this.window = window;
        }

        void record(String instance, long now, long count) {
            List<Long> own = times.computeIfAbsent(instance, i -> new ArrayList<>());
            for (long i = 0; i < count; i++) {
                own.add(now);
                int oldest = own.size() - 1 - (int) n;
                if (oldest >= 0 && now - own.get(oldest) <= window) {
                    fired++;
                    own.clear();
                    return;
                }
            }
        }
    }

    /** A replay forgets what is over; a run keeps it all. They must agree on what happens. */
    @Test
    void aReplayConcludesWhatARunConcludes() throws IOException {
        Program rules = disk();
        Backtest test = run(rules, Settings.DEFAULT, AROUND);
        List<RunInput> inputs = new ArrayList<>();
        for (EreportStream stream = WORKLOAD.stream(); stream.hasNext(); ) {
            Ereport one = stream.next();
            DevFmri detector = (DevFmri) one.detector();
            Instant tod = one.tod();
            long nanos = tod.getEpochSecond() * 1_000_000_000L + tod.getNano();
            inputs.add(new RunInput.Telemetry(
                    nanos,
                    one.eventClass().name(),
                    new RunInput.Detector(null, detector.devid(), null, detector.devicePath()),
                    one.payload()));
        }
        Map<String, Long> kinds = new HashMap<>();
        for (Map<String, Object> outcome :
                DiagnosisRun.run(rules, WORKLOAD.fleet().topology(), inputs, Settings.DEFAULT)) {
            kinds.merge(String.valueOf(outcome.get("kind")), 1L, Long::sum);
        }
        Backtest.Side side = test.sides().get(0);
        assertEquals(
                kinds.get("solved"),
                side.count(Replay.Kind.SOLVED) + side.count(Replay.Kind.DUPLICATE),
                kinds::toString);
        assertEquals(kinds.get("closed-no-suspects"), side.count(Replay.Kind.CLOSED));
        assertEquals(kinds.get("engine-fired"), side.count(Replay.Kind.FIRED));
        assertEquals(0, side.count(Replay.Kind.UNFINISHED));
        assertTrue(kinds.get("solved") > 100, kinds::toString);
    }

    @Test
    void aFaultThatWasRepairedIsNewsAgain() throws IOException {
        Program rules = compiled("event ereport.x@disk; event fault.x@disk; prop fault.x@disk -> ereport.x@disk;");
        String ereport = "{\"class\":\"ereport.x\",\"__tod\":[%d,0],\"detector\":\"hc:///disk=0\"}\n";
        String repair = "{\"class\":\"list.repaired\",\"__tod\":[%d,0],\"fault-list\":[{\"resource\":{\"hc-list\":"
                + "[{\"hc-name\":\"disk\",\"hc-id\":\"0\"}]}}]}\n";
        String log = String.format(ereport + ereport + repair + ereport + ereport, 10, 20, 30, 40, 50);
        try (ErrorLog first = new LineLog(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
                ErrorLog second = new LineLog(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)))) {
            Backtest test = new Backtest(rules, null, DetectorTopology.of(first), Settings.DEFAULT, AROUND, SILENT);
            test.run(second);
            Backtest.Side side = test.sides().get(0);
            assertEquals(2, side.count(Replay.Kind.SOLVED));
            assertEquals(2, side.count(Replay.Kind.DUPLICATE));
            assertEquals(1, side.count(Replay.Kind.REPAIRED));
            assertEquals(1, test.others());
        }
    }
}

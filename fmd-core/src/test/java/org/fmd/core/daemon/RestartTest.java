// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogReader;
import org.fmd.core.log.LogRecord;
import org.fmd.core.manager.CountingEngine;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Input.OperatorSays;
import org.fmd.core.manager.Input.Verb;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fault manager of a daemon that ends anywhere, on real files, with a checkpoint in whatever state. */
class RestartTest {
    private static final Instant START = Instant.parse("2026-03-04T11:30:00Z");
    private static final Topology HARDWARE = hardware();

    @TempDir
    private Path root;

    private static Topology hardware() {
        List<TopoNode> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TopoPath bay = TopoPath.of("bay", i);
            nodes.add(new TopoNode(bay, bay.toHc(), null, bay.toHc(), "Slot " + i, NvList.EMPTY));
        }
        return new Topology(nodes);
    }

    /** A daemon without its threads. */
    private static final class Life {
        private final LogFiles files;
        private final EventLog errlog;
        private final EventLog fltlog;
        private final EventLog infolog;
        private final CountingEngine engine = new CountingEngine();
        private final FaultManager manager = new FaultManager(MessageCatalog.empty(), Duration.ofDays(30));
        private final Checkpoint checkpoint;
        private final Handling handling;
        private LogRef last = new LogRef(new UUID(0, 0), 0);

        Life(Path folder, Instant now) throws IOException {
            this.files = LogFiles.in(folder);
            LogOptions options = new LogOptions(0, () -> now, UUID::randomUUID);
            LogOrigin origin = LogOrigin.ofThisHost("fmd");
            errlog = EventLog.open(files, LogLabel.ERROR, origin, options);
            fltlog = EventLog.open(files, LogLabel.FAULT, origin, options);
            infolog = EventLog.open(files, LogLabel.INFO, origin, options);
            checkpoint = new Checkpoint(LogFiles.in(folder));
            manager.addEngine(engine);
            handling = new Handling(
                    manager,
                    fltlog,
                    infolog,
                    new CheckpointWriter(checkpoint, ref -> {}),
                    Pace.SYSTEM,
                    tell -> {},
                    failed -> {});
            new Restart(files, manager, handling).run(checkpoint.load(), () -> {}, HARDWARE, () -> now);
        }

        void accept(Instant now, NvList payload, boolean handled) throws IOException {
            Ereport ereport = new Ereport(new EventClass("ereport.test"), now, Ena.UNKNOWN, null, payload);
            last = errlog.append(LogRecord.of(now, LogRecord.NO_UUID, "ereport.test", TypedJson.write(ereport)));
            errlog.sync();
            if (handled) {
                handling.handle(new Input.EreportAccepted(now, last, ereport));
            }
        }

        void save() throws IOException {
            checkpoint.save(
                    new Checkpoint.Saved(last, lastOf(LogLabel.FAULT), lastOf(LogLabel.INFO), manager.remember()));
        }

        private Optional<LogRef> lastOf(LogLabel label) throws IOException {
            LogRef found = null;
            try (LogReader reader = LogReader.history(files, label, damage -> {})) {
                for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                    found = entry.ref();
                }
            }
            return Optional.ofNullable(found);
        }

        /** The cases that were diagnosed, and what became of them, by ereport and class. */
        Set<String> concluded() throws IOException {
            Set<String> lines = new TreeSet<>();
            for (LogLabel label : List.of(LogLabel.FAULT, LogLabel.INFO)) {
                try (LogReader reader = LogReader.history(files, label, damage -> {})) {
                    for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                        String line = entry.record().eventClass() + " "
                                + entry.record().uuid() + " " + entry.record().tod();
                        assertTrue(lines.add(line), () -> line + " is there twice");
                    }
                }
            }
            return lines;
        }

        String state() {
            return engine.state() + " " + manager.unsolved() + " " + manager.nextWakeup() + " "
                    + manager.cases().stream()
                            .map(c -> c.uuid() + " " + c.state() + " " + c.statuses() + " " + c.duplicates())
                            .toList();
        }

        /** Ends without order; files stay as they are. */
        void crash() throws IOException {
            errlog.close();
            fltlog.close();
            infolog.close();
        }
    }

    /** One thing that happens; the same for each life. */
    private record Step(Instant now, Optional<Verb> said, String where, long seconds) {
        void take(Life life, boolean handled) throws IOException {
            if (said.isPresent()) {
                life.handling.handle(new OperatorSays(now, said.get(), where, Optional.empty()));
            } else {
                life.accept(
                        now,
                        NvList.builder()
                                .string("where", where)
                                .uint64("wait", seconds)
                                .build(),
                        handled);
            }
        }
    }

    private static List<Step> steps(Random random) {
        List<Step> steps = new ArrayList<>();
        Instant now = START;
        for (int i = 0; i < 40; i++) {
            now = now.plusMillis(1 + random.nextInt(8000));
            Optional<Verb> said = random.nextInt(6) == 0 ? Optional.of(Verb.REPAIRED) : Optional.empty();
            long seconds = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0;
            steps.add(new Step(now, said, "hc:///bay=" + random.nextInt(3), seconds));
        }
        return steps;
    }

    /** What has become of the checkpoint when the daemon is started again. */
    private enum Harm {
        NONE,
        TORN,
        FLIPPED,
        GONE,
        OTHER_VERSION,
        TOPOLOGY_GONE,
        TOPOLOGY_DAMAGED,
        HALF_WRITTEN_BESIDE,
        FOREIGN
    }

    private static void harm(Path folder, Harm harm, Random random) throws IOException {
        Path file = folder.resolve("checkpoint");
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        switch (harm) {
            case NONE -> {}
            case TORN -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case FLIPPED -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
            case GONE -> Files.delete(file);
            case OTHER_VERSION ->
                Files.writeString(file, Files.readString(file).replaceFirst("checkpoint 2", "checkpoint 3"));
            case TOPOLOGY_GONE -> {
                for (Path topology : topologies(folder)) {
                    Files.delete(topology);
                }
            }
            case TOPOLOGY_DAMAGED -> {
                for (Path topology : topologies(folder)) {
                    Files.writeString(topology, Files.readString(topology).replace("Slot", "Slut"));
                }
            }
            case HALF_WRITTEN_BESIDE ->
                Files.write(folder.resolve("checkpoint+"), Arrays.copyOf(bytes, bytes.length / 2));
            case FOREIGN -> {
                Checkpoint.Saved saved =
                        new Checkpoint(LogFiles.in(folder)).load().orElseThrow();
                LogRef elsewhere = new LogRef(new UUID(7, 7), saved.published().offset());
                new Checkpoint(LogFiles.in(folder))
                        .save(new Checkpoint.Saved(elsewhere, saved.fault(), saved.info(), saved.memory()));
            }
        }
    }

    private static List<Path> topologies(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "topology-*")) {
            found.forEach(files::add);
        }
        return files;
    }

    @Test
    void whereverTheDaemonEndsTheNextOneIsWhereItWas() throws IOException {
        int diagnosed = 0;
        for (int seed = 0; seed < 54; seed++) {
            Random random = new Random(seed);
            List<Step> steps = steps(random);
            Life whole = new Life(Files.createDirectories(root.resolve(seed + "-whole")), START);
            Path folder = Files.createDirectories(root.resolve(seed + "-often"));
            Life life = new Life(folder, START);
            Harm harm = Harm.values()[seed % Harm.values().length];
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                step.take(whole, true);
                // Durable, and then the end comes before anybody looked at it.
                boolean before = random.nextInt(8) == 0 && step.said().isEmpty();
                step.take(life, !before);
                if (random.nextInt(4) == 0 && !before) {
                    life.save();
                }
                if (before || random.nextInt(8) == 0) {
                    life.crash();
                    harm(folder, random.nextBoolean() ? harm : Harm.NONE, random);
                    life = new Life(folder, step.now());
                }
                assertEquals(
                        sameLogs(whole.state()), sameLogs(life.state()), "seed " + seed + ", " + harm + ", step " + i);
            }
            assertEquals(sameTimes(whole.concluded()), sameTimes(life.concluded()), "seed " + seed + ", " + harm);
            diagnosed += whole.manager.cases().size();
            whole.crash();
            life.crash();
        }
        assertTrue(diagnosed > 50, "so many cases: " + diagnosed);
    }

    /** Logs are told apart by random numbers, and so are the cases. */
    private static String sameLogs(String state) {
        AtomicInteger number = new AtomicInteger();
        Map<String, String> names = new HashMap<>();
        return Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                .matcher(state)
                .replaceAll(found -> names.computeIfAbsent(found.group(), id -> "#" + number.getAndIncrement()));
    }

    private static List<String> sameTimes(Set<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll(" [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} ", " "))
                .sorted()
                .toList();
    }

    @Test
    void aCheckpointIsReadAsItWasWritten() throws IOException {
        Life life = new Life(root, START);
        for (Step step : steps(new Random(1))) {
            step.take(life, true);
        }
        life.save();
        Checkpoint.Saved saved = new Checkpoint(LogFiles.in(root)).load().orElseThrow();
        assertEquals(life.last, saved.published());
        assertEquals(life.lastOf(LogLabel.FAULT), saved.fault());
        assertEquals(
                life.manager.remember().orElseThrow().content(),
                saved.memory().orElseThrow().content());
        assertEquals(HARDWARE.nodes(), saved.memory().orElseThrow().topology().nodes());
        assertEquals(1, topologies(root).size());
        life.crash();
    }
}

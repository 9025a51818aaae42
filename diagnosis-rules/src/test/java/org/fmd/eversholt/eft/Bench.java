// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.fmd.api.EngineInput;
import org.fmd.api.EngineMemory;
import org.fmd.api.EngineOutput;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;

/**
 * An {@link EftEngine} in virtual time with two disks, {@code chassis0/bay0/disk0} (devid {@code id1,a}, device path {@code
 * /dev/a}) and {@code chassis0/bay1/disk0} (b). What it says is kept as lines: {@code second kind details}.
 */
final class Bench {
    final TestContext context;
    final EftEngine engine = new EftEngine();
    final List<String> said = new ArrayList<>();
    final List<Suspect> suspects = new ArrayList<>();
    private final Map<Long, Instant> timers = new LinkedHashMap<>();
    final List<Ereport> logged = new ArrayList<>();
    private long offset;

    /** Two disks that nobody has looked at yet. */
    static Bench without(Path rules) throws IOException {
        return new Bench(rules, false);
    }

    Bench(Path rules) throws IOException {
        this(rules, true);
    }

    private Bench(Path rules, boolean told) throws IOException {
        context = new TestContext(rules);
        engine.start(context);
        List<TopoNode> nodes = new ArrayList<>();
        TopoPath chassis = TopoPath.of("chassis", 0);
        nodes.add(node(chassis, NvList.EMPTY));
        for (int i = 0; i < 2; i++) {
            String letter = i == 0 ? "a" : "b";
            TopoPath bay = chassis.child("bay", i);
            nodes.add(node(bay, NvList.EMPTY));
            nodes.add(node(
                    bay.child("disk", 0),
                    NvList.builder()
                            .string("devid", "id1," + letter)
                            .string("dev", "/dev/" + letter)
                            .build()));
        }
        if (told) {
            take(new EngineInput.TopologyChanged(Instant.EPOCH, new Topology(nodes)));
        }
    }

    /** Goes on where another one stands; empty, or why not. */
    Optional<String> recall(Bench other, EngineMemory memory) {
        timers.putAll(other.timers);
        offset = other.offset;
        logged.addAll(other.logged);
        return engine.recall(
                memory,
                ref -> ref.offset() < logged.size() ? Optional.of(logged.get((int) ref.offset())) : Optional.empty());
    }

    private static TopoNode node(TopoPath path, NvList properties) {
        Fmri resource = path.toHc();
        boolean disk = path.last().name().equals("disk");
        Fmri asru = disk ? DevFmri.ofPath("/dev/" + (path.toString().contains("bay0") ? "a" : "b")) : null;
        return new TopoNode(path, resource, asru, disk ? resource : null, disk ? "Slot" : null, properties);
    }

    /** Posts an ereport of the first disk. */
    void post(double second, String eventClass, NvList payload) {
        post(second, eventClass, new DevFmri("/dev/a", "id1,a", null), payload);
    }

    void post(double second, String eventClass, Fmri detector, NvList payload) {
        Instant now = Instant.ofEpochMilli(Math.round(second * 1000));
        runTo(now);
        Ereport ereport = new Ereport(new EventClass(eventClass), now, Ena.UNKNOWN, detector, payload);
        logged.add(ereport);
        take(new EngineInput.Accepted(now, new LogRef(new UUID(0, 0), offset++), ereport));
    }

    /** Lets time pass. */
    void runTo(double second) {
        runTo(Instant.ofEpochMilli(Math.round(second * 1000)));
    }

    private void runTo(Instant now) {
        while (true) {
            Map.Entry<Long, Instant> next = timers.entrySet().stream()
                    .filter(t -> !t.getValue().isAfter(now))
                    .min(Comparator.comparing(Map.Entry<Long, Instant>::getValue))
                    .orElse(null);
            if (next == null) {
                return;
            }
            timers.remove(next.getKey());
            take(new EngineInput.TimerDue(next.getValue(), next.getKey()));
        }
    }

    void repaired(double second) {
        take(new EngineInput.Repaired(
                Instant.ofEpochMilli(Math.round(second * 1000)), new UUID(0, 0), List.copyOf(suspects)));
    }

    private void take(EngineInput input) {
        for (EngineOutput output : engine.handle(input)) {
            String second = String.format("%.1f ", input.now().toEpochMilli() / 1000.0);
            if (output instanceof EngineOutput.TimerSet set) {
                timers.put(set.timer(), set.due());
            } else if (output instanceof EngineOutput.TimerCancelled cancelled) {
                timers.remove(cancelled.timer());
            } else if (output instanceof EngineOutput.Solved solved) {
                suspects.addAll(solved.suspects());
                solved.suspects().forEach(s -> said.add(second + line(s)));
            } else if (output instanceof EngineOutput.Discarded discarded) {
                said.add(second + "discarded: " + discarded.reason());
            } else if (output instanceof EngineOutput.EvaluationError error) {
                said.add(second + "error: " + error.problem());
            }
        }
    }

    private static String line(Suspect suspect) {
        Map<String, Object> payload = new TreeMap<>();
        suspect.payload().asMap().forEach((name, value) -> payload.put(name, plain(value)));
        return suspect.eventClass() + " " + suspect.certainty() + "% " + suspect.resource() + " " + payload;
    }

    private static Object plain(NvValue value) {
        if (value instanceof NvValue.Int number) {
            return number.decimal();
        }
        return value instanceof NvValue.Str text ? text.value() : value;
    }
}

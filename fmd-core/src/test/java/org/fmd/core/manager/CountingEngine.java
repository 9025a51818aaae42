// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.api.CaseKey;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.EngineContext;
import org.fmd.api.EngineInput;
import org.fmd.api.EngineMemory;
import org.fmd.api.EngineOutput;
import org.fmd.api.EreportLookup;
import org.fmd.api.ModuleInfo;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;

/**
 * An engine with a memory: every third ereport of a resource ({@code where}) since it was last repaired is a fault; an ereport
 * with {@code wait} counts so many seconds later.
 */
public class CountingEngine implements DiagnosisEngine {
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<Long, LogRef> waiting = new LinkedHashMap<>();
    private final Map<LogRef, String> places = new LinkedHashMap<>();
    private Topology topology = Topology.EMPTY;
    private long timers;

    @Override
    public ModuleInfo info() {
        return new ModuleInfo("counting", "1.0", "counts to three", List.of());
    }

    @Override
    public void start(EngineContext context) {}

    @Override
    public List<EngineOutput> handle(EngineInput input) {
        List<EngineOutput> out = new ArrayList<>();
        if (input instanceof EngineInput.Accepted accepted) {
            Optional<String> where = accepted.ereport().payload().string("where");
            if (where.isEmpty()) {
                return List.of(new EngineOutput.Discarded(accepted.ref(), EngineOutput.Cause.NO_RULE, "no resource"));
            }
            out.add(new EngineOutput.Opened(new CaseKey(accepted.ref(), 0)));
            long seconds = accepted.ereport().payload().number("wait").orElse(0);
            if (seconds == 0) {
                count(accepted.ref(), where.get(), out);
            } else {
                waiting.put(timers, accepted.ref());
                places.put(accepted.ref(), where.get());
                out.add(new EngineOutput.TimerSet(
                        timers++, accepted.ereport().tod().plus(Duration.ofSeconds(seconds))));
            }
        } else if (input instanceof EngineInput.TimerDue due) {
            LogRef ref = waiting.remove(due.timer());
            count(ref, places.remove(ref), out);
        } else if (input instanceof EngineInput.Repaired repaired) {
            for (Suspect suspect : repaired.suspects()) {
                if (suspect.resource() instanceof HcFmri hc) {
                    counts.remove(HcFmri.of(hc.path()).toString());
                }
            }
        } else if (input instanceof EngineInput.TopologyChanged changed) {
            topology = changed.topology();
        }
        return out;
    }

    private void count(LogRef ref, String where, List<EngineOutput> out) {
        CaseKey key = new CaseKey(ref, 0);
        if (counts.merge(where, 1L, Long::sum) < 3) {
            out.add(new EngineOutput.Closed(key, "counted"));
            return;
        }
        counts.remove(where);
        out.add(new EngineOutput.Solved(
                key,
                List.of(Suspect.of(
                        new EventClass("fault.test"), Fmri.parse(where).orElseThrow()))));
    }

    /** What it knows, to compare. */
    public String state() {
        return counts + " " + waiting + " " + timers;
    }

    @Override
    public Optional<EngineMemory> remember() {
        List<String> counted = new ArrayList<>();
        counts.forEach((where, count) -> counted.add(count + " " + where));
        List<String> waits = new ArrayList<>();
        waiting.forEach((timer, ref) -> waits.add(timer + " " + ref));
        return Optional.of(new EngineMemory(
                NvList.builder()
                        .strings("counts", counted)
                        .strings("waiting", waits)
                        .int64("timers", timers)
                        .build(),
                List.of(topology)));
    }

    @Override
    public Optional<String> recall(EngineMemory memory, EreportLookup ereports) {
        Map<Long, LogRef> recalled = new LinkedHashMap<>();
        for (String wait : memory.content().strings("waiting")) {
            String[] words = wait.split(" ");
            LogRef ref = LogRef.parse(words[1]).orElseThrow();
            Optional<Ereport> ereport = ereports.find(ref);
            if (ereport.isEmpty()) {
                return Optional.of("the ereport at " + ref + " is gone");
            }
            recalled.put(Long.parseLong(words[0]), ref);
            places.put(ref, ereport.get().payload().string("where").orElseThrow());
        }
        waiting.putAll(recalled);
        for (String counted : memory.content().strings("counts")) {
            String[] words = counted.split(" ");
            counts.put(words[1], Long.parseLong(words[0]));
        }
        timers = memory.content().number("timers").orElseThrow();
        topology = memory.topologies().get(0);
        return Optional.empty();
    }
}

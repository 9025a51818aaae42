// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.fmd.api.EngineContext;
import org.fmd.api.EngineInput;
import org.fmd.api.EngineOutput;
import org.fmd.api.Settings;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.eft.EftEngine;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.fmri.Fmri;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As little of a daemon as an engine needs: its timers, in the time of the ereports. Nothing is ever faulty. */
final class Daemon implements EngineContext {
    private static final UUID LOG = new UUID(1, 2);

    private final EftEngine engine = new EftEngine();
    private final PriorityQueue<EngineOutput.TimerSet> timers =
            new PriorityQueue<>(Comparator.comparing(EngineOutput.TimerSet::due));
    private final Set<Long> cancelled = new HashSet<>();
    private long offset;

    Daemon(Topology topology) {
        try {
            engine.start(this);
        } catch (IOException e) {
            throw new IllegalStateException("no rules in '" + rules() + "'", e);
        }
        take(new EngineInput.TopologyChanged(Instant.EPOCH, topology));
    }

    /** Gives an ereport to the engine, and timers that are due before it; returns how many outputs there were. */
    int post(Ereport ereport) {
        Instant now = ereport.tod();
        int outputs = 0;
        for (EngineOutput.TimerSet timer = timers.peek();
                timer != null && !timer.due().isAfter(now);
                timer = timers.peek()) {
            timers.remove();
            if (!cancelled.remove(timer.timer())) {
                outputs += take(new EngineInput.TimerDue(timer.due(), timer.timer()));
            }
        }
        return outputs + take(new EngineInput.Accepted(now, new LogRef(LOG, offset++), ereport));
    }

    EftEngine engine() {
        return engine;
    }

    private int take(EngineInput input) {
        List<EngineOutput> outputs = engine.handle(input);
        for (EngineOutput output : outputs) {
            if (output instanceof EngineOutput.TimerSet set) {
                timers.add(set);
            } else if (output instanceof EngineOutput.TimerCancelled gone) {
                cancelled.add(gone.timer());
            }
        }
        return outputs.size();
    }

    @Override
    public Path rules() {
        return Path.of(System.getProperty("fmd.rules"));
    }

    @Override
    public boolean hasFault(Fmri resource, String classPattern) {
        return false;
    }

    @Override
    public Settings settings() {
        return new Settings() {
            @Override
            public boolean bool(String name) {
                return false;
            }

            @Override
            public long integer(String name) {
                return 0;
            }

            @Override
            public String text(String name) {
                return "";
            }

            @Override
            public Duration time(String name) {
                return Duration.ofSeconds(10);
            }

            @Override
            public long size(String name) {
                return 0;
            }
        };
    }

    @Override
    public Logger log() {
        return LoggerFactory.getLogger("bench");
    }

    @Override
    public Path root() {
        return Path.of("/");
    }

    @Override
    public Topology topology() {
        return Topology.EMPTY;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public void count(String statistic, long delta) {}
}

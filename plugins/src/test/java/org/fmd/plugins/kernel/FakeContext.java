// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.fmd.api.PropertySpec;
import org.fmd.api.Settings;
import org.fmd.api.SourceContext;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** The daemon as a source sees it: keeps what it is given. */
class FakeContext implements SourceContext {
    final List<Ereport> posted = new ArrayList<>();
    final Map<String, Long> counts = new TreeMap<>();
    final List<String> stale = new ArrayList<>();
    final List<String> degraded = new ArrayList<>();
    final Map<String, String> configured = new TreeMap<>();
    volatile CountDownLatch awaited = new CountDownLatch(0);
    Topology topology = Topology.EMPTY;
    Topology refreshed = Topology.EMPTY;
    int refreshes;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    FakeContext() {
        for (PropertySpec spec : new KernelChannel().info().properties()) {
            configured.put(spec.name(), spec.defaultText());
        }
    }

    FakeContext over(Topology known) {
        topology = known;
        refreshed = known;
        return this;
    }

    @Override
    public synchronized void post(Ereport ereport) {
        posted.add(ereport);
        awaited.countDown();
    }

    @Override
    public synchronized void topologyStale(String why) {
        stale.add(why);
    }

    @Override
    public synchronized Topology refreshTopology() {
        refreshes++;
        topology = refreshed;
        return topology;
    }

    @Override
    public synchronized void degraded(String why) {
        degraded.add(why);
    }

    @Override
    public Settings settings() {
        return new Settings() {
            @Override
            public boolean bool(String name) {
                return Boolean.parseBoolean(text(name));
            }

            @Override
            public long integer(String name) {
                return Long.parseLong(text(name));
            }

            @Override
            public String text(String name) {
                return configured.get(name);
            }

            @Override
            public Duration time(String name) {
                throw new IllegalArgumentException(name);
            }

            @Override
            public long size(String name) {
                throw new IllegalArgumentException(name);
            }
        };
    }

    @Override
    public Logger log() {
        return NOPLogger.NOP_LOGGER;
    }

    @Override
    public Path root() {
        return Path.of("/");
    }

    @Override
    public synchronized Topology topology() {
        return topology;
    }

    @Override
    public InstantSource clock() {
        return () -> now;
    }

    @Override
    public synchronized void count(String statistic, long delta) {
        counts.merge(statistic, delta, Long::sum);
    }
}

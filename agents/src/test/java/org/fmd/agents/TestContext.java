// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.api.ModuleContext;
import org.fmd.api.ModuleInfo;
import org.fmd.api.PropertySpec;
import org.fmd.api.Settings;
import org.fmd.api.topo.Topology;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** A daemon of one module: its settings are the defaults that the module declares, unless a test sets others. */
public final class TestContext implements ModuleContext, Settings {
    private final Path root;
    private final Map<String, PropertySpec> specs = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    public final Map<String, Long> counts = new TreeMap<>();
    public Topology topology = Topology.EMPTY;
    public Instant now = Tasks.NOON;

    public TestContext(Path root, ModuleInfo info) {
        this.root = root;
        for (PropertySpec spec : info.properties()) {
            specs.put(spec.name(), spec);
            values.put(spec.name(), spec.defaultText());
        }
    }

    public TestContext set(String name, String value) {
        if (!specs.containsKey(name)) {
            throw new IllegalArgumentException("no property " + name);
        }
        values.put(name, value);
        return this;
    }

    private String value(String name, PropertySpec.Type... types) {
        PropertySpec spec = specs.get(name);
        if (spec == null || !List.of(types).contains(spec.type())) {
            throw new IllegalArgumentException("no such property: " + name);
        }
        return values.get(name);
    }

    @Override
    public Settings settings() {
        return this;
    }

    @Override
    public Logger log() {
        return NOPLogger.NOP_LOGGER;
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public InstantSource clock() {
        return () -> now;
    }

    @Override
    public void count(String statistic, long delta) {
        counts.merge(statistic, delta, Long::sum);
    }

    @Override
    public boolean bool(String name) {
        return Boolean.parseBoolean(value(name, PropertySpec.Type.BOOL));
    }

    @Override
    public long integer(String name) {
        return Long.parseLong(value(name, PropertySpec.Type.INT));
    }

    @Override
    public String text(String name) {
        return value(name, PropertySpec.Type.TEXT, PropertySpec.Type.CHOICE);
    }

    /** Reads {@code 20ms}, {@code 30s}, {@code 1h}. */
    @Override
    public Duration time(String name) {
        String text = value(name, PropertySpec.Type.TIME);
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }

    @Override
    public long size(String name) {
        throw new IllegalArgumentException("no agent has a size: " + name);
    }
}

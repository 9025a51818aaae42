// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.fmd.api.EngineContext;
import org.fmd.api.Settings;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.Fmri;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon for one engine: default settings, a rules folder, and a list of what is known to be faulty. */
final class TestContext implements EngineContext {
    private final Path rules;
    final List<String> faults = new ArrayList<>();

    TestContext(Path rules) {
        this.rules = rules;
    }

    @Override
    public Settings settings() {
        return new Settings() {
            @Override
            public boolean bool(String name) {
                throw new IllegalArgumentException(name);
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
                throw new IllegalArgumentException(name);
            }
        };
    }

    @Override
    public Logger log() {
        return LoggerFactory.getLogger("eft");
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
        return () -> {
            throw new AssertionError("an engine has no clock but its inputs");
        };
    }

    @Override
    public void count(String statistic, long delta) {}

    @Override
    public Path rules() {
        return rules;
    }

    @Override
    public boolean hasFault(Fmri resource, String classPattern) {
        return faults.contains(classPattern + "@" + resource);
    }

    static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }
}

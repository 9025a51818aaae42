// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import org.fmd.api.EngineContext;
import org.fmd.api.ModuleContext;
import org.fmd.api.Settings;
import org.fmd.api.replay.ReplayContext;
import org.fmd.api.topo.Topology;
import org.fmd.core.daemon.ModuleState;
import org.fmd.core.daemon.Places;
import org.fmd.core.manager.FaultManager;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.Fmri;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what a module sees when there is no daemon around it. */
final class ReplayContexts {
    private final Places places;
    private final FaultManager manager;

    ReplayContexts(Places places, FaultManager manager) {
        this.places = places;
        this.manager = manager;
    }

    /** Of a topology source that is asked for the hardware of an input. */
    ModuleContext of(ModuleState module) {
        return new Base(module, Topology.EMPTY);
    }

    /** Of an engine. */
    EngineContext engine(ModuleState module) {
        return new Engine(module);
    }

    /**
     * Of a recording that is played.
     *
     * @param known the hardware that it may know
     * @param posted takes its ereports
     * @param unread takes what it cannot read
     */
    ReplayContext playing(ModuleState module, Topology known, Deque<Ereport> posted, Unread unread) {
        return new Playing(module, known, posted, unread);
    }

    /** What is the same for all. */
    private class Base implements ModuleContext {
        private final ModuleState module;
        private final Topology topology;
        private final Logger log;

        Base(ModuleState module, Topology topology) {
            this.module = module;
            this.topology = topology;
            this.log = LoggerFactory.getLogger(module.info().name());
        }

        @Override
        public Settings settings() {
            return module.settings();
        }

        @Override
        public Logger log() {
            return log;
        }

        @Override
        public Path root() {
            return places.root();
        }

        @Override
        public Topology topology() {
            return topology;
        }

        @Override
        public InstantSource clock() {
            return manager::clock;
        }

        @Override
        public void count(String statistic, long delta) {
            module.count(statistic, delta);
        }
    }

    /** What an engine sees. */
    private final class Engine extends Base implements EngineContext {
        Engine(ModuleState module) {
            super(module, Topology.EMPTY);
        }

        @Override
        public Path rules() {
            return places.rules();
        }

        @Override
        public boolean hasFault(Fmri resource, String classPattern) {
            return manager.hasFault(resource, classPattern);
        }
    }

    /** What a recording sees. */
    private final class Playing extends Base implements ReplayContext {
        private final Deque<Ereport> posted;
        private final Unread unread;
        private Instant now = Instant.EPOCH;

        Playing(ModuleState module, Topology known, Deque<Ereport> posted, Unread unread) {
            super(module, known);
            this.posted = posted;
            this.unread = unread;
        }

        @Override
        public InstantSource clock() {
            return () -> now;
        }

        @Override
        public void timeIs(Instant time) {
            now = time;
        }

        @Override
        public void unreadable(long line, String problem) {
            unread.add(line, problem);
        }

        @Override
        public void post(Ereport ereport) {
            posted.add(ereport);
        }

        @Override
        public void topologyStale(String why) {
            log().trace("the hardware may have changed: {}", why);
        }

        @Override
        public Topology refreshTopology() {
            return topology();
        }

        @Override
        public void degraded(String why) {
            log().trace("reduced: {}", why);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.nio.file.Path;
import java.time.InstantSource;
import org.fmd.api.EngineContext;
import org.fmd.api.Settings;
import org.fmd.api.SourceContext;
import org.fmd.api.topo.Topology;
import org.fmd.core.intake.Intake;
import org.fmd.core.manager.FaultManager;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.Fmri;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one module sees of the daemon; which part of it, its kind of module says. */
final class Context implements SourceContext, EngineContext {
    private final ModuleState module;
    private final Places places;
    private final InstantSource clock;
    private final TopologyService topology;
    private final Intake intake;
    private final FaultManager manager;
    private final Logger log;

    Context(
            ModuleState module,
            Places places,
            InstantSource clock,
            TopologyService topology,
            Intake intake,
            FaultManager manager) {
        this.module = module;
        this.places = places;
        this.clock = clock;
        this.topology = topology;
        this.intake = intake;
        this.manager = manager;
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
        return topology.latest();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void count(String statistic, long delta) {
        module.count(statistic, delta);
    }

    @Override
    public void post(Ereport ereport) {
        module.count("ereports-posted", 1);
        intake.post(ereport);
    }

    @Override
    public void topologyStale(String why) {
        topology.stale(why);
    }

    @Override
    public Topology refreshTopology() {
        return topology.refresh();
    }

    @Override
    public void degraded(String why) {
        module.set(why.isEmpty() ? ModuleState.Status.ACTIVE : ModuleState.Status.DEGRADED, why);
        if (!why.isEmpty()) {
            log.warn("reduced: {}", why);
        }
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

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.nio.file.Path;
import java.time.InstantSource;
import org.fmd.api.Settings;
import org.fmd.api.SourceContext;
import org.fmd.api.replay.ReplayContext;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * The context of a recording as the pipeline sees it: each record that it counts as malformed is told as one that cannot be read, in
 * place of the complaints that a daemon logs.
 */
final class MalformedAreTold implements SourceContext {
    private static final String MALFORMED = "-malformed";
    private static final String RECORDS = "-records";

    private final ReplayContext context;
    private long records;

    MalformedAreTold(ReplayContext context) {
        this.context = context;
    }

    @Override
    public void count(String statistic, long delta) {
        context.count(statistic, delta);
        if (statistic.endsWith(RECORDS)) {
            records += delta;
        } else if (statistic.endsWith(MALFORMED)) {
            String source = statistic.substring(0, statistic.length() - MALFORMED.length());
            context.unreadable(0, "a record of " + source + " is malformed, number " + records);
        }
    }

    @Override
    public Logger log() {
        return context.log().isDebugEnabled() ? context.log() : NOPLogger.NOP_LOGGER;
    }

    @Override
    public void post(Ereport ereport) {
        context.post(ereport);
    }

    @Override
    public void topologyStale(String why) {
        context.topologyStale(why);
    }

    @Override
    public Topology refreshTopology() {
        return context.refreshTopology();
    }

    @Override
    public void degraded(String why) {
        context.degraded(why);
    }

    @Override
    public Settings settings() {
        return context.settings();
    }

    @Override
    public Path root() {
        return context.root();
    }

    @Override
    public Topology topology() {
        return context.topology();
    }

    @Override
    public InstantSource clock() {
        return context.clock();
    }
}

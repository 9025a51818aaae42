// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.fmd.api.FmdModule;
import org.fmd.api.ModuleContext;
import org.fmd.api.Settings;
import org.fmd.api.TopologySource;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** The hardware as it is now, seen with the daemon's own modules but without the daemon. */
public final class LiveHardware {
    private LiveHardware() {}

    /**
     * Takes a snapshot.
     *
     * @param options properties as on the command line of the daemon, {@code sysfs-topology:capture=DIR}
     * @throws IOException if no module can, or the configuration is wrong; the message says why
     */
    public static Topology take(Places places, List<String> options) throws IOException {
        ModuleLoader.Found found = places.home() == null
                ? ModuleLoader.onClassPath()
                : ModuleLoader.inFolders(List.of(places.home().resolve("plugins")));
        Problems problems = new Problems();
        FmdConf conf = FmdConf.read(places.conf(), options, problems);
        List<TopoNode> nodes = new ArrayList<>();
        boolean asked = false;
        for (FmdModule module : found.modules()) {
            if (module instanceof TopologySource source) {
                String name = module.info().name();
                Settings settings = ModuleSettings.of(module.info().properties(), conf.of(name), problems);
                if (!problems.isEmpty()) {
                    throw new IOException(
                            "cannot read the configuration: " + problems.texts().get(0));
                }
                nodes.addAll(source.snapshot(new Alone(settings, places.root(), NOPLogger.NOP_LOGGER))
                        .nodes());
                asked = true;
            }
        }
        if (!asked) {
            throw new IOException("there is no module here that knows the hardware"
                    + (found.problems().isEmpty() ? "" : ": " + found.problems().get(0)));
        }
        return new Topology(nodes);
    }

    /** What a module sees where there is no daemon. */
    private record Alone(Settings settings, Path root, Logger log) implements ModuleContext {
        @Override
        public Topology topology() {
            return Topology.EMPTY;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public void count(String statistic, long delta) {
            // Nobody asks for statistics here.
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.fmd.api.TopologySource;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the latest snapshot and takes new ones. Hot plug comes in bursts (nine uevents for one disk), so a snapshot that is asked
 * for is taken a moment after the last asking, and never later than a second after the first.
 */
final class TopologyService implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyService.class);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Provider> providers = new ArrayList<>();
    private final Consumer<Topology> changed;
    private volatile Topology latest = Topology.EMPTY;
    private long firstAsked;
    private long lastAsked;
    private boolean asked;
    private boolean stopped;

    /** A source with the context that it is asked in. */
    private record Provider(ModuleState module, Context context) {}

    /**
     * Makes a service with an empty snapshot.
     *
     * @param changed told each snapshot that differs from the one before, on the thread that took it
     */
    TopologyService(Consumer<Topology> changed) {
        this.changed = changed;
    }

    void add(ModuleState module, Context context) {
        providers.add(new Provider(module, context));
    }

    Topology latest() {
        return latest;
    }

    /** Asks for a new snapshot soon. */
    synchronized void stale(String why) {
        LOG.debug("the topology may have changed: {}", why);
        lastAsked = System.nanoTime();
        firstAsked = asked ? firstAsked : lastAsked;
        asked = true;
        notifyAll();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Takes the snapshots that are asked for, until {@link #stop}. */
    @Override
    public void run() {
        try {
            while (awaitQuiet()) {
                refresh();
            }
        } catch (InterruptedException e) {
            LOG.warn("the topology is not followed any more: interrupted");
        }
    }

    private synchronized boolean awaitQuiet() throws InterruptedException {
        while (!stopped) {
            if (!asked) {
                wait();
                continue;
            }
            long now = System.nanoTime();
            long due = Math.min(lastAsked + QUIET_NANOS - now, firstAsked + LATEST_NANOS - now);
            if (due <= 0) {
                asked = false;
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, due);
        }
        return false;
    }

    /** Takes a snapshot now and returns it; the one before, if none can be taken. */
    Topology refresh() {
        Topology before;
        Topology taken;
        synchronized (providers) {
            before = latest;
            taken = take();
            latest = taken;
        }
        if (!taken.nodes().equals(before.nodes())) {
            changed.accept(taken);
        }
        return taken;
    }

    private Topology take() {
        List<TopoNode> nodes = new ArrayList<>();
        for (Provider provider : providers) {
            if (provider.module().status() == ModuleState.Status.DISABLED
                    || !(provider.module().module() instanceof TopologySource source)) {
                continue;
            }
            try {
                nodes.addAll(source.snapshot(provider.context()).nodes());
                provider.module().set(ModuleState.Status.ACTIVE, "");
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "'{}' has no snapshot, the one before counts: {}",
                        provider.module().info().name(),
                        e.toString());
                provider.module().set(ModuleState.Status.FAILED, String.valueOf(e.getMessage()));
                return latest;
            }
        }
        try {
            return new Topology(nodes);
        } catch (IllegalArgumentException e) {
            LOG.warn("two topology sources contradict each other, the snapshot before counts: {}", e.getMessage());
            return latest;
        }
    }
}

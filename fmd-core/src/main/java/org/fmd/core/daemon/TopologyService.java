// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.fmd.api.ModuleContext;
import org.fmd.api.TopologySource;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the latest snapshot and takes new ones. Hot plug comes in bursts (nine uevents for one disk), so a snapshot that is asked
 * for is taken a moment after the last asking, and never later than a second after the first ({@link Coalescing}).
 *
 * <p>A snapshot that is other hardware than the one before is told to who diagnoses; any that differs at all is recorded, on the
 * thread of this service.
 */
final class TopologyService implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyService.class);
    private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Provider> providers = new ArrayList<>();
    private final Consumer<Topology> changed;
    private final Consumer<Topology> record;
    private final Coalescing asked = new Coalescing();
    private final List<CompletableFuture<Topology>> waiting = new ArrayList<>();
    private volatile Topology latest = Topology.EMPTY;
    private boolean unrecorded = true;
    private boolean taken;
    private long takenAt;
    private boolean stopped;

    /** A source with the context that it is asked in. */
    private record Provider(ModuleState module, ModuleContext context) {}

    /**
     * Makes a service with an empty snapshot.
     *
     * @param changed told each snapshot that is other hardware than the one before, on the thread that took it
     * @param record told each snapshot that differs from the one recorded before, on the thread of {@link #run}
     */
    TopologyService(Consumer<Topology> changed, Consumer<Topology> record) {
        this.changed = changed;
        this.record = record;
    }

    void add(ModuleState module, ModuleContext context) {
        providers.add(new Provider(module, context));
    }

    Topology latest() {
        return latest;
    }

    /** Asks for a new snapshot soon. */
    synchronized void stale(String why) {
        LOG.debug("the topology may have changed: {}", why);
        asked.ask(System.nanoTime());
        notifyAll();
    }

    /**
     * Asks for a snapshot at once; the answer comes when it is taken and recorded, on the thread of {@link #run}. One that is younger
     * than a second is taken for fresh, so that nobody keeps the daemon busy by asking.
     */
    synchronized CompletableFuture<Topology> fresh() {
        CompletableFuture<Topology> answer = new CompletableFuture<>();
        boolean young = taken && !unrecorded && System.nanoTime() - takenAt < YOUNG_NANOS;
        if (stopped || young) {
            answer.complete(latest);
            return answer;
        }
        waiting.add(answer);
        notifyAll();
        return answer;
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Takes and records the snapshots that are asked for, until {@link #stop}. */
    @Override
    public void run() {
        try {
            for (Work work = next(); work != Work.NONE; work = next()) {
                serve(work);
            }
        } catch (InterruptedException e) {
            LOG.warn("the topology is not followed any more: interrupted");
        }
    }

    /** What is to be done next. */
    private enum Work {
        SNAPSHOT,
        RECORD,
        NONE
    }

    private void serve(Work work) {
        List<CompletableFuture<Topology>> answers;
        synchronized (this) {
            answers = List.copyOf(waiting);
            waiting.clear();
        }
        if (work == Work.SNAPSHOT) {
            refresh();
        }
        Topology current = latest;
        if (takeUnrecorded()) {
            try {
                record.accept(current);
            } catch (RuntimeException e) {
                LOG.error("the hardware is not recorded: {}", e.toString());
            }
        }
        answers.forEach(answer -> answer.complete(current));
    }

    private synchronized boolean takeUnrecorded() {
        boolean was = unrecorded;
        unrecorded = false;
        return was;
    }

    private synchronized Work next() throws InterruptedException {
        while (!stopped) {
            long now = System.nanoTime();
            if (!waiting.isEmpty() || asked.take(now)) {
                return Work.SNAPSHOT;
            }
            if (unrecorded) {
                return Work.RECORD;
            }
            long due = asked.waits(now);
            if (due < 0) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, due);
            }
        }
        waiting.forEach(answer -> answer.complete(latest));
        waiting.clear();
        return Work.NONE;
    }

    /** Takes a snapshot now and returns it; the one before, if none can be taken. */
    Topology refresh() {
        Topology before;
        Topology now;
        synchronized (providers) {
            before = latest;
            now = take();
            latest = now;
        }
        boolean differs = !now.nodes().equals(before.nodes());
        synchronized (this) {
            taken = true;
            takenAt = System.nanoTime();
            unrecorded |= differs;
            notifyAll();
        }
        if (differs && !now.isSameHardware(before)) {
            changed.accept(now);
        }
        return now;
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

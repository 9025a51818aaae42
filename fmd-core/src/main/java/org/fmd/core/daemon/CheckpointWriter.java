// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Writes checkpoints on a thread of its own, so that the fault manager does not wait for the disk. */
final class CheckpointWriter implements Runnable {
    private final Checkpoint checkpoint;
    /** Empty for the end. */
    private final BlockingQueue<Optional<Checkpoint.Saved>> queue = new LinkedBlockingQueue<>();

    private final Consumer<Checkpoint.Saved> durable;
    private final AtomicInteger unwritten = new AtomicInteger();

    /** @param durable told each checkpoint that is on disk: a restart needs the logs from there on */
    CheckpointWriter(Checkpoint checkpoint, Consumer<Checkpoint.Saved> durable) {
        this.checkpoint = checkpoint;
        this.durable = durable;
    }

    /** Whether all that was handed over is written. */
    boolean isIdle() {
        return unwritten.get() == 0;
    }

    /** Hands over a checkpoint; it is written after those before it. */
    void write(Checkpoint.Saved saved) {
        unwritten.incrementAndGet();
        queue.add(Optional.of(saved));
    }

    /** Lets the thread end when all is written. */
    void stop() {
        queue.add(Optional.empty());
    }

    @Override
    public void run() {
        try {
            for (Optional<Checkpoint.Saved> next = queue.take(); next.isPresent(); next = queue.take()) {
                save(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes the next checkpoint that waits, on the caller's thread, in place of {@link #run}; whether there was one. */
    boolean step() {
        Optional<Checkpoint.Saved> next = queue.poll();
        if (next == null || next.isEmpty()) {
            return false;
        }
        save(next.get());
        return true;
    }

    private void save(Checkpoint.Saved saved) {
        if (checkpoint.save(saved)) {
            durable.accept(saved);
        }
        unwritten.decrementAndGet();
    }
}

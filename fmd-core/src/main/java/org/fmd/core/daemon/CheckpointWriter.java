// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes checkpoints on a thread of its own, so that the fault manager does not wait for the disk. */
final class CheckpointWriter implements Runnable {
    private final Checkpoint checkpoint;
    /** Empty for the end. */
    private final BlockingQueue<Optional<Checkpoint.Saved>> queue = new LinkedBlockingQueue<>();

    private final AtomicInteger unwritten = new AtomicInteger();

    CheckpointWriter(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
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
                checkpoint.save(next.get());
                unwritten.decrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

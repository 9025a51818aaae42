// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.fmd.core.cases.Case;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of the fault manager: one input after another, each {@linkplain Handling from one end to the other}. */
final class ManagerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("fault-manager");
    private static final int CAPACITY = 8192;
    private static final Duration FOREVER = Duration.ofDays(1000);

    /** What others may see: values of one moment. */
    record View(FaultManager.Snapshot snapshot, Map<String, Long> discarded, int unsolved, long handled) {
        List<Case> cases() {
            return snapshot.cases();
        }
    }

    /** An input, and who waits for what comes of it. */
    private record Work(Input input, @Nullable CompletableFuture<List<Output>> asker) {}

    private final FaultManager manager;
    private final Handling handling;
    private final InstantSource clock;
    private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(CAPACITY);
    private volatile View view;
    private volatile boolean stopping;
    private long handled;

    ManagerLoop(FaultManager manager, Handling handling, InstantSource clock) {
        this.manager = manager;
        this.handling = handling;
        this.clock = clock;
        this.view = takeView();
    }

    View view() {
        return view;
    }

    int waiting() {
        return queue.size();
    }

    /** Hands over an input; waits while the queue is full. */
    void put(Input input) {
        enqueue(new Work(input, null));
    }

    /** Hands over an input; the future holds what came of it, once that is durable. */
    CompletableFuture<List<Output>> ask(Input input) {
        CompletableFuture<List<Output>> answer = new CompletableFuture<>();
        enqueue(new Work(input, answer));
        return answer;
    }

    private void enqueue(Work work) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(work);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the thread end after the inputs that wait. */
    void stop() {
        stopping = true;
        handling.stopping();
        put(new Input.TimePassed(clock.instant()));
    }

    @Override
    public void run() {
        view = takeView();
        try {
            while (!stopping || !queue.isEmpty()) {
                Work work = next();
                Input input = work == null ? new Input.TimePassed(clock.instant()) : work.input();
                List<Output> outputs = handling.handle(input);
                if (handling.hasGivenUp()) {
                    LOG.warn("{} inputs are handled after the next start", queue.size());
                    return;
                }
                handled++;
                if (!outputs.isEmpty() || queue.isEmpty()) {
                    view = takeView();
                }
                if (work != null && work.asker() != null) {
                    work.asker().complete(outputs);
                }
                handling.saveIfDue(stopping && queue.isEmpty());
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted with {} inputs waiting; they are handled after the next start", queue.size());
        } catch (RuntimeException | Error e) {
            LOG.error("the fault manager failed and diagnoses nothing any more; restart the daemon", e);
            throw e;
        }
    }

    /** Returns the next input; null when a timer is due before one comes. */
    private @Nullable Work next() throws InterruptedException {
        Work waiting = queue.poll();
        Optional<Instant> wakeup = manager.nextWakeup();
        if (waiting != null) {
            return waiting;
        }
        long untilSave =
                handling.isUnsaved() ? TimeUnit.NANOSECONDS.toMillis(handling.untilSave()) + 1 : Long.MAX_VALUE;
        if (wakeup.isEmpty() && untilSave == Long.MAX_VALUE) {
            return queue.take();
        }
        Duration wait = wakeup.map(at -> Duration.between(clock.instant(), at)).orElse(FOREVER);
        return wait.isNegative() || wait.isZero()
                ? null
                : queue.poll(Math.min(untilSave, wait.plusMillis(1).toMillis()), TimeUnit.MILLISECONDS);
    }

    private View takeView() {
        return new View(manager.snapshot(), manager.discarded(), manager.unsolved(), handled);
    }
}

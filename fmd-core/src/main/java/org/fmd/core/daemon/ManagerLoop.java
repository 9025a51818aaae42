// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.fmd.core.cases.Case;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogRecord;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.model.event.Event;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.TypedJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of the fault manager: one input after another, what it asks for made durable, then made visible. It alone writes the
 * fault log and the information log.
 */
final class ManagerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("fault-manager");
    private static final int CAPACITY = 8192;
    private static final Duration FOREVER = Duration.ofDays(1000);
    private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** So many times as long as a checkpoint takes nothing is saved: two in a hundred for that, whatever there is to save. */
    private static final long REST_FACTOR = 50;

    /** What others may see: values of one moment. */
    record View(FaultManager.Snapshot snapshot, Map<String, Long> discarded, int unsolved, long handled) {
        List<Case> cases() {
            return snapshot.cases();
        }
    }

    /** An input, and who waits for what comes of it. */
    private record Work(Input input, @Nullable CompletableFuture<List<Output>> asker) {}

    private final FaultManager manager;
    private final EventLog fltlog;
    private final EventLog infolog;
    private final CheckpointWriter checkpoints;
    private final InstantSource clock;
    private final Consumer<Output.TellAgents> agents;
    private final Consumer<Output.EngineFailed> engineFailed;
    private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(CAPACITY);
    private volatile View view;
    private volatile boolean stopping;
    private long handled;
    private @Nullable LogRef lastHandled;
    private @Nullable LogRef lastSaved;
    private @Nullable LogRef lastFault;
    private @Nullable LogRef lastInfo;
    /** Whether something happened that only the checkpoint tells in its right order. */
    private boolean saveSoon;

    private boolean saved;
    private long savedAt;
    private long saveTook;

    ManagerLoop(
            FaultManager manager,
            EventLog fltlog,
            EventLog infolog,
            CheckpointWriter checkpoints,
            InstantSource clock,
            Consumer<Output.TellAgents> agents,
            Consumer<Output.EngineFailed> engineFailed) {
        this.engineFailed = engineFailed;
        this.manager = manager;
        this.fltlog = fltlog;
        this.infolog = infolog;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.agents = agents;
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

    /** Says which are the last records of the fault log and the information log, before the first input. */
    void restored(@Nullable LogRef fault, @Nullable LogRef info) {
        lastFault = fault;
        lastInfo = info;
    }

    /** Says which is the last record of the error log that was handled again, if there is one; the next checkpoint names it. */
    void replayed(@Nullable LogRef last) {
        lastHandled = last;
        saveSoon = true;
    }

    /** Handles an input on the caller's thread, before {@link #run}: what the error log held when the daemon started. */
    void replay(Input input) {
        perform(manager.handle(input));
    }

    /** Lets the thread end after the inputs that wait. */
    void stop() {
        stopping = true;
        put(new Input.TimePassed(clock.instant()));
    }

    @Override
    public void run() {
        view = takeView();
        try {
            while (!stopping || !queue.isEmpty()) {
                Work work = next();
                Input input = work == null ? new Input.TimePassed(clock.instant()) : work.input();
                List<Output> outputs = manager.handle(input);
                perform(outputs);
                handled++;
                if (!outputs.isEmpty() || queue.isEmpty()) {
                    view = takeView();
                }
                if (work != null && work.asker() != null) {
                    work.asker().complete(outputs);
                }
                saveIfDue(input);
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
        long untilSave = isUnsaved() ? TimeUnit.NANOSECONDS.toMillis(untilSave()) + 1 : Long.MAX_VALUE;
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

    /** All that is to be logged is durable before the first agent is told. */
    void perform(List<Output> outputs) {
        List<Output.TellAgents> told = new ArrayList<>();
        boolean log = false;
        for (Output output : outputs) {
            if (output instanceof Output.LogFault || output instanceof Output.LogInfo) {
                log = true;
            } else if (output instanceof Output.TellAgents tell) {
                told.add(tell);
            } else if (output instanceof Output.EngineFailed failed) {
                engineFailed.accept(failed);
            } else if (output instanceof Output.Note note) {
                if (note.level() == Output.Level.WARN) {
                    LOG.warn(note.text());
                } else {
                    LOG.info(note.text());
                }
            }
        }
        if (log) {
            makeDurable(outputs);
        }
        told.forEach(agents);
    }

    /** Tries until it succeeds: a diagnosis is neither lost nor told before it is on disk. */
    private void makeDurable(List<Output> outputs) {
        for (long failures = 0; ; failures++) {
            try {
                for (Output output : outputs) {
                    if (output instanceof Output.LogFault fault) {
                        lastFault = fltlog.appendVital(
                                record(fault.event(), fault.event().uuid()));
                        saveSoon |= fault.event().kind() == ListKind.REPAIRED;
                    } else if (output instanceof Output.LogInfo info) {
                        lastInfo = infolog.appendVital(
                                record(info.event(), info.event().uuid()));
                    }
                }
                fltlog.sync();
                infolog.sync();
                if (failures > 0) {
                    LOG.warn("the logs can be written again, after {} attempts", failures);
                }
                return;
            } catch (LogException e) {
                if (failures == 0) {
                    LOG.error("a diagnosis cannot be logged, trying again every second: {}", e.getMessage());
                }
                if (stopping) {
                    LOG.error("a diagnosis is made again at the next start, since it could not be logged");
                    return;
                }
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private static LogRecord record(Event event, UUID uuid) {
        return LogRecord.of(event.tod(), uuid, event.eventClass().name(), TypedJson.write(event));
    }

    private void saveIfDue(Input input) {
        if (input instanceof Input.EreportAccepted accepted) {
            lastHandled = accepted.ref();
        } else if (input instanceof Input.TopologyTaken) {
            saveSoon = true;
        }
        if (isUnsaved() && (stopping ? queue.isEmpty() : untilSave() <= 0)) {
            save();
        }
    }

    private boolean isUnsaved() {
        return lastHandled != null && (saveSoon || !lastHandled.equals(lastSaved));
    }

    /** How long to wait yet; the more there is to save the rarer it is done. */
    private long untilSave() {
        if (!saved) {
            return 0;
        }
        long rest = Math.max(REST_FACTOR * saveTook, saveSoon ? 0 : CHECKPOINT_NANOS);
        long left = savedAt + rest - System.nanoTime();
        // The disk is slow; look again in a while.
        return left <= 0 && !checkpoints.isIdle() ? TimeUnit.SECONDS.toNanos(1) : left;
    }

    private void save() {
        LogRef handledNow = lastHandled;
        if (handledNow == null) {
            return;
        }
        long begun = System.nanoTime();
        checkpoints.write(new Checkpoint.Saved(
                handledNow, Optional.ofNullable(lastFault), Optional.ofNullable(lastInfo), manager.remember()));
        savedAt = System.nanoTime();
        saveTook = savedAt - begun;
        lastSaved = handledNow;
        saveSoon = false;
        saved = true;
    }
}

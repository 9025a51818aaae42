// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * What is done with one input of the fault manager, from one end to the other: what it asks for is made durable, then visible, and
 * now and then a checkpoint is made. Belongs to one thread, and has none of its own; it alone writes the fault log and the
 * information log.
 */
final class Handling {
    private static final Logger LOG = LoggerFactory.getLogger("fault-manager");
    private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** So many times as long as a checkpoint takes nothing is saved: two in a hundred for that, whatever there is to save. */
    private static final long REST_FACTOR = 50;

    private final FaultManager manager;
    private final EventLog fltlog;
    private final EventLog infolog;
    private final CheckpointWriter checkpoints;
    private final Pace pace;
    private final Consumer<Output.TellAgents> agents;
    private final Consumer<Output.EngineFailed> engineFailed;
    private volatile boolean stopping;
    private boolean givenUp;
    private @Nullable LogRef lastHandled;
    private @Nullable LogRef lastSaved;
    private @Nullable LogRef lastFault;
    private @Nullable LogRef lastInfo;
    /** Whether something happened that only the checkpoint tells in its right order. */
    private boolean saveSoon;

    private boolean saved;
    private long savedAt;
    private long saveTook;

    /**
     * Makes a beginning.
     *
     * @param agents told what is durable
     * @param engineFailed told of each engine that is out of service from now on
     */
    Handling(
            FaultManager manager,
            EventLog fltlog,
            EventLog infolog,
            CheckpointWriter checkpoints,
            Pace pace,
            Consumer<Output.TellAgents> agents,
            Consumer<Output.EngineFailed> engineFailed) {
        this.manager = manager;
        this.fltlog = fltlog;
        this.infolog = infolog;
        this.checkpoints = checkpoints;
        this.pace = pace;
        this.agents = agents;
        this.engineFailed = engineFailed;
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

    /** Gives up from now on what cannot be made durable at once: it is concluded again at the next start. */
    void stopping() {
        stopping = true;
    }

    /**
     * Whether something was given up: the fault manager knows then what the logs do not, so it must not go on, and nothing of it
     * is saved.
     */
    boolean hasGivenUp() {
        return givenUp;
    }

    /** Handles an input; what came of it is durable when this returns, and the agents are told, or it is {@linkplain #hasGivenUp given up}. */
    List<Output> handle(Input input) {
        List<Output> outputs = manager.handle(input);
        perform(outputs);
        if (input instanceof Input.EreportAccepted accepted) {
            lastHandled = accepted.ref();
        } else if (input instanceof Input.TopologyTaken) {
            saveSoon = true;
        }
        return outputs;
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
        if (log && !makeDurable(outputs)) {
            givenUp = true;
            return;
        }
        told.forEach(agents);
    }

    /** Tries until it succeeds: a diagnosis is neither lost nor told before it is on disk. Whether it did, or was given up. */
    private boolean makeDurable(List<Output> outputs) {
        Batch faults = new Batch(fltlog);
        Batch infos = new Batch(infolog);
        for (Output output : outputs) {
            if (output instanceof Output.LogFault fault) {
                faults.add(record(fault.event(), fault.event().uuid()));
                saveSoon |= fault.event().kind() == ListKind.REPAIRED;
            } else if (output instanceof Output.LogInfo info) {
                infos.add(record(info.event(), info.event().uuid()));
            }
        }
        for (long failures = 0; ; failures++) {
            try {
                lastFault = faults.commit(lastFault);
                lastInfo = infos.commit(lastInfo);
                if (failures > 0) {
                    LOG.warn("the logs can be written again, after {} attempts", failures);
                }
                return true;
            } catch (LogException e) {
                if (failures == 0) {
                    LOG.error("a diagnosis cannot be logged, trying again every second: {}", e.getMessage());
                }
                if (stopping) {
                    LOG.error("a diagnosis is made again at the next start, since it could not be logged");
                    return false;
                }
                pace.pause();
            }
        }
    }

    private static LogRecord record(Event event, UUID uuid) {
        return LogRecord.of(event.tod(), uuid, event.eventClass().name(), TypedJson.write(event));
    }

    /** Makes a checkpoint, if it is time for one; {@code last}: if there is anything to save, since the daemon stops. */
    void saveIfDue(boolean last) {
        if (isUnsaved() && (last || untilSave() <= 0)) {
            save();
        }
    }

    /** Whether something happened since the last checkpoint. */
    boolean isUnsaved() {
        return !givenUp && lastHandled != null && (saveSoon || !lastHandled.equals(lastSaved));
    }

    /** How many nanoseconds to wait yet; the more there is to save the rarer it is done. */
    long untilSave() {
        if (!saved) {
            return 0;
        }
        long rest = Math.max(REST_FACTOR * saveTook, saveSoon ? 0 : CHECKPOINT_NANOS);
        long left = savedAt + rest - pace.nanoTime();
        // The disk is slow; look again in a while.
        return left <= 0 && !checkpoints.isIdle() ? TimeUnit.SECONDS.toNanos(1) : left;
    }

    private void save() {
        LogRef handledNow = lastHandled;
        if (handledNow == null) {
            return;
        }
        long begun = pace.nanoTime();
        checkpoints.write(new Checkpoint.Saved(
                handledNow, Optional.ofNullable(lastFault), Optional.ofNullable(lastInfo), manager.remember()));
        savedAt = pace.nanoTime();
        saveTook = savedAt - begun;
        lastSaved = handledNow;
        saveSoon = false;
        saved = true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogKeeper;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogNotice;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.model.event.LogRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon without threads: the fault manager with its three logs and its checkpoint, opened, brought to where they were, and
 * driven one step at a time.
 *
 * <pre>
 *   thread         step
 *   journal        appends to {@link #errlog}
 *   fault-manager  {@link #handle}, {@link #saveIfDue}
 *   checkpoint     {@link #writeCheckpoint}
 *   log-keeper     {@link #keeper}, work
 * </pre>
 *
 * <p>{@link Daemon} gives each step its thread; whoever wants to decide himself what happens when takes the steps himself.
 */
public final class DaemonCore implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger("fmd");

    private final LogFiles files;
    private final FaultManager manager;
    private final Pace pace;
    private final EventLog errlog;
    private final LogKeeper keeper;
    private final CheckpointWriter writer;
    private final Handling handling;
    private final Optional<Checkpoint.Saved> saved;
    private final long opened;
    private final long loaded;
    private final Deque<EventLog> open = new ArrayDeque<>();

    /** Whom the core tells what has come of an input. */
    public interface Listener {
        /** A list event that is durable: the agents are to be told. */
        void tell(Output.TellAgents tell);

        /** An engine is out of service from now on. */
        void failed(Output.EngineFailed failed);
    }

    private DaemonCore(
            LogFiles files,
            LogOrigin origin,
            LogOptions options,
            long quota,
            FaultManager manager,
            Pace pace,
            Listener listener)
            throws IOException {
        this.files = files;
        this.manager = manager;
        this.pace = pace;
        this.keeper = new LogKeeper(files, quota, LOG::warn);
        try {
            this.errlog = open(LogLabel.ERROR, origin, options);
            EventLog fltlog = open(LogLabel.FAULT, origin, options);
            EventLog infolog = open(LogLabel.INFO, origin, options);
            Checkpoint checkpoint = new Checkpoint(files);
            this.opened = pace.nanoTime();
            this.saved = checkpoint.load();
            this.loaded = pace.nanoTime();
            saved.ifPresent(this::keepFrom);
            this.writer = new CheckpointWriter(checkpoint, this::keepFrom);
            this.handling = new Handling(manager, fltlog, infolog, writer, pace, listener::tell, listener::failed);
        } catch (IOException | RuntimeException e) {
            open.forEach(log -> closeQuietly(log, e));
            throw e;
        }
    }

    /**
     * Opens the logs, mends them where necessary, and reads the checkpoint.
     *
     * @param quota {@code log.quota}
     * @param manager without engines yet
     * @throws IOException if the logs cannot be opened
     */
    public static DaemonCore open(
            LogFiles files,
            LogOrigin origin,
            LogOptions options,
            long quota,
            FaultManager manager,
            Pace pace,
            Listener listener)
            throws IOException {
        return new DaemonCore(files, origin, options, quota, manager, pace, listener);
    }

    private void keepFrom(Checkpoint.Saved needed) {
        keeper.keepFrom(
                needed.published(),
                Stream.concat(needed.fault().stream(), needed.info().stream()).toArray(LogRef[]::new));
    }

    private EventLog open(LogLabel label, LogOrigin origin, LogOptions options) throws IOException {
        EventLog log = EventLog.open(files, label, origin, options);
        open.push(log);
        log.whenRotated(
                keeper::wake, failure -> LOG.warn("'{}' is not rotated yet: {}", log.path(), failure.getMessage()));
        for (LogNotice notice : log.notices()) {
            if (notice instanceof LogNotice.Created) {
                LOG.info(notice.sentence());
            } else {
                LOG.warn(notice.sentence());
            }
        }
        return log;
    }

    private static void closeQuietly(EventLog log, Exception cause) {
        try {
            log.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Brings the fault manager to where it was, before the first other step.
     *
     * @param engines starts the engines anew, if one of them refuses its memory
     * @param hardware as it is now
     * @param clock the time from then on; asked when all was handled again
     * @return what was handled again
     * @throws IOException if the logs cannot be read
     */
    public Restarted restart(Runnable engines, Topology hardware, InstantSource clock) throws IOException {
        long begun = pace.nanoTime();
        Restarted restarted = new Restart(files, manager, handling).run(saved, engines, hardware, clock);
        LOG.info(
                "the state is restored: {} ms for the checkpoint, {} ms for rules and hardware, {} ms for the logs",
                TimeUnit.NANOSECONDS.toMillis(loaded - opened),
                TimeUnit.NANOSECONDS.toMillis(begun - loaded),
                TimeUnit.NANOSECONDS.toMillis(pace.nanoTime() - begun));
        return restarted;
    }

    /**
     * What a restart has handled again.
     *
     * @param from all ereports after this one; empty for all that there are
     * @param ereports how many
     */
    public record Restarted(Optional<LogRef> from, long ereports) {}

    /** Handles an input; what came of it is durable when this returns, and the agents are told. */
    public List<Output> handle(Input input) {
        return handling.handle(input);
    }

    /** Makes a checkpoint, if it is time for one, for {@link #writeCheckpoint} to write. */
    public void saveIfDue() {
        handling.saveIfDue(false);
    }

    /** The daemon is going to stop: what cannot be made durable from now on is given up, and concluded again at the next start. */
    public void stopping() {
        handling.stopping();
    }

    /** Whether something was given up since then: no input may be handled any more. */
    public boolean hasGivenUp() {
        return handling.hasGivenUp();
    }

    /** Makes the last checkpoint, if there is anything to save. */
    public void saveLast() {
        handling.saveIfDue(true);
    }

    /** Writes the next checkpoint that waits; whether there was one. */
    public boolean writeCheckpoint() {
        return writer.step();
    }

    /**
     * Returns what an agent may have missed: the last step of each case that it has not answered. Of a case that is still open it is
     * told again, since what it did does not always outlive a boot.
     */
    public List<Missed> missed(String agent) {
        return Missed.of(agent, manager.cases());
    }

    /** The error log, which the journal writes. */
    public EventLog errlog() {
        return errlog;
    }

    /** What seals rotated logs and deletes old ones. */
    public LogKeeper keeper() {
        return keeper;
    }

    CheckpointWriter writer() {
        return writer;
    }

    Handling handling() {
        return handling;
    }

    /** Closes the logs; what was appended is made durable, if that is possible. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (EventLog log : open) {
            try {
                log.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.fmd.api.EreportLookup;
import org.fmd.api.topo.Topology;
import org.fmd.core.daemon.Checkpoint.Saved;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the logs and the checkpoint to the state that the daemon had when it ended, however it ended.
 *
 * <pre>
 *               checkpoint                                   crash
 *   errlog  ────────┼── handled again, on the hardware of the ───┤   then the hardware as it is now
 *   fltlog  ────────┼── checkpoint; what these logs hold counts ─┤
 *   infolog ────────┼── when the time that they carry has come ──┤
 * </pre>
 *
 * <p>Without a checkpoint that can be used all of the error log is handled again, on the hardware as it is now. If only its
 * position can be used, what is concluded up to there counts as published: it is in the fault log, or was there once.
 */
final class Restart {
    private static final Logger LOG = LoggerFactory.getLogger("fmd");

    private final LogFiles files;
    private final FaultManager manager;
    private final Handling handling;
    private @Nullable LogRef last;

    Restart(LogFiles files, FaultManager manager, Handling handling) {
        this.files = files;
        this.manager = manager;
        this.handling = handling;
    }

    /**
     * Brings the fault manager to where it was.
     *
     * @param saved the checkpoint
     * @param engines starts the engines anew, if one of them refuses its memory
     * @param hardware as it is now
     * @throws IOException if the logs cannot be read
     */
    DaemonCore.Restarted run(Optional<Saved> saved, Runnable engines, Topology hardware, InstantSource clock)
            throws IOException {
        boolean known = saved.isPresent() && exists(LogLabel.ERROR, saved.get().published());
        if (saved.isPresent() && !known) {
            LOG.warn("the checkpoint is not used, since the error log does not hold the record that it names");
        }
        boolean recalled = known && recall(saved.get(), engines);
        handling.restored(
                restore(LogLabel.FAULT, recalled ? saved.get().fault() : Optional.empty(), recalled),
                restore(LogLabel.INFO, recalled ? saved.get().info() : Optional.empty(), recalled));
        if (!recalled) {
            manager.begin(hardware);
        }
        long handled = replay(recalled, known ? saved.map(Saved::published) : Optional.empty());
        handling.replayed(last);
        if (handled > 0) {
            LOG.info("{} ereports of the error log were handled again", handled);
        }
        handling.handle(new Input.TopologyTaken(clock.instant(), hardware));
        return new DaemonCore.Restarted(recalled ? saved.map(Saved::published) : Optional.empty(), handled);
    }

    private boolean exists(LogLabel label, LogRef ref) throws IOException {
        try (LogReader reader = LogReader.history(files, label, damage -> {})) {
            return reader.read(ref).isPresent();
        }
    }

    private boolean recall(Saved saved, Runnable engines) throws IOException {
        if (saved.memory().isEmpty()) {
            return false;
        }
        try (Found found = new Found(LogReader.history(files, LogLabel.ERROR, damage -> {}))) {
            Optional<String> refused = manager.recall(saved.memory().get(), found);
            if (refused.isPresent()) {
                LOG.warn(
                        "all of the error log is handled again, since the checkpoint cannot be used: {}",
                        refused.get());
                engines.run();
            }
            return refused.isEmpty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Ereports by their place in the log. */
    private record Found(LogReader reader) implements EreportLookup, Closeable {
        @Override
        public Optional<Ereport> find(LogRef ref) {
            try {
                return reader.read(ref).flatMap(Restart::event).map(e -> e instanceof Ereport ereport ? ereport : null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /**
     * Reads what was concluded.
     *
     * @param known up to which record it is to count from the beginning; the others when their time has come
     * @param recalled whether the fault manager knows what it knew then; if not, none is to count from the beginning
     * @return the last record, null if there is none
     */
    private @Nullable LogRef restore(LogLabel label, Optional<LogRef> known, boolean recalled) throws IOException {
        // A log that does not hold the record is not the one of then: all that there is counts from the beginning.
        boolean all = recalled && known.isPresent() && !exists(label, known.get());
        boolean[] restoring = {all || known.isPresent()};
        LogRef[] lastRead = new LogRef[1];
        read(label, Optional.empty(), entry -> {
            Optional<Event> event = event(entry);
            event.ifPresent(restoring[0] ? manager::restore : manager::expect);
            if (!all && restoring[0] && entry.ref().equals(known.orElse(null))) {
                restoring[0] = false;
            }
            lastRead[0] = entry.ref();
        });
        return lastRead[0];
    }

    private long replay(boolean recalled, Optional<LogRef> published) throws IOException {
        boolean[] muted = {!recalled && published.isPresent()};
        manager.mute(muted[0]);
        last = recalled ? published.orElse(null) : null;
        long[] count = {0};
        read(LogLabel.ERROR, recalled ? published : Optional.empty(), entry -> {
            if (event(entry).orElse(null) instanceof Ereport ereport) {
                handling.handle(new Input.EreportAccepted(ereport.tod(), entry.ref(), ereport));
                last = entry.ref();
                count[0]++;
            }
            if (muted[0] && entry.ref().equals(published.orElse(null))) {
                muted[0] = false;
                manager.mute(false);
            }
        });
        manager.mute(false);
        handling.perform(manager.caughtUp());
        return count[0];
    }

    private void read(LogLabel label, Optional<LogRef> after, Consumer<LogEntry> each) throws IOException {
        try (LogReader reader = LogReader.history(files, label, Restart::warn)) {
            if (after.isPresent() && !reader.resumeAfter(after.get())) {
                throw new IOException("the " + label + " log is changed by somebody else");
            }
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                each.accept(entry);
            }
        }
    }

    private static void warn(Damage damage) {
        LOG.warn("skipping what is damaged: {}", damage);
    }

    private static Optional<Event> event(LogEntry entry) {
        try {
            return Optional.of(TypedJson.readEvent(entry.record().body()));
        } catch (JsonProblem e) {
            LOG.warn("skipping the record at {}: {}", entry.ref(), e.getMessage());
            return Optional.empty();
        }
    }
}

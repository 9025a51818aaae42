// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.fmd.api.topo.Topology;
import org.fmd.core.daemon.DaemonCore;
import org.fmd.core.daemon.DaemonSettings;
import org.fmd.core.daemon.Pace;
import org.fmd.core.daemon.StateLock;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogRecord;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.TypedJson;

/** Through the daemon's core, into the logs of a state directory that has none yet. */
final class Keeping implements Diagnosing {
    private static final int SYNC_EVERY = 4096;

    private final StateLock lock;
    private final DaemonCore core;

    private Keeping(StateLock lock, DaemonCore core) {
        this.lock = lock;
        this.core = core;
    }

    /**
     * Makes the logs.
     *
     * @param engines starts the engines, which the fault manager does not have yet
     * @throws ReplayFailure if a daemon runs there, or there are logs
     */
    static Keeping in(
            Path state,
            DaemonSettings settings,
            FaultManager manager,
            Runnable engines,
            Topology hardware,
            Supplier<UUID> ids)
            throws ReplayFailure, IOException {
        Files.createDirectories(state);
        StateLock lock = take(state);
        try {
            LogFiles files = LogFiles.in(state);
            for (LogLabel label : LogLabel.values()) {
                if (files.names().stream().anyMatch(name -> name.matches(label.fileName() + "([-.].*)?"))) {
                    throw new ReplayFailure(
                            "cannot keep anything in '" + state
                                    + "': there is a log in it; name a new or empty directory with -R",
                            null);
                }
            }
            LogOptions options = new LogOptions(settings.minFree(), InstantSource.system(), ids)
                    .rotating(settings.rotateSize(), LogOptions.NEVER);
            DaemonCore core = DaemonCore.open(
                    files,
                    LogOrigin.ofThisHost("fmd replay"),
                    options,
                    Long.MAX_VALUE,
                    manager,
                    Pace.SYSTEM,
                    new Silent());
            engines.run();
            core.restart(engines, hardware, () -> Instant.EPOCH);
            return new Keeping(lock, core);
        } catch (IOException | RuntimeException | ReplayFailure e) {
            lock.close();
            throw e;
        }
    }

    private static StateLock take(Path state) throws ReplayFailure {
        try {
            return StateLock.take(state);
        } catch (IOException e) {
            throw new ReplayFailure("cannot keep anything in '" + state + "': " + e.getMessage(), e);
        }
    }

    /** No agents are told; an engine that fails is seen by its output. */
    private static final class Silent implements DaemonCore.Listener {
        @Override
        public void tell(Output.TellAgents tell) {}

        @Override
        public void failed(Output.EngineFailed failed) {}
    }

    @Override
    public Step take(Lane.Item item) throws IOException {
        Ereport ereport = item.ereport();
        EventLog errlog = core.errlog();
        LogRef ref = errlog.append(LogRecord.of(
                ereport.tod(), LogRecord.NO_UUID, ereport.eventClass().name(), TypedJson.write(ereport)));
        if (errlog.unsynced() >= SYNC_EVERY) {
            errlog.sync();
        }
        return new Step(ref, core.handle(new Input.EreportAccepted(ereport.tod(), ref, ereport)));
    }

    @Override
    public List<Output> pass(Input.TimePassed time) {
        return core.handle(time);
    }

    @Override
    public void finish() throws IOException {
        core.errlog().sync();
        core.saveLast();
        while (core.writeCheckpoint()) {
            core.keeper().work();
        }
        core.keeper().work();
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            core.close();
        }
    }
}

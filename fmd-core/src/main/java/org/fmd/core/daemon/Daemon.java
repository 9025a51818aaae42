// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.fmd.api.Agent;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.EventSource;
import org.fmd.api.TopologySource;
import org.fmd.core.ctl.ControlServer;
import org.fmd.core.intake.Intake;
import org.fmd.core.intake.Journal;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogReserve;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.core.time.SteadyClock;
import org.fmd.core.topo.SnapshotFile;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running fault manager: owns all parts, starts them in order and stops them in the reverse. */
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger("fmd");
    private static final EventClass MODULE_FAILED = new EventClass("ereport.fm.fmd.module");

    /** A part that is running, and how it ends. */
    private record Running(String name, Ending ending) {}

    /** What ends a part. */
    @FunctionalInterface
    private interface Ending {
        void end() throws IOException, InterruptedException;
    }

    private final Places places;
    private final InstantSource clock;
    private final SteadyClock steady;
    private final DaemonSettings settings;
    private final MessageCatalog messages;
    private final Intake intake;
    private final FaultManager manager;
    private final List<ModuleState> modules = new ArrayList<>();
    private final Deque<Running> running = new ArrayDeque<>();
    private final TopologyService topology;
    private final HardwareRecorder recorder;
    private final Agents agents;
    private @Nullable ManagerLoop loop;
    private @Nullable ControlServer control;
    private @Nullable Journal journal;
    private @Nullable LogReserve reserve;

    private Daemon(Places places, InstantSource clock, DaemonSettings settings, MessageCatalog messages) {
        this.places = places;
        this.clock = clock;
        this.steady = new SteadyClock(clock, System::nanoTime);
        this.settings = settings;
        this.messages = messages;
        this.intake = new Intake(settings.intake(), steady);
        this.manager = new FaultManager(messages, settings.caseAge());
        this.recorder = new HardwareRecorder(LogFiles.in(places.state()), clock);
        this.topology = new TopologyService(
                taken -> {
                    ManagerLoop started = loop;
                    if (started != null) {
                        started.put(new Input.TopologyTaken(steady.instant(), taken));
                    }
                },
                recorder::record);
        this.agents = new Agents(messages, settings.host());
    }

    /**
     * Starts a daemon.
     *
     * @param conf the configuration as read; what is wrong with it beyond that is added to {@code problems}
     * @return the daemon, running; empty if there are problems, and then nothing was started
     * @throws IOException if the logs cannot be opened or the control socket cannot be bound
     */
    public static Optional<Daemon> start(
            Places places, FmdConf conf, DaemonSettings settings, InstantSource clock, Problems problems)
            throws IOException {
        MessageCatalog messages = MessageCatalog.load(places.dict());
        messages.problems().forEach(LOG::warn);
        Daemon daemon = new Daemon(places, clock, settings, messages);
        daemon.loadModules(conf, problems);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        try {
            daemon.startParts();
        } catch (IOException | RuntimeException e) {
            daemon.stop();
            throw e;
        }
        return Optional.of(daemon);
    }

    private void loadModules(FmdConf conf, Problems problems) {
        Modules found = Modules.load(places, List.of("plugins", "agents"), conf, problems);
        found.checkNames(conf, problems);
        modules.addAll(found.all());
    }

    private void startParts() throws IOException {
        Files.createDirectories(places.state());
        StateLock lock = StateLock.take(places.state());
        running.push(new Running("lock", lock::close));
        LogFiles files = LogFiles.in(places.state());
        LogOrigin origin = LogOrigin.ofThisHost("fmd");
        LogReserve kept = new LogReserve(files, settings.reserve(), LOG::warn);
        LogOptions options = new LogOptions(settings.minFree(), clock, UUID::randomUUID)
                .rotating(settings.rotateSize(), settings.rotateAge())
                .reserving(kept);
        try {
            kept.trim();
        } catch (IOException e) {
            LOG.warn("what is kept in reserve for a full disk stays as large as it was: {}", e.getMessage());
        }
        reserve = kept;
        DaemonCore core = DaemonCore.open(
                files, origin, options, settings.logQuota(), manager, Pace.SYSTEM, new DaemonCore.Listener() {
                    @Override
                    public void tell(Output.TellAgents tell) {
                        agents.accept(tell);
                    }

                    @Override
                    public void failed(Output.EngineFailed failed) {
                        engineFailed(failed);
                    }
                });
        running.push(new Running("logs", core::close));
        startTopology();
        startEngines();
        core.restart(this::startEngines, topology.latest(), this::resume);
        ManagerLoop started = new ManagerLoop(manager, core.handling(), steady);

        loop = started;
        startAgents(started);
        startThread(core.writer(), "checkpoint", core.writer()::stop);
        startThread(started, "fault-manager", started::stop);
        running.push(new Running("agents", agents::stop));
        running.push(new Running("hardware-history", recorder::stop));
        startThread(topology, "topology", topology::stop);
        Journal begun = new Journal(intake, core.errlog(), clock, steady, started::put);
        journal = begun;
        startThread(begun, "journal", intake::close);
        startThread(core.keeper(), "log-keeper", core.keeper()::stop);
        startControl(started);
        startSources();
        LOG.info("awaiting events");
    }

    /** The time from which the fault manager goes on, however the wall clock was set meanwhile. */
    private Instant resume() {
        steady.resume(manager.ahead(), manager.clock());
        return steady.instant();
    }

    private void startTopology() {
        for (ModuleState module : modules) {
            if (module.module() instanceof TopologySource) {
                topology.add(module, context(module));
            }
        }
        topology.refresh();
    }

    private void startEngines() {
        for (ModuleState module : enabled()) {
            if (module.module() instanceof DiagnosisEngine engine && module.status() != ModuleState.Status.FAILED) {
                try {
                    engine.start(context(module));
                    manager.addEngine(engine);
                } catch (IOException | RuntimeException | LinkageError e) {
                    failed(module, e);
                }
            }
        }
    }

    private void startAgents(ManagerLoop started) {
        for (ModuleState module : enabled()) {
            if (module.module() instanceof Agent agent) {
                try {
                    agents.start(new AgentRunner(module, agent, context(module), steady, started::put));
                } catch (IOException | RuntimeException | LinkageError e) {
                    failed(module, e);
                }
            }
        }
        agents.catchUp(manager.cases());
    }

    private void startSources() {
        for (ModuleState module : enabled()) {
            if (module.module() instanceof EventSource source) {
                try {
                    source.start(context(module));
                    running.push(new Running(module.info().name(), source::stop));
                } catch (IOException | RuntimeException | LinkageError e) {
                    failed(module, e);
                }
            }
        }
    }

    private void startControl(ManagerLoop started) throws IOException {
        ControlServer server = new ControlServer(
                places.socket(),
                new Commands(started, messages, settings.host(), modules, steady, this::status, this::hardware));
        control = server;
        startThread(server, "control", server::close);
    }

    private Map<String, @Nullable Object> status() {
        ManagerLoop started = loop;
        ControlServer server = control;
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("intake-waiting", (long) intake.waiting());
        Intake.Counts counts = intake.counts();
        status.put("intake-posted", counts.posted());
        status.put("intake-dropped", counts.overflowed());
        status.put("intake-thinned", counts.thinned());
        status.put("intake-oversized", counts.oversized());
        Journal writing = journal;
        if (writing != null) {
            status.put("log-state", writing.state().text());
            status.put("log-failures", writing.state().failures());
        }
        LogReserve held = reserve;
        if (held != null) {
            status.put("log-reserve", held.held());
        }
        if (started != null) {
            status.put("manager-waiting", (long) started.waiting());
            status.put("handled", started.view().handled());
            status.put("unsolved", (long) started.view().unsolved());
            status.put("discarded", started.view().discarded());
        }
        if (server != null) {
            status.put("control-served", server.served());
            status.put("control-refused", server.refused());
        }
        Map<String, Object> counters = new LinkedHashMap<>();
        modules.forEach(module -> counters.put(module.info().name(), module.counters()));
        status.put("modules", counters);
        return status;
    }

    /** Has the hardware looked at afresh and recorded, and says where; a client reads the file, so no answer takes memory here. */
    private CompletableFuture<Map<String, @Nullable Object>> hardware() {
        return topology.fresh().thenApply(taken -> {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("generation", taken.generation());
            answer.put("nodes", (long) taken.nodes().size());
            answer.put("file", places.state().resolve(SnapshotFile.NAME).toString());
            return answer;
        });
    }

    private void failed(ModuleState module, Throwable e) {
        LOG.debug("details", e);
        failed(module, "cannot start: " + (e instanceof IOException ? e.getMessage() : e));
    }

    private void engineFailed(Output.EngineFailed failed) {
        for (ModuleState module : modules) {
            if (module.info().name().equals(failed.engine())) {
                failed(module, failed.why());
            }
        }
    }

    /** A module that failed is shown, and its failure is an ereport like others (fmd reference §1.3). */
    private void failed(ModuleState module, String why) {
        String name = module.info().name();
        LOG.error("module '{}' failed and is out of service, all else goes on: {}", name, why);
        module.set(ModuleState.Status.FAILED, why);
        NvList payload = NvList.builder().string("msg", why).build();
        intake.post(new Ereport(
                MODULE_FAILED,
                clock.instant(),
                Ena.UNKNOWN,
                new FmdFmri(name, module.info().version()),
                payload));
    }

    private List<ModuleState> enabled() {
        return modules.stream()
                .filter(m -> m.status() != ModuleState.Status.DISABLED)
                .toList();
    }

    private Context context(ModuleState module) {
        return new Context(module, places, clock, topology, intake, manager);
    }

    private void startThread(Runnable part, String name, Ending ending) {
        Thread thread = new Thread(part, name);
        thread.start();
        running.push(new Running(name, () -> {
            ending.end();
            thread.join();
        }));
    }

    /** Stops all parts, the last one started first; goes on where one cannot be stopped in order. */
    public void stop() {
        intake.stopWaiting();
        while (!running.isEmpty()) {
            Running part = running.pop();
            try {
                part.ending().end();
            } catch (IOException | RuntimeException e) {
                LOG.warn("'{}' did not stop in order: {}", part.name(), e.toString());
            } catch (InterruptedException e) {
                LOG.warn("interrupted while '{}' was stopping", part.name());
            }
        }
    }
}

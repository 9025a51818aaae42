// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.topo.ProvisionalTopology;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.api.topo.TopologyJson;
import org.fmd.core.daemon.DaemonSettings;
import org.fmd.core.daemon.ModuleState;
import org.fmd.core.daemon.Modules;
import org.fmd.core.daemon.Problems;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Ereport;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;

/** Diagnoses what machines left behind, as the daemon would have. */
public final class Replay {
    private final ReplayRequest request;
    private final DaemonSettings settings;
    private final MessageCatalog messages;
    private final List<ModuleState> modules;
    private final FaultManager manager;
    private final ReplayContexts contexts;

    private Replay(ReplayRequest request, DaemonSettings settings, List<ModuleState> modules) {
        this.request = request;
        this.settings = settings;
        this.messages = MessageCatalog.load(request.places().dict());
        this.modules = modules;
        this.manager = new FaultManager(messages, settings.caseAge());
        this.contexts = new ReplayContexts(request.places(), manager);
    }

    /**
     * Replays.
     *
     * @throws ReplayFailure if there is something that it cannot be done with: then not all was told, or nothing
     * @throws IOException if an input cannot be read on, or the state cannot be written
     */
    public static void run(ReplayRequest request, Told told) throws ReplayFailure, IOException {
        Problems problems = new Problems();
        DaemonSettings settings = DaemonSettings.from(request.conf(), problems);
        Modules modules = Modules.load(request.places(), List.of("plugins"), request.conf(), problems);
        if (!problems.isEmpty()) {
            throw new ReplayFailure(
                    "cannot replay with this configuration: " + String.join("; ", problems.texts()), null);
        }
        new Replay(request, settings, modules.enabled()).run(told);
    }

    private void run(Told told) throws ReplayFailure, IOException {
        Optional<Topology> given = given();
        try (Inputs inputs = new Inputs(request.standard(), request.zone())) {
            Forms known = new Forms(modules, contexts, given);
            List<Form> forms = new ArrayList<>();
            List<Unread> unread = new ArrayList<>();
            Set<String> named = new LinkedHashSet<>();
            for (String name : request.inputs()) {
                if (!named.add(name)) {
                    throw new ReplayFailure("'" + name + "' is given twice", null);
                }
                Inputs.Named input = inputs.open(name);
                forms.add(known.of(input.input()));
                Unread lost = new Unread(input.input().name());
                unread.add(lost);
                if (!input.broken().isEmpty()) {
                    lost.add(0, input.broken());
                }
            }
            diagnose(forms, unread, given.isPresent() ? given.get() : seen(forms), told);
        }
    }

    private Optional<Topology> given() throws ReplayFailure {
        Path file = request.topology();
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(TopologyJson.topology(Json.parse(Files.readAllBytes(file))));
        } catch (NoSuchFileException e) {
            throw new ReplayFailure("cannot read the topology '" + file + "': no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw new ReplayFailure("cannot read the topology '" + file + "': permission denied", e);
        } catch (IllegalArgumentException | IOException e) {
            throw new ReplayFailure("cannot read the topology '" + file + "': " + e.getMessage(), e);
        }
    }

    /** Reads all inputs to know who reports. */
    private static Topology seen(List<Form> forms) throws IOException {
        ProvisionalTopology seen = new ProvisionalTopology();
        List<Unread> ignored =
                forms.stream().map(form -> new Unread(form.input().name())).toList();
        try (Merge merge = new Merge(forms, ignored)) {
            for (Lane.Item item = merge.next(); item != null; item = merge.next()) {
                seen.see(item.ereport());
            }
        }
        return seen.topology(recorded(forms));
    }

    /** Returns the hardware that the inputs tell of; where two contradict each other, that of the first. */
    private static Topology recorded(List<Form> forms) {
        List<TopoNode> nodes = new ArrayList<>();
        Set<TopoPath> taken = new LinkedHashSet<>();
        for (Form form : forms) {
            for (TopoNode node : form.hardware().orElse(Topology.EMPTY).nodes()) {
                if (taken.add(node.path())) {
                    nodes.add(node);
                }
            }
        }
        return new Topology(nodes);
    }

    private void diagnose(List<Form> forms, List<Unread> unread, Topology topology, Told told)
            throws ReplayFailure, IOException {
        try (Merge merge = new Merge(forms, unread)) {
            Lane.Item first = merge.next();
            Findings findings = new Findings(manager, messages, settings.host(), request.zone(), topology, told);
            try (Diagnosing way = way(topology, first == null ? null : first.ereport())) {
                told.begins(forms.stream()
                        .map(form -> new Told.Source(form.input().name(), form.what()))
                        .toList());
                for (Lane.Item item = first; item != null; item = merge.next()) {
                    if (manager.ahead().isZero()) {
                        pass(way, item.ereport().tod(), findings);
                    }
                    findings.ereport(item.ereport(), way.take(item));
                }
                pass(way, Instant.MAX, findings);
                way.finish();
            }
            findings.end(unread);
        }
    }

    /** Lets time pass: whatever an engine waits for comes when it is due, and not with the next ereport. */
    private void pass(Diagnosing way, Instant until, Findings findings) throws ReplayFailure {
        for (Optional<Instant> due = manager.nextWakeup();
                due.isPresent() && !due.get().isAfter(until);
                due = manager.nextWakeup()) {
            findings.follows(way.pass(new Input.TimePassed(due.get())));
        }
    }

    private Diagnosing way(Topology topology, @Nullable Ereport first) throws ReplayFailure, IOException {
        Supplier<UUID> ids = first == null ? UUID::randomUUID : new Seed(first)::next;
        List<DiagnosisEngine> engines = engines();
        Runnable start = () -> engines.forEach(manager::addEngine);
        if (request.keep()) {
            return Keeping.in(request.places().state(), settings, manager, start, topology, ids);
        }
        start.run();
        return new Diagnosing.InMemory(manager, topology, ids);
    }

    private List<DiagnosisEngine> engines() throws ReplayFailure {
        List<DiagnosisEngine> engines = new ArrayList<>();
        for (ModuleState module : modules) {
            if (module.module() instanceof DiagnosisEngine engine) {
                try {
                    engine.start(contexts.engine(module));
                    engines.add(engine);
                } catch (IOException | RuntimeException e) {
                    throw new ReplayFailure(
                            "cannot start the diagnosis engine '"
                                    + module.info().name() + "': " + (e instanceof IOException ? e.getMessage() : e),
                            e);
                }
            }
        }
        if (engines.isEmpty()) {
            throw new ReplayFailure("cannot diagnose: there is no diagnosis engine among the modules", null);
        }
        return engines;
    }
}

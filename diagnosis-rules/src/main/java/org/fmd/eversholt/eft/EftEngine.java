// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fmd.api.CaseKey;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.EngineContext;
import org.fmd.api.EngineInput;
import org.fmd.api.EngineMemory;
import org.fmd.api.EngineOutput;
import org.fmd.api.EreportLookup;
import org.fmd.api.Explanation;
import org.fmd.api.ModuleInfo;
import org.fmd.api.PropertySpec;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The module {@code eft}: diagnoses by the Eversholt rules of the rules folder.
 *
 * <p>Belongs to the fault-manager thread. After {@link #start} it reads nothing but its inputs, and asks the daemon only for
 * open faults, which are part of the daemon's replayable state.
 */
public final class EftEngine implements DiagnosisEngine {
    private static final String NAME = "eft";
    private static final long SECOND = 1_000_000_000L;
    /** So many of the last ereports are looked at again when somebody asks why not; a power of 2. */
    private static final int RECENT = 1024;

    private final List<EngineOutput> outputs = new ArrayList<>();
    private final Set<CaseKey> crowded = new HashSet<>();
    private Topology topology = Topology.EMPTY;
    private @Nullable EngineContext context;
    private final RecentCases cases = new RecentCases();
    private final @Nullable Report[] recent = new Report[RECENT];
    private long accepts;
    private long now;
    private @Nullable DiagnosisCore core;
    private @Nullable Program program;
    private @Nullable Settings settings;
    private boolean toldOfDrops;
    private String fingerprint = "";

    @Override
    public ModuleInfo info() {
        return new ModuleInfo(
                NAME,
                "1.0",
                "diagnoses by Eversholt rules",
                List.of(
                        PropertySpec.of(
                                "hesitate",
                                PropertySpec.Type.TIME,
                                "10s",
                                "how long an effect without a window is waited for"),
                        PropertySpec.of(
                                "maxfme",
                                PropertySpec.Type.INT,
                                "100000",
                                "how many exercises may be open; an ereport that would open one more is not diagnosed."
                                        + " 0 for any number"),
                        PropertySpec.of(
                                "maxserd",
                                PropertySpec.Type.INT,
                                "500000",
                                "how many SERD engines may hold events; beyond, those with the oldest events are"
                                        + " forgotten. 0 for any number"),
                        PropertySpec.of(
                                "serd_override",
                                PropertySpec.Type.TEXT,
                                "",
                                "N and T of SERD engines: name,N,T with blanks between")));
    }

    @Override
    public void start(EngineContext context) throws IOException {
        this.context = context;
        Logger log = context.log();
        RuleSet rules = RuleSet.load(context.rules());
        for (Map.Entry<String, List<Issue>> refused : rules.refused().entrySet()) {
            refused.getValue().forEach(issue -> log.error("{}", issue));
            log.error("rule file '{}' is left out; correct it and restart the daemon", refused.getKey());
        }
        if (rules.used().isEmpty()) {
            throw new IOException("no usable rule file (*.esc) in '" + context.rules() + "'");
        }
        Settings chosen = settings(context);
        settings = chosen;
        program = rules.program();
        topology = Topology.EMPTY;
        crowded.clear();
        fingerprint = rules.fingerprint() + ", " + chosen.text();
        core = core(rules.program(), chosen);
    }

    private DiagnosisCore core(Program rules, Settings chosen) {
        return new DiagnosisCore(rules, chosen, this::hasFault, this::translate, null, null, cases);
    }

    @Override
    public Optional<EngineMemory> remember() {
        if (core == null) {
            return Optional.empty();
        }
        MemoryWriter memory = core.remember(fingerprint);
        memory.cases(cases);
        memory.content()
                .strings("crowded", crowded.stream().map(MemoryWriter::text).toList());
        return Optional.of(memory.memory());
    }

    @Override
    public Optional<String> recall(EngineMemory memory, EreportLookup ereports) {
        Program rules = program;
        Settings chosen = settings;
        if (rules == null || chosen == null) {
            throw new IllegalStateException("the engine is not started");
        }
        Topology before = topology;
        try {
            MemoryReader reader = new MemoryReader(
                    memory,
                    fingerprint,
                    ref -> ereports.find(ref)
                            .map(e -> report(ref, e, path(e.detector()), null))
                            .orElse(null));
            topology = reader.topologies().get(0);
            DiagnosisCore recalled = core(rules, chosen);
            List<MemoryReader.Past> past = recalled.recall(reader);
            for (String key : reader.content().strings("crowded")) {
                crowded.add(MemoryReader.caseKey(key));
            }
            past.forEach(one -> cases.take(one.ended(), one.open()));
            core = recalled;
            outputs.clear();
            return Optional.empty();
        } catch (MemoryProblem e) {
            topology = before;
            crowded.clear();
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Whoever wrote it was not this engine: every part may hold what no part can.
            topology = before;
            crowded.clear();
            return Optional.of("it makes no sense: " + e);
        }
    }

    private boolean hasFault(Component component, String pattern) {
        TopoNode node = component.node();
        EngineContext asked = context;
        return node != null && asked != null && asked.hasFault(node.resource(), pattern);
    }

    private static Settings settings(EngineContext context) throws IOException {
        try {
            return new Settings(
                    context.settings().time("hesitate").toNanos(),
                    limit(context, "maxfme"),
                    limit(context, "maxserd"),
                    Settings.overrides(context.settings().text("serd_override")));
        } catch (IllegalArgumentException e) {
            throw new IOException("property 'serd_override': " + e.getMessage(), e);
        }
    }

    private static int limit(EngineContext context, String property) {
        return (int) Math.max(0, Math.min(context.settings().integer(property), Integer.MAX_VALUE));
    }

    @Override
    public List<EngineOutput> handle(EngineInput input) {
        DiagnosisCore engine = core;
        if (engine == null) {
            throw new IllegalStateException("the engine is not started");
        }
        outputs.clear();
        now = nanos(input.now());
        if (input instanceof EngineInput.Accepted accepted) {
            accept(engine, accepted);
        } else if (input instanceof EngineInput.TimerDue due) {
            engine.timerDue(due.timer());
        } else if (input instanceof EngineInput.TopologyChanged changed) {
            topology = changed.topology();
            engine.topologyChanged(topology);
        } else if (input instanceof EngineInput.Repaired repaired) {
            for (Suspect suspect : repaired.suspects()) {
                TopoPath path = path(suspect.resource());
                if (path != null) {
                    engine.repaired(suspect.eventClass().name(), path);
                    cases.repaired(new EventKey(suspect.eventClass().name(), path));
                }
            }
        } else {
            throw new AssertionError("unhandled input: " + input.getClass());
        }
        return List.copyOf(outputs);
    }

    /** Why an ereport of that class is discarded. */
    private record NoRule(EventClass about) {
        @Override
        public String toString() {
            return "no rule is about " + about.name();
        }
    }

    private void accept(DiagnosisCore engine, EngineInput.Accepted accepted) {
        Ereport ereport = accepted.ereport();
        String eventClass = ereport.eventClass().name();
        if (!engine.subscribes(eventClass)) {
            outputs.add(new EngineOutput.Discarded(
                    accepted.ref(), EngineOutput.Cause.NO_RULE, new NoRule(ereport.eventClass())));
            return;
        }
        Fmri detector = ereport.detector();
        Component at = engine.find(detector);
        Report report = report(accepted.ref(), ereport, at == null ? path(detector) : at.path(), at);
        recent[(int) (accepts++ & (RECENT - 1))] = report;
        engine.receive(report);
    }

    private static Report report(LogRef ref, Ereport ereport, @Nullable TopoPath path, @Nullable Component at) {
        return new Report(
                ref,
                ereport.eventClass().name(),
                path,
                at,
                nanos(ereport.tod()),
                ereport.payload(),
                new Words(ereport.detector()));
    }

    @Override
    public Optional<Explanation> explain(Explanation.Question question) {
        DiagnosisCore engine = core;
        Program rules = program;
        Settings chosen = settings;
        if (engine == null || rules == null || chosen == null) {
            return Optional.empty();
        }
        Explainer explainer = engine.explainer(time -> instant(time).toString());
        if (question instanceof Explanation.Question.OfCase asked) {
            return cases.all().stream()
                    .filter(one -> one.key().uuid(NAME).equals(asked.uuid()))
                    .findFirst()
                    .map(one -> explainer.explainCase(one, "case " + asked.uuid()));
        }
        if (question instanceof Explanation.Question.OfProblem asked) {
            TopoPath path = path(asked.resource());
            if (path == null) {
                return Optional.empty();
            }
            List<Report> reports = new ArrayList<>();
            for (long i = Math.max(0, accepts - RECENT); i < accepts; i++) {
                Report report = recent[(int) (i & (RECENT - 1))];
                if (report != null) {
                    reports.add(report);
                }
            }
            EventKey key = new EventKey(asked.eventClass(), path);
            List<Ended> known = new ArrayList<>(cases.all());
            known.removeIf(one -> !one.certainties().containsKey(key));
            Set<CaseKey> keys = new HashSet<>();
            known.forEach(one -> keys.add(one.key()));
            for (Ended one : Rehearsal.of(reports, now, rules, topology, chosen, this::hasFault)) {
                if (keys.add(one.key())) {
                    known.add(one);
                }
            }
            return Optional.of(explainer.explainProblem(key, known, EftEngine::label));
        }
        throw new AssertionError("unhandled question: " + question.getClass());
    }

    private static String label(Ended one) {
        return one.how() == Ended.How.SOLVED
                ? "case " + one.key().uuid(NAME)
                : "of " + instant(one.opener().nanos());
    }

    /** The component that a name leads to: an hc name leads to its place even where nothing is there now. */
    private @Nullable TopoPath path(@Nullable Fmri name) {
        if (name instanceof HcFmri hc) {
            return TopoPath.of(hc).orElse(null);
        }
        TopoNode node = topology.find(name);
        return node == null ? null : node.path();
    }

    /** A detector as it stands in messages; most are never asked for theirs. */
    private record Words(@Nullable Fmri detector) {
        @Override
        public String toString() {
            if (detector instanceof DevFmri dev) {
                if (dev.devid() != null) {
                    return "devid '" + dev.devid() + "'";
                }
                return dev.targetPortL0id() != null
                        ? "target port '" + dev.targetPortL0id() + "'"
                        : "device path '" + dev.devicePath() + "'";
            }
            return detector == null ? "a detector without a name" : "'" + detector + "'";
        }
    }

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    private void dropped(long engines) {
        if (context != null) {
            context.count("serd-engines-dropped", engines);
            if (!toldOfDrops) {
                toldOfDrops = true;
                context.log()
                        .warn(
                                "more than {} SERD engines hold events: those with the oldest are forgotten,"
                                        + " from now on in silence; see property 'maxserd'",
                                context.settings().integer("maxserd"));
            }
        }
    }

    private void translate(Outcome outcome) {
        if (outcome instanceof Outcome.Opened opened) {
            outputs.add(new EngineOutput.Opened(opened.key()));
        } else if (outcome instanceof Outcome.Attached attached) {
            outputs.add(
                    crowded.contains(attached.key())
                            ? new EngineOutput.Discarded(
                                    attached.ereport(), EngineOutput.Cause.TOO_MANY_OPEN, Reason.TOO_MANY.sentence())
                            : new EngineOutput.Attached(attached.key(), attached.ereport()));
        } else if (outcome instanceof Outcome.Solved solved) {
            outputs.add(new EngineOutput.Solved(
                    solved.key(), solved.suspects().stream().map(Suspects::of).toList()));
        } else if (outcome instanceof Outcome.Undiagnosable undiagnosable) {
            if (undiagnosable.reason() == Reason.TOO_MANY) {
                crowded.clear();
                crowded.add(undiagnosable.key());
            }
            outputs.add(new EngineOutput.Solved(
                    undiagnosable.key(), List.of(Suspects.unexpected(undiagnosable, topology))));
        } else if (outcome instanceof Outcome.Closed closed) {
            outputs.add(new EngineOutput.Closed(closed.key(), closed));
        } else if (outcome instanceof Outcome.Discarded discarded) {
            outputs.add(new EngineOutput.Discarded(
                    discarded.report().ref(), EngineOutput.Cause.NOT_IN_TOPOLOGY, discarded));
        } else if (outcome instanceof Outcome.TimerSet set) {
            outputs.add(new EngineOutput.TimerSet(set.timer(), instant(set.due())));
        } else if (outcome instanceof Outcome.TimerCancelled cancelled) {
            outputs.add(new EngineOutput.TimerCancelled(cancelled.timer()));
        } else if (outcome instanceof Outcome.Fired fired) {
            outputs.add(new EngineOutput.SerdFired(
                    fired.engine().toString(), fired.n(), Duration.ofNanos(fired.windowNanos())));
        } else if (outcome instanceof Outcome.EnginesDropped dropped) {
            dropped(dropped.engines());
        } else if (outcome instanceof Outcome.EvaluationError error) {
            outputs.add(new EngineOutput.EvaluationError(error.place().toString(), error.problem()));
        } else {
            throw new AssertionError("unhandled outcome: " + outcome.getClass());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.fmd.api.Agent;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentTask;
import org.fmd.api.CaseKey;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.EngineContext;
import org.fmd.api.EngineInput;
import org.fmd.api.EngineOutput;
import org.fmd.api.EventSource;
import org.fmd.api.Explanation;
import org.fmd.api.ModuleContext;
import org.fmd.api.ModuleInfo;
import org.fmd.api.PropertySpec;
import org.fmd.api.SourceContext;
import org.fmd.api.TopologySource;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** One module of each kind, and one that cannot start. What the latest daemon gave them is in static fields, for one test at a time. */
public final class TestModules {
    static volatile @Nullable SourceContext source;
    static final BlockingQueue<AgentTask> told = new LinkedBlockingQueue<>();

    private TestModules() {}

    private static ModuleInfo info(String name, PropertySpec... properties) {
        return new ModuleInfo(name, "1.0", "test module " + name, List.of(properties));
    }

    /** Hands its context to the test. */
    public static final class Source implements EventSource {
        @Override
        public ModuleInfo info() {
            return TestModules.info("test-source", PropertySpec.of("pace", PropertySpec.Type.TIME, "1s", "how fast"));
        }

        @Override
        public void start(SourceContext context) {
            source = context;
        }

        @Override
        public void stop() {
            source = null;
        }
    }

    /** A fault in whatever the ereport's payload {@code where} names. */
    public static final class Engine implements DiagnosisEngine {
        @Override
        public ModuleInfo info() {
            return TestModules.info("test-engine");
        }

        @Override
        public void start(EngineContext context) {}

        @Override
        public List<EngineOutput> handle(EngineInput input) {
            if (!(input instanceof EngineInput.Accepted accepted)) {
                return List.of();
            }
            Ereport ereport = accepted.ereport();
            if (!ereport.payload().contains("where")) {
                return List.of(
                        new EngineOutput.Discarded(accepted.ref(), EngineOutput.Cause.NOT_IN_TOPOLOGY, "no resource"));
            }
            Suspect suspect = Suspect.of(
                    new EventClass("fault.test"),
                    Fmri.parse(ereport.payload().string("where").orElseThrow()).orElseThrow());
            CaseKey key = new CaseKey(accepted.ref(), 0);
            return List.of(new EngineOutput.Opened(key), new EngineOutput.Solved(key, List.of(suspect)));
        }

        @Override
        public Optional<Explanation> explain(Explanation.Question question) {
            return Optional.of(new Explanation(
                    Explanation.Kind.CASE,
                    "somebody asked",
                    Map.of("question", question.toString()),
                    List.of(Explanation.of(Explanation.Kind.REMARK, "since it says where", Map.of()))));
        }
    }

    /** Notes what it is told. */
    public static final class Recorder implements Agent {
        @Override
        public ModuleInfo info() {
            return TestModules.info("test-agent");
        }

        @Override
        public void start(ModuleContext context) {}

        @Override
        public AgentOutcome respond(AgentTask task) {
            told.add(task);
            if (task.event().suspects().get(0).toString().contains("bay=13")) {
                throw new IllegalStateException("thirteen");
            }
            return AgentOutcome.done("noted");
        }

        @Override
        public void stop() {}
    }

    /** Cannot start. */
    public static final class Broken implements Agent {
        @Override
        public ModuleInfo info() {
            return TestModules.info("test-broken");
        }

        @Override
        public void start(ModuleContext context) throws IOException {
            throw new IOException("no such luck");
        }

        @Override
        public AgentOutcome respond(AgentTask task) {
            throw new AssertionError("an agent that did not start is not told anything");
        }

        @Override
        public void stop() {}
    }

    /** One bay. */
    public static final class Hardware implements TopologySource {
        @Override
        public ModuleInfo info() {
            return TestModules.info("test-hardware");
        }

        @Override
        public Topology snapshot(ModuleContext context) {
            TopoPath bay = TopoPath.of("bay", 7);
            return new Topology(List.of(new TopoNode(bay, bay.toHc(), null, bay.toHc(), "Slot 07", NvList.EMPTY)));
        }
    }
}

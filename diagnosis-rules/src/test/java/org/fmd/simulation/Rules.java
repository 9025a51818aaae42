// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.fmd.api.EngineContext;
import org.fmd.api.Settings;
import org.fmd.api.topo.Topology;
import org.fmd.core.manager.FaultManager;
import org.fmd.eversholt.eft.EftEngine;
import org.fmd.model.fmri.Fmri;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of the daemon, on a few rules that have one of each kind: a wait, a SERD engine, an upset, two causes. */
final class Rules {
    private static final String TEXT = """
            fru bay;
            fru disk;
            fru bay/disk;
            asru bay;
            asru disk;
            asru bay/disk;

            /* A fault of blocks: the case waits for the rest of the burst. */
            event ereport.sim.hard@disk;
            event ereport.sim.settle@disk { within(5s) };
            event fault.sim.media@disk, FRU=disk, ASRU=disk;
            prop fault.sim.media@disk -> ereport.sim.hard@disk { payloadprop("block") < 100 };
            prop fault.sim.media@disk (0)-> ereport.sim.settle@disk;

            /* Too many of what is got over, in one place or in all. */
            event ereport.sim.soft@disk { within(0s) };
            engine serd.sim.soft@disk, N=2, T=10m;
            event fault.sim.worn@disk, FRU=disk, ASRU=disk, engine=serd.sim.soft@disk;
            prop fault.sim.worn@disk -> ereport.sim.soft@disk { setserdsuffix(payloadprop("block")) };

            /* The second burst in a while says that it is the disk. */
            event ereport.sim.again@disk;
            engine serd.sim.bursts@disk, N=2, T=30m, trip=ereport.sim.again@disk;
            event upset.sim.bursts@disk, engine=serd.sim.bursts@disk;
            event fault.sim.dying@disk, FRU=disk, ASRU=disk;
            prop upset.sim.bursts@disk -> ereport.sim.hard@disk;
            prop fault.sim.dying@disk -> ereport.sim.again@disk, ereport.sim.hard@disk;

            /* The disk or the bay. */
            event ereport.sim.link@bay/disk { within(3s) };
            event ereport.sim.silent@bay/disk { within(8s) };
            event fault.sim.port@bay, FITrate=100, FRU=bay, ASRU=bay;
            event fault.sim.plug@bay/disk, FITrate=300, FRU=bay/disk, ASRU=bay/disk;
            prop fault.sim.port@bay[b] (1)-> ereport.sim.link@bay[b]/disk[d];
            prop fault.sim.plug@bay/disk -> ereport.sim.link@bay/disk;
            prop fault.sim.plug@bay/disk (0)-> ereport.sim.silent@bay/disk;

            /* No fault of anybody. */
            event ereport.sim.noise@disk;
            event upset.sim.noise@disk;
            prop upset.sim.noise@disk -> ereport.sim.noise@disk;
            """;

    private static final Path FOLDER = folder();

    private Rules() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("fmd-simulation");
            Path file = Files.writeString(folder.resolve("sim.esc"), TEXT);
            file.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts an engine and adds it. */
    static void addEngine(FaultManager manager) {
        EftEngine engine = new EftEngine();
        try {
            engine.start(new Context(manager));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        manager.addEngine(engine);
    }

    /** What the engine sees of the daemon. */
    private record Context(FaultManager manager) implements EngineContext {
        @Override
        public Settings settings() {
            return new Defaults();
        }

        @Override
        public Logger log() {
            return LoggerFactory.getLogger("eft");
        }

        @Override
        public Path root() {
            return Path.of("/");
        }

        @Override
        public Topology topology() {
            return Topology.EMPTY;
        }

        @Override
        public InstantSource clock() {
            return () -> {
                throw new AssertionError("an engine has no clock but its inputs");
            };
        }

        @Override
        public void count(String statistic, long delta) {}

        @Override
        public Path rules() {
            return FOLDER;
        }

        @Override
        public boolean hasFault(Fmri resource, String classPattern) {
            return manager.hasFault(resource, classPattern);
        }
    }

    private record Defaults() implements Settings {
        @Override
        public boolean bool(String name) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public long integer(String name) {
            return 0;
        }

        @Override
        public String text(String name) {
            return "";
        }

        @Override
        public Duration time(String name) {
            return Duration.ofSeconds(10);
        }

        @Override
        public long size(String name) {
            throw new IllegalArgumentException(name);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.bench;

import java.util.concurrent.TimeUnit;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.Replay;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.workload.EreportStream;
import org.fmd.eversholt.workload.Workload;
import org.fmd.model.event.Ereport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A burst of medium errors of one disk within the time that a case waits for more: all join one exercise. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class OneExerciseBenchmark {
    @Param({"10000", "20000", "40000"})
    int ereports;

    private Program rules;
    private Topology topology;
    private Ereport[] burst;

    @Setup(Level.Trial)
    public void prepare() {
        rules = Feed.rules();
        Workload usual = Workload.DEFAULT;
        Workload workload = new Workload(1, 1, 1_000, 1, 0, 0, 0, 0, 0, 1, usual.seed(), usual.start());
        topology = workload.fleet().topology();
        EreportStream stream = workload.stream();
        Ereport medium = stream.next();
        while (!medium.eventClass().name().endsWith(".merr")) {
            medium = stream.next();
        }
        burst = new Ereport[ereports];
        for (int i = 0; i < ereports; i++) {
            burst[i] = new Ereport(
                    medium.eventClass(),
                    medium.tod().plusNanos(100_000L * i),
                    medium.ena(),
                    medium.detector(),
                    medium.payload());
        }
    }

    @Benchmark
    public long burst() {
        Replay core = new Replay(rules, topology, Settings.DEFAULT, Deaf.LISTENER);
        for (int i = 0; i < burst.length; i++) {
            core.ereport(burst[i], Replay.line(i));
        }
        core.finish();
        if (core.count(Replay.Kind.OPENED) > 3) {
            throw new IllegalStateException("not one exercise but " + core.count(Replay.Kind.OPENED));
        }
        return core.count(Replay.Kind.SOLVED);
    }
}

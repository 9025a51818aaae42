// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.bench;

import java.util.concurrent.TimeUnit;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.eft.Replay;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.workload.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Ereports that are decoded already, one after the other, on the shipped rules: matching and diagnosis with all timers. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EngineBenchmark {
    private static final int EREPORTS = 1 << 16;

    private static Workload workload(String kind, int disks) {
        Workload usual = Workload.DEFAULT;
        int often = 60;
        return switch (kind) {
            case "calm" -> usual.sized(disks, EREPORTS).calm();
            case "fatal-only" -> of(usual, disks, 1, 0, 0, 0);
            case "expander-storms" -> of(usual, disks, 0.01, often, 0, 0);
            case "hba-storms" -> of(usual, disks, 0.01, 0, often, 0);
            case "attention-floods" -> of(usual, disks, 0.01, 0, 0, often);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Workload of(Workload usual, int disks, double fatal, int expander, int hba, int floods) {
        return new Workload(
                disks,
                1,
                EREPORTS,
                fatal,
                usual.badDisks(),
                expander,
                hba,
                floods,
                0,
                usual.rate(),
                usual.seed(),
                usual.start());
    }

    /** What goes on all the time, 1 % of it fatal, with more and more disks. */
    @State(Scope.Benchmark)
    public static class Disks {
        @Param({"100", "1000", "10000", "100000"})
        int disks;

        Feed feed;
        Replay core;
        Daemon daemon;
        long number;

        @Setup(Level.Trial)
        public void prepare() {
            Workload workload = workload("calm", disks);
            Topology topology = workload.fleet().topology();
            feed = new Feed(workload);
            core = new Replay(Feed.rules(), topology, Settings.DEFAULT, Deaf.LISTENER);
            daemon = new Daemon(topology);
        }
    }

    /** A thousand disks and storms. */
    @State(Scope.Benchmark)
    public static class Storms {
        @Param({"fatal-only", "expander-storms", "hba-storms", "attention-floods"})
        String kind;

        Feed feed;
        Replay core;
        long number;

        @Setup(Level.Trial)
        public void prepare() {
            Workload workload = workload(kind, 1000);
            feed = new Feed(workload);
            core = new Replay(Feed.rules(), workload.fleet().topology(), Settings.DEFAULT, Deaf.LISTENER);
        }
    }

    /** The feed alone, to be taken off the others. */
    @Benchmark
    public Object feed(Disks state) {
        return state.feed.next();
    }

    @Benchmark
    public void core(Disks state) {
        state.core.ereport(state.feed.next(), Replay.line(state.number++));
    }

    @Benchmark
    public int handle(Disks state) {
        return state.daemon.post(state.feed.next());
    }

    @Benchmark
    public void storm(Storms state) {
        state.core.ereport(state.feed.next(), Replay.line(state.number++));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.compile.ComponentTree;
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

/** From the nodes of a machine to the topology and the tree that rules are matched with. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class TopologyBenchmark {
    @Param({"1000", "100000"})
    int disks;

    private List<TopoNode> nodes;

    @Setup(Level.Trial)
    public void prepare() {
        nodes = Workload.DEFAULT.sized(disks, 0).fleet().topology().nodes();
    }

    @Benchmark
    public ComponentTree build() {
        return ComponentTree.of(new Topology(nodes), List.of());
    }

    /** Prints how long a first build takes and how much heap its results keep; the nodes' own data are counted apart. */
    public static void main(String[] arguments) {
        int disks = Integer.parseInt(arguments[0]);
        long empty = used();
        List<TopoNode> nodes =
                Workload.DEFAULT.sized(disks, 0).fleet().topology().nodes();
        long before = used();
        long start = System.nanoTime();
        ComponentTree tree = ComponentTree.of(new Topology(nodes), List.of());
        long millis = (System.nanoTime() - start) / 1_000_000;
        long after = used();
        System.out.printf(
                "disks=%d nodes=%d first-build-ms=%d nodes-MB=%.1f kept-MB=%.1f%n",
                disks, tree.topology().nodes().size(), millis, (before - empty) / 1e6, (after - before) / 1e6);
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}

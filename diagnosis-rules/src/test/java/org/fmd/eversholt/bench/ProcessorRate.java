// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.eft.Replay;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.workload.Workload;
import org.fmd.model.event.Ereport;

/**
 * Decoded ereports in a second of processor time of the thread that diagnoses, warm. JMH counts by the clock, which on a machine
 * with neighbours tells more about them.
 */
public final class ProcessorRate {
    private static final int EREPORTS = 1 << 16;
    private static final int ROUNDS = 9;

    private ProcessorRate() {}

    /** Arguments: seconds of processor time to warm up, seed, numbers of disks. */
    public static void main(String[] arguments) {
        long warmUp = Long.parseLong(arguments[0]) * 1_000_000_000L;
        long seed = Long.parseLong(arguments[1]);
        System.out.printf("%8s %-8s %12s %12s%n", "disks", "through", "median", "best");
        for (String disks : Arrays.asList(arguments).subList(2, arguments.length)) {
            Workload usual = Workload.DEFAULT;
            Workload workload = new Workload(
                    Integer.parseInt(disks),
                    1,
                    EREPORTS,
                    0.01,
                    usual.badDisks(),
                    0,
                    0,
                    0,
                    0,
                    usual.rate(),
                    seed,
                    usual.start());
            Topology topology = workload.fleet().topology();
            Replay core = new Replay(Feed.rules(), topology, Settings.DEFAULT, Deaf.LISTENER);
            long[] number = {0};
            measure(disks, "core", workload, warmUp, ereport -> core.ereport(ereport, Replay.line(number[0]++)));
            Daemon daemon = new Daemon(topology);
            measure(disks, "handle", workload, warmUp, daemon::post);
        }
    }

    private static void measure(
            String disks, String through, Workload workload, long warmUp, Consumer<Ereport> engine) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Feed feed = new Feed(workload);
        long end = threads.getCurrentThreadCpuTime() + warmUp;
        while (threads.getCurrentThreadCpuTime() < end) {
            for (int i = 0; i < 1000; i++) {
                engine.accept(feed.next());
            }
        }
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            int count = 0;
            while (threads.getCurrentThreadCpuTime() - before < 1_000_000_000L) {
                for (int i = 0; i < 4096; i++) {
                    engine.accept(feed.next());
                }
                count += 4096;
            }
            rates[round] = count * 1e9 / (threads.getCurrentThreadCpuTime() - before);
        }
        Arrays.sort(rates);
        System.out.printf(
                Locale.ROOT, "%8s %-8s %12.0f %12.0f%n", disks, through, rates[ROUNDS / 2], rates[ROUNDS - 1]);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.bench;

import java.util.Arrays;
import java.util.Locale;

/** Durations in nanoseconds, and the words that the script reads: milliseconds by nearest rank. */
final class Percentiles {
    private Percentiles() {}

    /** Returns {@code n=… p50=… p90=… p99=… max=…}; {@code n=0} alone for no durations. */
    static String line(long[] nanos) {
        if (nanos.length == 0) {
            return "n=0";
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "n=%d p50=%.2f p90=%.2f p99=%.2f max=%.2f",
                sorted.length,
                rank(sorted, 50),
                rank(sorted, 90),
                rank(sorted, 99),
                sorted[sorted.length - 1] / 1e6);
    }

    private static double rank(long[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1] / 1e6;
    }
}

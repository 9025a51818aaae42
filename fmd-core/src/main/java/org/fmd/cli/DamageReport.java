// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.fmd.core.log.Damage;

/** What could not be shown: each place when it is met, and at the end the sum for each file with what to do. */
final class DamageReport implements Consumer<Damage> {

    private static final class Sum {
        private long regions;
        private long bytes;
        private long first;
        private long end;
    }

    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, Sum> sums = new LinkedHashMap<>();
    private long skipped;

    /** Makes a report on {@code err}; what was printed to {@code out} before comes first. */
    DamageReport(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Damage in a log: the reader goes on behind it. */
    @Override
    public void accept(Damage damage) {
        String why = damage.sentence();
        if (damage.length() == 0 && damage.reason().equals(damage.path())) {
            // The system's own message for a file that may not be read is its name.
            why = "'" + damage.path() + "' may not be read, or is gone";
        }
        skip(why);
        if (damage.length() > 0) {
            Sum sum = sums.get(damage.path());
            if (sum == null) {
                sum = new Sum();
                sum.first = damage.offset();
                sums.put(damage.path(), sum);
            }
            sum.regions++;
            sum.bytes += damage.length();
            sum.first = Math.min(sum.first, damage.offset());
            sum.end = Math.max(sum.end, damage.end());
        }
    }

    /** Tells of a record that cannot be shown. */
    void skip(String why) {
        skipped++;
        out.flush();
        err.println("fmdump: skipping record: " + why);
    }

    boolean isEmpty() {
        return skipped == 0;
    }

    /** Sums up, if there is anything to tell. */
    void close() {
        if (sums.isEmpty()) {
            return;
        }
        out.flush();
        for (Map.Entry<String, Sum> each : sums.entrySet()) {
            Sum sum = each.getValue();
            err.println("fmdump: damage: '" + each.getKey() + "': " + sum.regions
                    + (sum.regions == 1 ? " region, " : " regions, ") + sum.bytes + " bytes, between offsets "
                    + sum.first
                    + " and " + sum.end + "; all else was read");
        }
        String file = sums.keySet().iterator().next();
        err.println("fmdump: to keep what is readable: fmdump salvage " + file + " OUT");
    }
}

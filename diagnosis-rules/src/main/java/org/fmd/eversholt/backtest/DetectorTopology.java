// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.io.IOException;
import org.fmd.api.topo.ProvisionalTopology;
import org.fmd.api.topo.Topology;

/** The machine that a log tells of, for want of a better one: a {@link ProvisionalTopology} of its detectors. */
public final class DetectorTopology {
    private DetectorTopology() {}

    /** Reads a log to its end. */
    public static Topology of(ErrorLog log) throws IOException {
        ProvisionalTopology seen = new ProvisionalTopology();
        for (ErrorLog.Kind kind = log.next(); kind != ErrorLog.Kind.END; kind = log.next()) {
            if (kind == ErrorLog.Kind.EREPORT) {
                seen.see(log.ereport());
            }
        }
        return seen.topology(Topology.EMPTY);
    }
}

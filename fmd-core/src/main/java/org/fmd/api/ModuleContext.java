// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.nio.file.Path;
import java.time.InstantSource;
import org.fmd.api.topo.Topology;
import org.slf4j.Logger;

/** What every module may ask of the daemon. All methods are safe from any thread. */
public interface ModuleContext {

    Settings settings();

    /** Returns the log of the module; a line there is for the administrator, so say what to do. */
    Logger log();

    /** Returns the root directory that the daemon runs in, {@code /} for the host's own daemon. */
    Path root();

    /** Returns the latest snapshot of the hardware; empty until the first has been taken. */
    Topology topology();

    /** Returns the wall clock. A diagnosis engine must not use it: its time comes with its inputs. */
    InstantSource clock();

    /** Adds to one of the module's counters, which fmstat shows; the counter is made by the first call. */
    void count(String statistic, long delta);
}

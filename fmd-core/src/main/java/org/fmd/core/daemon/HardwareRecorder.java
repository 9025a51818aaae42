// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.time.InstantSource;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogFiles;
import org.fmd.core.topo.SlotHistory;
import org.fmd.core.topo.SnapshotFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps on disk what the hardware is and which part was where. A disk that is full or gone is told once and costs no more: the next
 * change makes up for what could not be written. Belongs to one thread.
 */
final class HardwareRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(HardwareRecorder.class);

    private final LogFiles files;
    private final InstantSource clock;
    private final SlotHistory history;
    private boolean atStart = true;
    private boolean told;

    HardwareRecorder(LogFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
        this.history = new SlotHistory(files);
    }

    void record(Topology topology) {
        try {
            int changes = history.record(topology, clock.instant(), atStart);
            atStart = false;
            new SnapshotFile(clock.instant(), topology).write(files);
            told = false;
            LOG.debug("{} places of the hardware changed", changes);
        } catch (IOException e) {
            if (!told) {
                LOG.warn(
                        "which part is in which slot could not be recorded, which is made up for later: {}",
                        e.getMessage());
            }
            told = true;
        }
    }

    void stop() throws IOException {
        if (!atStart) {
            history.stopped(clock.instant());
        }
    }
}

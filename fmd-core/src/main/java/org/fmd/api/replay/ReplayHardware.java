// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.replay;

import java.io.IOException;
import java.util.Optional;
import org.fmd.api.ModuleContext;
import org.fmd.api.topo.Topology;

/** A topology source that can also find the hardware in what was recorded. */
public interface ReplayHardware {

    /**
     * Returns the hardware that an input tells of.
     *
     * @return empty if it tells of none
     * @throws IOException if it does and cannot be read; the message says why
     */
    Optional<Topology> hardware(RecordedInput input, ModuleContext context) throws IOException;
}

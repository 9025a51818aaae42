// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.io.IOException;
import org.fmd.api.topo.Topology;

/** A module that knows the hardware. */
public non-sealed interface TopologySource extends FmdModule {

    /**
     * Takes a snapshot. Called on a thread where waiting hurts nobody. What cannot be read is left out; a disk is never left
     * out because its place is not known.
     *
     * @throws IOException if nothing can be read at all; the snapshot before stays in force
     */
    Topology snapshot(ModuleContext context) throws IOException;
}

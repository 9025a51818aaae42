// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.util.List;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;

/**
 * What a diagnosis engine knows between two inputs: enough to go on from there after a restart. It saves handling the error log
 * again and is worth nothing else; without it the same comes out.
 *
 * @param content in a form of the engine's own; ereports are named by their place in the error log
 * @param topologies the hardware as it is, first, and then as it was when something began that the engine still works on
 */
public record EngineMemory(NvList content, List<Topology> topologies) {
    public EngineMemory {
        topologies = List.copyOf(topologies);
    }
}

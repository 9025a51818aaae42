// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fmd.api.EngineMemory;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;

/**
 * What a fault manager knows between two inputs besides its cases, which the logs hold.
 *
 * @param content unsolved cases, timers, its clock, what was discarded
 * @param topology the hardware it was told of
 * @param engines what each engine knows, by its name
 */
public record ManagerMemory(NvList content, Topology topology, Map<String, EngineMemory> engines) {
    public ManagerMemory {
        engines = Collections.unmodifiableMap(new LinkedHashMap<>(engines));
    }
}

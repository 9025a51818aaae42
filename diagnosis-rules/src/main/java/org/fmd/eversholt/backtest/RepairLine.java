// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A line of the fault log that says that something works again.
 *
 * @param nanos when, since the epoch
 * @param resources the names of what was repaired, as plain members
 */
record RepairLine(long nanos, List<Map<?, ?>> resources) implements ErrorLog.Repair {
    RepairLine {
        resources = List.copyOf(resources);
    }

    /** Null if the event says something else, or lacks what it must have. */
    static @Nullable RepairLine of(Map<String, @Nullable Object> members) {
        boolean repair = "list.repaired".equals(members.get("class")) || "list.resolved".equals(members.get("class"));
        if (!repair
                || !(members.get("__tod") instanceof List<?> tod)
                || tod.size() != 2
                || !(tod.get(0) instanceof Long seconds)
                || !(tod.get(1) instanceof Long nanos)
                || !(members.get("fault-list") instanceof List<?> suspects)
                || Math.abs(seconds) > Long.MAX_VALUE / 2_000_000_000L) {
            return null;
        }
        List<Map<?, ?>> resources = new ArrayList<>();
        for (Object suspect : suspects) {
            if (suspect instanceof Map<?, ?> map && map.get("resource") instanceof Map<?, ?> resource) {
                resources.add(resource);
            }
        }
        return new RepairLine(seconds * 1_000_000_000L + nanos, resources);
    }

    @Override
    public List<TopoPath> places(Topology topology) {
        List<TopoPath> places = new ArrayList<>();
        for (Map<?, ?> resource : resources) {
            TopoPath place = place(resource, topology);
            if (place != null) {
                places.add(place);
            }
        }
        return places;
    }

    private static @Nullable TopoPath place(Map<?, ?> resource, Topology topology) {
        if (resource.get("hc-list") instanceof List<?> steps && !steps.isEmpty()) {
            StringBuilder text = new StringBuilder();
            for (Object step : steps) {
                if (step instanceof Map<?, ?> map) {
                    text.append(text.isEmpty() ? "" : "/")
                            .append(map.get("hc-name"))
                            .append(map.get("hc-id"));
                }
            }
            return TopoPath.parse(text.toString()).orElse(null);
        }
        TopoNode node = resource.get("devid") instanceof String devid ? topology.byDevid(devid) : null;
        return node == null ? null : node.path();
    }
}

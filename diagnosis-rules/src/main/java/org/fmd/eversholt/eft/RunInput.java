// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.List;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** What happens in a {@link DiagnosisRun}, at a time in nanoseconds since the epoch. */
public sealed interface RunInput {
    /** The time the input carries; an earlier one than that of the input before means that it is late. */
    long nanos();

    /** An ereport. */
    record Telemetry(long nanos, String eventClass, Detector detector, NvList payload) implements RunInput {}

    /** Components are declared repaired. */
    record Repair(long nanos, List<TopoPath> resources) implements RunInput {
        public Repair {
            resources = List.copyOf(resources);
        }
    }

    /** Who observed an error; all null for nobody. */
    record Detector(
            @Nullable TopoPath path,
            @Nullable String devid,
            @Nullable String targetPort,
            @Nullable String devicePath) {
        /** The component, null if there is none; the first identity given decides alone. */
        @Nullable
        TopoPath locate(Topology topology) {
            if (path != null) {
                return path;
            }
            TopoNode node = null;
            if (devid != null) {
                node = topology.byDevid(devid);
            } else if (targetPort != null) {
                node = topology.byTargetPort(targetPort);
            } else if (devicePath != null) {
                node = topology.byDevicePath(devicePath);
            }
            return node == null ? null : node.path();
        }

        @Override
        public String toString() {
            if (path != null) {
                return path.toString();
            }
            if (devid != null) {
                return "dev:devid=" + devid;
            }
            if (targetPort != null) {
                return "dev:target-port=" + targetPort;
            }
            return devicePath == null ? "" : "dev:device-path=" + devicePath;
        }
    }
}

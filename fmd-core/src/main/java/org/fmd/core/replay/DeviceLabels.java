// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** Under which names the telemetry knows parts. */
final class DeviceLabels {
    private final Topology topology;

    DeviceLabels(Topology topology) {
        this.topology = topology;
    }

    /** Returns the name of what an ereport is about: {@code sdb}; null if it is about no device. */
    @Nullable
    String of(Ereport ereport) {
        NvList payload = ereport.payload();
        String told = payload.string("part")
                .or(() -> payload.string("vdev_path").map(DeviceLabels::last))
                .orElse(null);
        if (told != null && !told.isEmpty()) {
            return told;
        }
        if (ereport.detector() instanceof DevFmri dev) {
            String known = known(dev);
            return known != null ? known : last(dev.devicePath());
        }
        return ereport.detector() instanceof HcFmri hc ? hc.pathText() : null;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private @Nullable String known(DevFmri dev) {
        TopoNode node = topology.find(dev);
        if (node == null) {
            return null;
        }
        List<String> paths = node.properties().strings("paths");
        List<String> names = node.properties().strings("logical-disks");
        int path = paths.indexOf(dev.devicePath());
        return path >= 0 && paths.size() == names.size()
                ? names.get(path)
                : node.properties().string("logical-disk").orElse(null);
    }

    /** Returns the names of what is affected: the devices themselves, then what stands on them. */
    List<String> affected(List<String> devices, List<Suspect> suspects) {
        Set<String> affected = new LinkedHashSet<>(devices);
        for (Suspect suspect : suspects) {
            TopoNode node = topology.find(suspect.resource());
            if (node != null) {
                NvList about = node.properties();
                affected.addAll(about.strings("logical-disks"));
                about.string("logical-disk").ifPresent(affected::add);
                about.string("multipath-map").ifPresent(affected::add);
                affected.addAll(about.strings("holders"));
            }
        }
        return List.copyOf(affected);
    }
}

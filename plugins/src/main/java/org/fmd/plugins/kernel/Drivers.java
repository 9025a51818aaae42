// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.fmd.api.SourceContext;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.jspecify.annotations.Nullable;

/** The drivers of a device: its own, and those of the adapter it is behind. Belongs to the reader thread. */
final class Drivers {
    private static final Map<Pattern, String> OF_NAME = Map.of(
            Pattern.compile("sd[a-z]+[0-9]*|[0-9]+:[0-9]+:[0-9]+:[0-9]+|ata[0-9]+\\.[0-9]+"), "sd",
            Pattern.compile("nvme[0-9].*"), "nvme",
            Pattern.compile("vd[a-z]+[0-9]*"), "virtio_blk",
            Pattern.compile("md[0-9_].*"), "md",
            Pattern.compile("dm-[0-9]+"), "dm");

    private final SourceContext context;
    private @Nullable Topology indexed;
    private final Map<String, Set<String>> ofPath = new HashMap<>();

    Drivers(SourceContext context) {
        this.context = context;
    }

    /** Returns the names of the drivers, empty where none is known. */
    Set<String> of(String devicePath, String name) {
        use(context.topology());
        Set<String> drivers = new TreeSet<>();
        String last = devicePath.substring(devicePath.lastIndexOf('/') + 1);
        OF_NAME.forEach((form, driver) -> {
            if (form.matcher(name).matches() || form.matcher(last).matches()) {
                drivers.add(driver);
            }
        });
        for (int end = devicePath.length(); end > 0; end = devicePath.lastIndexOf('/', end - 1)) {
            Set<String> adapter = ofPath.get(devicePath.substring(0, end));
            if (adapter != null) {
                drivers.addAll(adapter);
                break;
            }
        }
        return drivers;
    }

    private void use(Topology topology) {
        if (topology == indexed) {
            return;
        }
        indexed = topology;
        ofPath.clear();
        for (TopoNode node : topology.nodes()) {
            if (node.path().last().name().equals("hba")) {
                Set<String> drivers = new TreeSet<>();
                node.properties().string("driver").ifPresent(drivers::add);
                node.properties().string("dev").ifPresent(path -> ofPath.put(path, drivers));
                node.properties().strings("paths").forEach(path -> ofPath.putIfAbsent(path, drivers));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.fmd.api.ModuleContext;
import org.fmd.api.ModuleInfo;
import org.fmd.api.PropertySpec;
import org.fmd.api.TopologySource;
import org.fmd.api.replay.RecordedInput;
import org.fmd.api.replay.ReplayHardware;
import org.fmd.api.topo.Topology;
import org.fmd.plugins.topo.sysfs.CapturedSysfs;
import org.fmd.plugins.topo.sysfs.LiveSysfs;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** The topology of this host, or of the host that a capture was taken on. Safe from any thread. */
public final class SysfsTopology implements TopologySource, ReplayHardware {
    private static final String CAPTURE = "capture";
    private static final String SYSFS = "sysfs";
    private static final String CAPTURED = "sysfs.json";
    private static final ModuleInfo INFO = new ModuleInfo(
            "sysfs-topology",
            "1.0",
            "Hardware topology from sysfs",
            List.of(
                    PropertySpec.of(
                            CAPTURE,
                            PropertySpec.Type.TEXT,
                            "",
                            "a capture folder whose sysfs.json is read in place of the live tree"),
                    PropertySpec.of(SYSFS, PropertySpec.Type.TEXT, "/sys", "where sysfs is mounted")));

    private final AtomicReference<Set<String>> toldOf = new AtomicReference<>(Set.of());

    @Override
    public ModuleInfo info() {
        return INFO;
    }

    @Override
    public Topology snapshot(ModuleContext context) throws IOException {
        String capture = context.settings().text(CAPTURE);
        Topology topology = capture.isEmpty()
                ? ofLive(Path.of(context.settings().text(SYSFS)))
                : of(CapturedSysfs.read(Path.of(capture).resolve(CAPTURED)), "");
        context.count("snapshots", 1);
        tellOfNameless(context, topology);
        return topology;
    }

    @Override
    public Optional<Topology> hardware(RecordedInput input, ModuleContext context) throws IOException {
        Path file = input.path().resolve(CAPTURED);
        return input.isFolder() && Files.isRegularFile(file)
                ? Optional.of(of(CapturedSysfs.read(file), ""))
                : Optional.empty();
    }

    /**
     * Enumerates the hardware.
     *
     * @param hostName the name of the host, empty if not known
     */
    public static Topology of(Sysfs sysfs, String hostName) {
        return TopologyWalk.of(sysfs, hostName);
    }

    private static Topology ofLive(Path mount) throws IOException {
        if (!Files.isDirectory(mount.resolve("devices"))) {
            throw new IOException("'" + mount + "' is no sysfs: no folder 'devices' in it; is it mounted?");
        }
        Path name = mount.resolveSibling("proc/sys/kernel/hostname");
        String hostName = Files.isReadable(name) ? Files.readString(name).strip() : "";
        return of(LiveSysfs.open(mount), hostName);
    }

    /** Says it once for each disk: errors of a disk without identity are matched by its place alone. */
    private void tellOfNameless(ModuleContext context, Topology topology) {
        Set<String> nameless = topology.nodes().stream()
                .filter(node -> node.path().last().name().equals("disk"))
                .filter(node -> !node.properties().contains("devid"))
                .map(node -> node.properties().string("dev").orElse(""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = toldOf.getAndSet(nameless);
        nameless.stream()
                .filter(dev -> !told.contains(dev))
                .forEach(dev -> context.log()
                        .info("the disk at '{}' tells no identity of its own, so it is known by this place only", dev));
    }
}

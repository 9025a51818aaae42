// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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
import org.fmd.plugins.topo.sysfs.PatientWalk;
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

    /** How long one file of sysfs may take: those that are read come from memory. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<Path, HostFacts> hosts = new ConcurrentHashMap<>();
    private final PatientWalk patient = new PatientWalk(PATIENCE);
    private final AtomicReference<Set<String>> toldOf = new AtomicReference<>(Set.of());

    @Override
    public ModuleInfo info() {
        return INFO;
    }

    @Override
    public Topology snapshot(ModuleContext context) throws IOException {
        String capture = context.settings().text(CAPTURE);
        Topology topology = capture.isEmpty()
                ? ofLive(Path.of(context.settings().text(SYSFS)), context)
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
        return of(sysfs, HostFacts.NONE, hostName);
    }

    /**
     * Enumerates the hardware, with what is mounted from it and which network interface leads to it.
     *
     * @param hostName the name of the host, empty if not known
     */
    public static Topology of(Sysfs sysfs, HostFacts facts, String hostName) {
        return TopologyWalk.of(sysfs, facts, hostName);
    }

    private Topology ofLive(Path mount, ModuleContext context) throws IOException {
        if (!Files.isDirectory(mount.resolve("devices"))) {
            throw new IOException("'" + mount + "' is no sysfs: no folder 'devices' in it; is it mounted?");
        }
        Path proc = mount.resolveSibling("proc");
        Path name = proc.resolve("sys/kernel/hostname");
        String hostName = Files.isReadable(name) ? Files.readString(name).strip() : "";
        HostFacts facts = hosts.computeIfAbsent(proc, LiveHost::new);
        return patient.walk(LiveSysfs.open(mount), sysfs -> of(sysfs, facts, hostName), file -> {
            context.count("hung-files", 1);
            context.log()
                    .warn(
                            "'{}' does not answer for {} seconds and is left out of the topology until it does",
                            mount.resolve(file),
                            PATIENCE.toSeconds());
        });
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

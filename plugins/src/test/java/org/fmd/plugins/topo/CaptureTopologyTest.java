// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.json.Json;
import org.fmd.plugins.topo.sysfs.CapturedSysfs;
import org.fmd.plugins.topo.sysfs.LiveSysfs;
import org.fmd.plugins.topo.sysfs.Sysfs;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recorded machines look like. */
class CaptureTopologyTest {
    @TempDir
    Path base;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ahci-error",
                "enclosure-bays",
                "iscsi-multipath-one-nic",
                "iscsi-nic-down",
                "lsi-hardware",
                "md-raid1-member-fails",
                "megasas-media",
                "mptsas-media",
                "multipath-path-unplugged",
                "nvme-error",
                "sdebug-host-gone",
                "sdebug-media-read",
                "virtio-eio",
            })
    void aRecordedMachineHasThisTopology(String capture) throws IOException {
        Sysfs sysfs = sysfs(capture);
        Topology topology = SysfsTopology.of(sysfs, "");
        String text = TopologyText.of(topology);
        Golden.assertMatches(Fixtures.path("captures/" + capture).resolve("topology.txt"), text);
        for (long seed = 0; seed < 20; seed++) {
            Topology shuffled = SysfsTopology.of(new Shuffled(sysfs, new Random(seed)), "");
            assertEquals(text, TopologyText.of(shuffled), "folders in another order, seed " + seed);
        }
        everyScsiDiskIsThere(sysfs, topology);
        assertEquals(text, TopologyText.of(SysfsTopology.of(live(capture), "")), "the same as a tree of files");
    }

    /** Makes files and links of a capture, as they were on the machine. */
    private Sysfs live(String capture) throws IOException {
        Map<?, ?> before = (Map<?, ?>)
                Objects.requireNonNull(Json.parseObject(Fixtures.bytes("captures/" + capture + "/sysfs.json"))
                        .get("before"));
        Path root = Files.createDirectory(base.resolve("sys"));
        Set<String> names = new TreeSet<>();
        before.keySet().forEach(name -> names.add((String) name));
        for (String name : names) {
            Path path = root.resolve(name.replaceFirst("^/", "none/"));
            // The link of a class entry comes before what is read through it, since its name is shorter.
            Files.createDirectories(path.getParent());
            if (before.get(name) instanceof Map<?, ?> form && form.get("link") instanceof String target) {
                Files.createDirectories(root.resolve(target));
                Files.createSymbolicLink(path, root.resolve(target));
            } else if (before.get(name) instanceof Map<?, ?> form) {
                Files.write(path, HexFormat.of().parseHex((String) Objects.requireNonNull(form.get("hex"))));
            } else {
                Files.writeString(path, before.get(name) + "\n");
            }
        }
        return LiveSysfs.open(root);
    }

    private static void everyScsiDiskIsThere(Sysfs sysfs, Topology topology) {
        for (String block : sysfs.children("block")) {
            Optional<String> device = sysfs.link("block/" + block + "/device");
            if (device.isPresent() && block.startsWith("sd")) {
                TopoNode node = topology.find(DevFmri.ofPath("/" + device.get()));
                assertEquals("disk", node == null ? null : node.path().last().name(), block);
            }
        }
    }

    private static Sysfs sysfs(String capture) throws IOException {
        return CapturedSysfs.read(Fixtures.path("captures/" + capture).resolve("sysfs.json"));
    }

    /** Lists folders in an order of its own. */
    private record Shuffled(Sysfs sysfs, Random random) implements Sysfs {
        @Override
        public Optional<String> text(String path) {
            return sysfs.text(path);
        }

        @Override
        public Optional<byte[]> bytes(String path) {
            return sysfs.bytes(path);
        }

        @Override
        public Optional<String> link(String path) {
            return sysfs.link(path);
        }

        @Override
        public List<String> children(String path) {
            List<String> names = new ArrayList<>(sysfs.children(path));
            Collections.shuffle(names, random);
            return names;
        }
    }
}

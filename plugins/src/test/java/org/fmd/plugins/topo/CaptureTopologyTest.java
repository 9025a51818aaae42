// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.DevFmri;
import org.fmd.plugins.topo.sysfs.CapturedSysfs;
import org.fmd.plugins.topo.sysfs.Sysfs;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recorded machines look like. */
class CaptureTopologyTest {

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

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fmd.api.topo.StorageStack;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.junit.jupiter.api.Test;

/** From the disk to the mount point, and from the session to the network interface. */
class StackTest {
    private static final String PCI = "devices/pci0000:00/0000:00:06.0";

    /** A host with files below /proc and addresses. */
    private record Facts(String mountinfo, String swapTable, Map<String, String> owners) implements HostFacts {
        @Override
        public Optional<String> mounts() {
            return Optional.of(mountinfo);
        }

        @Override
        public Optional<String> swaps() {
            return Optional.of(swapTable);
        }

        @Override
        public Optional<String> interfaceOf(String address) {
            return Optional.ofNullable(owners.get(address));
        }
    }

    private static Tree twoDisks() {
        Tree tree = new Tree();
        for (int i = 0; i < 2; i++) {
            String disk = i == 0 ? "sda" : "sdb";
            tree.disk(PCI + "/host0/target0:0:" + i, "0:0:" + i + ":0", disk, "A", "B")
                    .naa("0:0:" + i + ":0", "5000c500a000000" + i)
                    .text("block/" + disk + "/dev", "8:" + 16 * i)
                    .text("block/" + disk + "/" + disk + "1/dev", "8:" + (16 * i + 1))
                    .text("block/" + disk + "/" + disk + "1/uevent", "MAJOR=8\nPARTNAME=data\nPARTN=1")
                    .text("block/" + disk + "/" + disk + "2/dev", "8:" + (16 * i + 2))
                    .link("block/" + disk + "/" + disk + "1/holders/md0", "devices/virtual/block/md0")
                    .link("block/md0/slaves/" + disk + "1", PCI + "/x/" + disk + "1")
                    .text("block/md0/md/dev-" + disk + "1/slot", String.valueOf(i))
                    .text("block/md0/md/dev-" + disk + "1/state", i == 0 ? "in_sync" : "faulty");
        }
        return tree.text("block/md0/md/level", "raid1")
                .text("block/md0/md/raid_disks", "2")
                .text("block/md0/md/degraded", "1")
                .text("block/md0/dev", "9:0")
                .text("block/dm-3/dm/name", "vg-home")
                .text("block/dm-3/dm/uuid", "LVM-abc")
                .text("block/dm-3/dev", "254:3")
                .link("block/dm-3/slaves/md0", "devices/virtual/block/md0");
    }

    private static final Facts MOUNTED = new Facts(
            """
            25 1 254:3 / /home rw,relatime shared:1 - ext4 /dev/mapper/vg-home rw
            26 1 8:2 / /with\\040a\\134blank rw - xfs /dev/sda2 rw
            27 1 0:40 / /proc rw - proc proc rw
            broken
            28 1 8:2 - ext4
            """, "Filename Type Size Used Priority\n/dev/sdb2 partition 1 0 -2\n/swapfile file 1 0 -3\n", Map.of());

    private static TopoNode disk(Topology topology, String devid) {
        return Objects.requireNonNull(topology.byDevid("id1,sd@n5000c500a000000" + devid));
    }

    @Test
    void everyWayFromADiskToItsMountPointsIsTold() {
        Topology topology = SysfsTopology.of(twoDisks().sysfs(), MOUNTED, "nas1");
        assertEquals(
                List.of("md0 (raid1, member sda1) > dm-3 (LVM vg-home) > /home", "sda2 > /with a\\blank"),
                disk(topology, "0").properties().strings("uses"));
        assertEquals(
                List.of("md0 (raid1, member sdb1) > dm-3 (LVM vg-home) > /home", "sdb2 > [swap]"),
                disk(topology, "1").properties().strings("uses"));
        assertEquals(List.of("8:17", "8:18"), disk(topology, "1").properties().strings("partition-devts"));
    }

    @Test
    void theGraphSaysWhoIsAffectedAndWhoSharesAnArray() {
        Topology topology = SysfsTopology.of(twoDisks().sysfs(), MOUNTED, "nas1");
        StorageStack stack = StorageStack.of(topology);
        TopoNode sda = disk(topology, "0");
        TopoNode sdb = disk(topology, "1");
        assertEquals(List.of("/with a\\blank", "/home"), stack.mountPoints(sda));
        assertEquals(
                List.of("md0", "dm-3", "/home"),
                stack.shared(sda, sdb).stream().map(StorageStack.Layer::name).toList());
        assertEquals(List.of(sda, sdb), stack.disksUnder(Objects.requireNonNull(stack.layer("dm-3"))));
        TopoNode array = Objects.requireNonNull(topology.byKernelName("md0"));
        assertEquals("md-array", array.path().last().name());
        assertEquals(List.of("in_sync", "faulty"), array.properties().strings("member-states"));
        assertEquals(List.of("md0 > dm-3 (LVM vg-home) > /home"), stack.uses(array));
        assertEquals(array, topology.byDevicePath("/devices/virtual/block/md0"));
    }

    @Test
    void statesAndMountsMakeNoNewGenerationAndAnotherDiskDoes() {
        Topology before = SysfsTopology.of(twoDisks().sysfs(), HostFacts.NONE, "nas1");
        Topology mounted =
                SysfsTopology.of(twoDisks().text("block/md0/md/degraded", "0").sysfs(), MOUNTED, "nas1");
        assertNotEquals(before.nodes(), mounted.nodes());
        assertTrue(before.isSameHardware(mounted));
        assertEquals(before.generation(), mounted.generation());
        Topology swapped =
                SysfsTopology.of(twoDisks().naa("0:0:1:0", "5000c500a0000009").sysfs(), MOUNTED, "nas1");
        assertTrue(!before.isSameHardware(swapped));
        assertNotEquals(before.generation(), swapped.generation());
    }

    @Test
    void devicesThatStandOnEachOtherInACircleEnd() {
        Tree tree = twoDisks()
                .link("block/md0/slaves/dm-3", "devices/virtual/block/dm-3")
                .text("block/md0/md/dev-/state", "x");
        Topology topology = SysfsTopology.of(tree.sysfs(), MOUNTED, "nas1");
        assertEquals(2, disk(topology, "0").properties().strings("uses").size());
    }

    @Test
    void aPartitionNamedByZpoolIsAllThatIsKnownOfAPool() {
        Tree tree = new Tree()
                .disk(PCI + "/host0/target0:0:0", "0:0:0:0", "sda", "A", "B")
                .naa("0:0:0:0", "5000c500a0000000")
                .text("block/sda/sda1/uevent", "PARTNAME=zfs-0123456789abcdef");
        TopoNode sda = disk(tree.topology(), "0");
        assertEquals(List.of("sda1"), sda.properties().strings("zfs-members"));
        assertEquals(
                List.of("ZFS (partition sda1, by its name)"), sda.properties().strings("uses"));
    }

    @Test
    void allDevicesOfABtrfsAreBelowItsMountPoint() {
        Tree tree = twoDisks()
                .text("fs/btrfs/features/acl", "0")
                .text("fs/btrfs/1234/label", "pool")
                .link("fs/btrfs/1234/devices/sda2", "devices/x/sda2")
                .link("fs/btrfs/1234/devices/sdb2", "devices/x/sdb2");
        Facts facts = new Facts("25 1 0:50 /sub /data rw - btrfs /dev/sdb2 rw\n", "", Map.of());
        Topology topology = SysfsTopology.of(tree.sysfs(), facts, "nas1");
        for (String disk : List.of("0", "1")) {
            List<String> uses = disk(topology, disk).properties().strings("uses");
            assertTrue(
                    uses.contains("sd" + (disk.equals("0") ? "a" : "b") + "2 > btrfs pool > /data"), uses.toString());
        }
    }

    @Test
    void manyWaysAreCutAndSaidToBeMore() {
        Tree tree = twoDisks();
        for (int i = 10; i < 60; i++) {
            tree.text("block/dm-" + i + "/dm/name", "vg-lv" + i)
                    .text("block/dm-" + i + "/dm/uuid", "LVM-" + i)
                    .link("block/dm-" + i + "/slaves/md0", "devices/virtual/block/md0");
        }
        List<String> uses = disk(tree.topology(), "0").properties().strings("uses");
        assertEquals(17, uses.size());
        assertEquals("and more", uses.get(16));
    }

    @Test
    void sessionsAreTracedToTheHardwareBelowABond() {
        Tree tree = new Tree()
                .link("class/net/bond0", "devices/virtual/net/bond0")
                .text("class/net/bond0/operstate", "up")
                .link("class/net/bond0/lower_eth0", PCI + "/net/eth0")
                .link("class/net/bond0/lower_eth1", "devices/pci0000:00/0000:00:07.0/net/eth1")
                .link("class/net/eth0", PCI + "/net/eth0")
                .link("class/net/eth1", "devices/pci0000:00/0000:00:07.0/net/eth1")
                .link("class/net/veth1", "devices/virtual/net/veth1")
                .text("class/net/bonding_masters", "bond0");
        for (int i = 0; i < 2; i++) {
            String session = "devices/platform/host" + i + "/session" + i;
            tree.disk(session + "/target" + i + ":0:0", i + ":0:0:1", "sd" + (char) ('a' + i), "LIO", "x")
                    .naa(i + ":0:0:1", "5000c500a000000" + i)
                    .link("class/scsi_host/host" + i + "/device", "devices/platform/host" + i)
                    .link("class/iscsi_session/session" + i, session + "/iscsi_session/session" + i)
                    .text("class/iscsi_connection/connection" + i + ":0/persistent_address", "10.0.0." + (2 + i))
                    .text("class/iscsi_host/host" + i + "/ipaddress", "10.0.0.1");
        }
        Facts facts = new Facts("", "", Map.of("10.0.0.1", "bond0"));
        Topology topology = SysfsTopology.of(tree.sysfs(), facts, "nas1");
        String bond =
                Objects.requireNonNull(topology.byKernelName("bond0")).path().toString();
        assertEquals(
                List.of(bond, "chassis0/nic0", "chassis0/nic1"),
                disk(topology, "0").properties().strings("nics"));
        assertEquals(
                disk(topology, "0").properties().strings("nics"),
                disk(topology, "1").properties().strings("nics"));
        assertEquals(
                "chassis0/hba1/target-port0",
                Objects.requireNonNull(topology.byKernelName("connection1:0"))
                        .path()
                        .toString());
        assertNull(topology.byKernelName("veth1"));
        assertNotNull(topology.byDevicePath("/" + PCI + "/net/eth0"));
    }

    @Test
    void anExpanderIsANodeBelowItsAdapterWithItsFirmware() {
        String at = PCI + "/host0/port-0:0/expander-0:0";
        Tree tree = new Tree()
                .link("class/scsi_host/host0/device", PCI + "/host0")
                .text("class/scsi_host/host0/proc_name", "mpt3sas")
                .text("class/scsi_host/host0/unique_id", "2")
                .text("class/scsi_host/host0/version_bios", "08.37.00.00")
                .link("class/sas_expander/expander-0:0", at + "/sas_expander/expander-0:0")
                .text("class/sas_expander/expander-0:0/vendor_id", "LSI")
                .text("class/sas_expander/expander-0:0/product_id", "SAS2X36")
                .text("class/sas_expander/expander-0:0/product_rev", "0e0b")
                .text("class/sas_device/expander-0:0/sas_address", "0x500304800000007f");
        Topology topology = tree.topology();
        TopoNode expander = Objects.requireNonNull(topology.byKernelName("expander-0:0"));
        assertEquals("chassis0/hba0/expander0", expander.path().toString());
        assertEquals("0e0b", expander.properties().string("firmware-revision").orElse(""));
        assertEquals(expander, topology.byTargetPort("w500304800000007f"));
        TopoNode hba = Objects.requireNonNull(topology.byKernelName("mpt3sas_cm2"));
        assertEquals("chassis0/hba0", hba.path().toString());
        assertEquals("08.37.00.00", hba.properties().string("bios-version").orElse(""));
        assertEquals(hba, topology.byKernelName("0000:00:06.0"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.DevFmri;
import org.junit.jupiter.api.Test;

/** Machines that no capture has. */
class SysfsTopologyTest {
    private static final String PCI = "devices/pci0000:00/0000:00:06.0";

    @Test
    void anEnclosureSeenThroughTwoAdaptersIsOneAndSoAreItsDisks() {
        Tree tree = new Tree();
        for (int host = 0; host < 2; host++) {
            String root = "devices/pci0000:00/0000:00:0%d.0/host%d/port-%d:0/expander-%d:0"
                    .formatted(5 + host, host, host, host);
            tree.link(
                            "class/sas_device/expander-%d:0".formatted(host),
                            root + "/sas_device/expander-%d:0".formatted(host))
                    .text("class/sas_device/expander-%d:0/sas_address".formatted(host), "0x500a0b80000000e" + host);
            String enclosure = host + ":0:9:0";
            tree.enclosure(
                    root + "/port-%d:0:9/end_device-%d:0:9/target%d:0:9".formatted(host, host, host),
                    enclosure,
                    "0x50050cc10a000001");
            for (int slot = 0; slot < 3; slot++) {
                String hctl = host + ":0:" + slot + ":0";
                String target = root
                        + "/port-%d:0:%d/end_device-%d:0:%d/target%d:0:%d"
                                .formatted(host, slot, host, slot, host, slot);
                tree.disk(target, hctl, "sd" + (char) ('a' + 3 * host + slot), "SEAGATE", "ST8000NM0075")
                        .naa(hctl, "5000c500a000000" + slot)
                        .text(
                                "class/sas_device/end_device-%d:0:%d/sas_address".formatted(host, slot),
                                "0x5000c500a00000%d%d".formatted(host + 1, slot))
                        .bay(enclosure, "Slot " + slot, String.valueOf(slot))
                        .link("class/enclosure/" + enclosure + "/Slot " + slot + "/device", target + "/" + hctl);
            }
        }
        Topology topology = tree.topology();
        assertEquals(
                1,
                topology.children(TopoPath.of("chassis", 0)).stream()
                        .filter(node -> node.path().last().name().equals("ses-enclosure"))
                        .count());
        TopoNode disk = at(topology, "chassis0/ses-enclosure0/bay1/disk0");
        assertEquals(List.of("sdb", "sde"), disk.properties().strings("logical-disks"));
        assertEquals(
                List.of("chassis0/hba0", "chassis0/hba1"), disk.properties().strings("hbas"));
        assertEquals(
                List.of("w5000c500a0000011", "w5000c500a0000021"),
                disk.properties().strings("target-port-l0ids"));
        assertEquals(
                List.of("w500a0b80000000e0", "w500a0b80000000e1"),
                disk.properties().strings("expanders"));
        assertEquals(
                List.of("class/enclosure/0:0:9:0/Slot 1", "class/enclosure/1:0:9:0/Slot 1"),
                at(topology, "chassis0/ses-enclosure0/bay1").properties().strings("components"));
        for (String path : disk.properties().strings("paths")) {
            assertEquals(disk, topology.find(DevFmri.ofPath(path)));
        }
        assertEquals(disk, topology.byTargetPort("w5000c500a0000021"));
        assertNull(topology.at(TopoPath.of("chassis", 0).child("unknown-enclosure", 0)));
    }

    @Test
    void slotsThatTwoBaysClaimAreGivenToTheFirstByName() {
        Tree tree = new Tree()
                .enclosure(PCI + "/host0/target0:0:9", "0:0:9:0", "0x5001")
                .bay("0:0:9:0", "Slot 2", "7")
                .bay("0:0:9:0", "Slot 10", "7")
                .bay("0:0:9:0", "Disk 3", "-1");
        Topology topology = tree.topology();
        assertEquals("Slot 2", at(topology, "chassis0/ses-enclosure0/bay7").label());
        assertEquals("Disk 3", at(topology, "chassis0/ses-enclosure0/bay3").label());
        assertEquals(
                "Slot 10",
                at(topology, "chassis0/ses-enclosure0/bay" + StableNumber.of("Slot 10"))
                        .label());
    }

    @Test
    void aDiskThatOnlyLinksToItsBayIsPlaced() {
        Tree tree = new Tree()
                .enclosure(PCI + "/host0/target0:0:9", "0:0:9:0", "0x5001")
                .bay("0:0:9:0", "Slot 2", "2")
                .disk(PCI + "/host0/target0:0:1", "0:0:1:0", "sda", "A", "B")
                .link(
                        "class/scsi_device/0:0:1:0/device/enclosure_device:Slot 2",
                        PCI + "/host0/target0:0:9/0:0:9:0/enclosure/0:0:9:0/Slot 2");
        assertNotNull(at(tree.topology(), "chassis0/ses-enclosure0/bay2/disk0"));
    }

    @Test
    void twoDisksThatSayTheSameOfAKindThatIsNotUniqueStayTwo() {
        Tree tree = new Tree()
                .disk(PCI + "/host0/target0:0:0", "0:0:0:0", "sda", "IET", "VIRTUAL-DISK")
                .naa("0:0:0:0", "3000000100000001")
                .serial("0:0:0:0", "beaf11")
                .disk(PCI + "/host1/target1:0:0", "1:0:0:0", "sdb", "IET", "VIRTUAL-DISK")
                .naa("1:0:0:0", "3000000100000001")
                .serial("1:0:0:0", "beaf22");
        Topology topology = tree.topology();
        assertEquals(2, disks(topology).size());
        for (TopoNode disk : disks(topology)) {
            assertEquals("ambiguous", disk.properties().string("devid-source").orElseThrow());
            assertFalse(disk.properties().contains("devid"));
            assertNull(((DevFmri) asru(disk)).devid());
        }
        assertNull(topology.byDevid("id1,sd@n3000000100000001"));
        assertEquals(1, disks(tree.serial("1:0:0:0", "beaf11").topology()).size(), "nothing speaks against one disk");
        assertEquals(
                1,
                disks(tree.serial("1:0:0:0", "beaf33")
                                .naa("0:0:0:0", "5000c500a0000001")
                                .naa("1:0:0:0", "5000c500a0000001")
                                .topology())
                        .size(),
                "a worldwide name is believed");
    }

    @Test
    void aDiskWithoutIdentityKeepsItsPlaceWhenHostsAreNumberedAnew() {
        Topology before = new Tree()
                .disk(PCI + "/host0/target0:0:1", "0:0:1:0", "sda", "QEMU", "QEMU HARDDISK")
                .topology();
        Topology after = new Tree()
                .disk(PCI + "/host12/target12:0:1", "12:0:1:0", "sdk", "QEMU", "QEMU HARDDISK")
                .topology();
        assertEquals(disks(before).get(0).path(), disks(after).get(0).path());
        assertEquals(
                "none", disks(before).get(0).properties().string("devid-source").orElseThrow());
        Topology elsewhere = new Tree()
                .disk(PCI + "/host0/target0:0:2", "0:0:2:0", "sda", "QEMU", "QEMU HARDDISK")
                .topology();
        assertNotEquals(disks(before).get(0).path(), disks(elsewhere).get(0).path());
    }

    @Test
    void aSataDiskTellsItsWholeModelAndFirmware() {
        String model = "WDC WD4000FYYZ-01UL1B0";
        String t10 = "02010044" + Tree.bytes("ATA     " + pad(model, 40) + pad("     WD-WMC130F12345", 20));
        String firmware = "10.10M03";
        StringBuilder swapped = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            swapped.append(firmware.charAt(i + 1)).append(firmware.charAt(i));
        }
        String page89 = "00".repeat(56 + 46) + Tree.bytes(swapped.toString()) + "00".repeat(512 - 54);
        Tree tree = new Tree()
                .disk(
                        PCI + "/host0/port-0:0/end_device-0:0/target0:0:0",
                        "0:0:0:0",
                        "sda",
                        "ATA     ",
                        "WDC WD4000FYYZ-0")
                .hex("class/scsi_device/0:0:0:0/device/vpd_pg83", Tree.page(0x83, t10))
                .hex("class/scsi_device/0:0:0:0/device/vpd_pg89", Tree.page(0x89, page89))
                .serial("0:0:0:0", "     WD-WMC130F12345");
        TopoNode disk = disks(tree.topology()).get(0);
        assertEquals(model, disk.properties().string("model").orElseThrow());
        assertEquals(firmware, disk.properties().string("firmware-revision").orElseThrow());
        assertEquals("sata", disk.properties().string("transport").orElseThrow());
        assertEquals(
                "id1,sd@TATA_WDC_WD4000FYYZ-01UL1B0_WD-WMC130F12345",
                disk.properties().string("devid").orElseThrow());
        assertTrue(disk.resource()
                .toString()
                .contains(":serial=WD-WMC130F12345:part=WDC-WD4000FYYZ-01UL1B0:revision=10.10M03"));
    }

    @Test
    void aNamespaceWithTwoControllersIsOneDisk() {
        String head = "devices/virtual/nvme-subsystem/nvme-subsys0";
        Tree tree = new Tree();
        for (int c = 0; c < 2; c++) {
            String controller = "devices/pci0000:00/0000:00:0%d.0/nvme/nvme%d".formatted(6 + c, c);
            tree.link("class/nvme/nvme" + c, controller)
                    .text("class/nvme/nvme" + c + "/serial", "S1")
                    .text("class/nvme/nvme" + c + "/model", "MODEL")
                    .link("block/nvme0c" + c + "n1/device", controller);
        }
        tree.link("block/nvme0n1/device", head).text("block/nvme0n1/nguid", "0025385b-71b0-0001-0025-385b71b00002");
        Topology topology = tree.topology();
        assertEquals(1, disks(topology).size());
        TopoNode disk = disks(topology).get(0);
        assertEquals(
                List.of("chassis0/hba0", "chassis0/hba1"), disk.properties().strings("hbas"));
        assertEquals("/" + head + "/nvme0n1", disk.properties().string("dev").orElseThrow());
        assertEquals(disk, topology.byDevicePath("/devices/pci0000:00/0000:00:07.0/nvme/nvme1/nvme0c1n1"));
        assertEquals(
                "id1,sd@w0025385b71b000010025385b71b00002",
                disk.properties().string("devid").orElseThrow());
    }

    @Test
    void anNvmeDiskIsLabelledWithTheSlotOfItsCard() {
        String controller = "devices/pci0000:00/0000:00:1c.0/0000:03:00.0/nvme/nvme0";
        Tree tree = new Tree()
                .link("class/nvme/nvme0", controller)
                .link("block/nvme0n1/device", controller)
                .text("bus/pci/slots/5/address", "0000:03:00")
                .text("bus/pci/slots/6/address", "0000:04:00");
        Topology topology = tree.topology();
        assertEquals("PCI slot 5", at(topology, "chassis0/hba0").label());
        assertEquals("PCI slot 5", disks(topology).get(0).label());
    }

    @Test
    void holdersOfPartitionsCount() {
        Tree tree = new Tree()
                .disk(PCI + "/host0/target0:0:1", "0:0:1:0", "sda", "A", "B")
                .link("block/sda/sda1/holders/md10", "devices/virtual/block/md10")
                .link("block/sda/sda2/holders/md9", "devices/virtual/block/md9")
                .text("block/sda/queue/logical_block_size", "4096");
        TopoNode disk = disks(tree.topology()).get(0);
        assertEquals(List.of("md9", "md10"), disk.properties().strings("holders"));
        assertEquals(4096, disk.properties().number("block-size").orElseThrow());
        assertEquals(2048 * 512, disk.properties().number("capacity-in-bytes").orElseThrow());
    }

    @Test
    void virtualBlockDevicesAreNoDisksAndVirtioOnesAre() {
        Tree tree = new Tree()
                .text("block/loop0/size", "8")
                .text("block/dm-0/size", "8")
                .link("block/fd0/device", "devices/platform/floppy.0")
                .link("block/vda/device", PCI + "/virtio1")
                .link("block/vda/device/driver", "bus/virtio/drivers/virtio_blk");
        Topology topology = tree.topology();
        assertEquals(1, disks(topology).size());
        TopoNode disk = disks(topology).get(0);
        assertEquals("virtio", disk.properties().string("transport").orElseThrow());
        assertEquals(
                "virtio_blk",
                at(topology, "chassis0/hba0").properties().string("driver").orElseThrow());
        assertEquals(disk, topology.byDevicePath("/" + PCI + "/virtio1"), "the disk, not its adapter");
    }

    @Test
    void theHostVouchesForItsPartsAndPlaceholdersAreNoNames() {
        Tree tree = new Tree()
                .text("class/dmi/id/product_name", "X9DRi-LN4+/X9DR3-LN4+")
                .text("class/dmi/id/product_serial", "To be filled by O.E.M.")
                .text("class/dmi/id/chassis_serial", "0123456789")
                .enclosure(PCI + "/host0/target0:0:9", "0:0:9:0", "0x50050cc10a000001");
        Topology topology = tree.topology();
        assertEquals(
                "hc://:product-id=X9DRi-LN4+-X9DR3-LN4+:server-id=nas1:part=X9DRi-LN4+-X9DR3-LN4+/chassis=0",
                at(topology, "chassis0").resource().toString());
        assertEquals(
                "hc://:product-id=X9DRi-LN4+-X9DR3-LN4+:server-id=nas1:chassis-id=50050cc10a000001/chassis=0/ses-enclosure=0",
                at(topology, "chassis0/ses-enclosure0").resource().toString());
    }

    @Test
    void aDiskThatGoesMovesNoOther() {
        TreeMap<String, TopoPath> all = new TreeMap<>();
        Topology whole = many(-1).topology();
        disks(whole).forEach(disk -> all.put(devid(disk), disk.path()));
        assertEquals(1_000, all.size());
        assertEquals(1_000, new HashSet<>(all.values()).size());
        for (int gone = 0; gone < 1_000; gone += 97) {
            Topology rest = many(gone).topology();
            assertEquals(999, disks(rest).size());
            for (TopoNode disk : disks(rest)) {
                assertEquals(all.get(devid(disk)), disk.path(), "without disk " + gone);
                TopoNode before = whole.byDevid(devid(disk));
                assertEquals(before == null ? "" : before.properties(), disk.properties(), "without disk " + gone);
            }
        }
    }

    @Test
    void damagedValuesNeverHideTheOtherDisks() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Tree tree = new Tree();
            for (int i = 0; i < 6; i++) {
                String hctl = "0:0:" + i + ":0";
                tree.disk(
                                PCI + "/host0/port-0:" + i + "/end_device-0:" + i + "/target0:0:" + i,
                                hctl,
                                "sd" + (char) ('a' + i),
                                "A",
                                "B")
                        .naa(hctl, "5000c500a000000" + i)
                        .text("class/sas_device/end_device-0:" + i + "/sas_address", "0x5000c500a000001" + i);
            }
            tree.enclosure(PCI + "/host0/target0:0:9", "0:0:9:0", "0x5001").bay("0:0:9:0", "Slot 0", "0");
            List<String> keys = new ArrayList<>(tree.values.keySet());
            for (int i = 0; i < 12; i++) {
                String key = keys.get(random.nextInt(keys.size()));
                if (!key.endsWith("/type") && !key.matches("class/scsi_device/[^/]*")) {
                    tree.values.put(key, damage(random));
                }
            }
            Topology topology = tree.topology();
            for (int i = 0; i < 6; i++) {
                String dev = "/" + PCI + "/host0/port-0:%d/end_device-0:%d/target0:0:%d/0:0:%d:0".formatted(i, i, i, i);
                TopoNode node = topology.byDevicePath(dev);
                assertEquals("disk", node == null ? "" : node.path().last().name(), "seed " + seed + ", disk " + i);
            }
        }
    }

    private static Object damage(Random random) {
        byte[] bytes = new byte[random.nextInt(24)];
        random.nextBytes(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        return switch (random.nextInt(5)) {
            case 0 -> Map.of("hex", hex);
            case 1 -> Map.of("link", "devices/" + hex);
            case 2 -> "";
            case 3 -> "0x" + hex + "\n/:=?";
            default -> 17L;
        };
    }

    /** A thousand disks behind ten adapters, half of them in bays. */
    static Tree many(int gone) {
        Tree tree = new Tree();
        for (int host = 0; host < 10; host++) {
            String root = "devices/pci0000:00/0000:0%x:00.0/host%d".formatted(host, host);
            String enclosure = host + ":0:100:0";
            if (host % 2 == 0) {
                tree.enclosure(root + "/target%d:0:100".formatted(host), enclosure, "0x5001" + host);
            }
            for (int i = 0; i < 100; i++) {
                String hctl = host + ":0:" + i + ":0";
                String target = root + "/target%d:0:%d".formatted(host, i);
                String bay = "class/enclosure/" + enclosure + "/Slot %02d".formatted(i);
                if (host % 2 == 0) {
                    tree.bay(enclosure, "Slot %02d".formatted(i), String.valueOf(i));
                }
                if (host * 100 + i != gone) {
                    tree.disk(target, hctl, "sd" + host + "x" + i, "SEAGATE", "ST8000NM0075")
                            .naa(hctl, "5000c500a%07x".formatted(host * 100 + i));
                    if (host % 2 == 0) {
                        tree.link(bay + "/device", target + "/" + hctl);
                    }
                }
            }
        }
        return tree;
    }

    private static String devid(TopoNode disk) {
        return disk.properties().string("devid").orElseThrow();
    }

    private static List<TopoNode> disks(Topology topology) {
        return topology.nodes().stream()
                .filter(node -> node.path().last().name().equals("disk"))
                .toList();
    }

    private static TopoNode at(Topology topology, String path) {
        TopoNode node = topology.at(TopoPath.parse(path).orElseThrow());
        assertNotNull(node, path + " in\n" + TopologyText.of(topology));
        return node;
    }

    private static Object asru(TopoNode disk) {
        assertNotNull(disk.asru());
        return disk.asru();
    }

    private static String pad(String text, int length) {
        return text + " ".repeat(length - text.length());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.uevent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.DeviceAdded;
import org.fmd.plugins.kernel.observation.Observation.DeviceChanged;
import org.fmd.plugins.kernel.observation.Observation.DeviceRemoved;
import org.fmd.plugins.kernel.observation.Observation.MultipathPath;
import org.fmd.plugins.kernel.observation.Observation.UnitAttention;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.junit.jupiter.api.Test;

class UeventTest {
    private static final String LUN = "/devices/pci0000:00/0000:00:06.0/virtio4/host0/target0:0:1/0:0:1:0";

    private static Optional<Uevent> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Uevent.parse(bytes, bytes.length);
    }

    private static List<Observation> says(String action, String path, String... keys) {
        String all = action + "@" + path + "\0ACTION=" + action + "\0DEVPATH=" + path + "\0" + String.join("\0", keys)
                + "\0SEQNUM=7\0";
        return UeventReading.observations(parse(all).orElseThrow());
    }

    @Test
    void readsActionPathAndKeys() {
        Uevent event = parse("add@/a/b\0ACTION=add\0SUBSYSTEM=block\0SEQNUM=42\0X=a=b\0")
                .orElseThrow();
        assertEquals("add", event.action());
        assertEquals("/a/b", event.devicePath());
        assertEquals(42, event.sequence());
        assertEquals("a=b", event.get("X"));
    }

    @Test
    void refusesWhatIsNoUevent() {
        for (String bad : new String[] {
            "",
            "libudev\0x",
            "add@",
            "@/a\0ACTION=\0SUBSYSTEM=x",
            "add@/a\0ACTION=remove\0SUBSYSTEM=x",
            "add@/a\0ACTION=add",
            "add@/a\0ACTION=add\0SUBSYSTEM=x\0nokey",
            "add@a\0ACTION=add\0SUBSYSTEM=x"
        }) {
            assertTrue(parse(bad).isEmpty(), bad);
        }
    }

    @Test
    void namesTheDiskByItsPlaceInTheTree() {
        ScsiDevice device = new ScsiDevice("0:0:1:0", null);
        assertEquals(List.of(new DeviceAdded("scsi", LUN, device)), says("add", LUN, "SUBSYSTEM=scsi"));
        assertEquals(
                List.of(new DeviceRemoved("block", LUN + "/block/sdb", new ScsiDevice("0:0:1:0", "sdb"))),
                says("remove", LUN + "/block/sdb", "SUBSYSTEM=block"));
        assertEquals(
                List.of(new DeviceAdded("scsi_device", LUN + "/scsi_device/0:0:1:0", null)),
                says("add", LUN + "/scsi_device/0:0:1:0", "SUBSYSTEM=scsi_device"));
    }

    @Test
    void readsUnitAttentionsOfDisksOnly() {
        ScsiDevice device = new ScsiDevice("0:0:1:0", null);
        DeviceChanged changed = new DeviceChanged("scsi", LUN, device);
        assertEquals(
                List.of(new UnitAttention(device, new AdditionalSense(0x2a, 6), true), changed),
                says("change", LUN, "SUBSYSTEM=scsi", "DRIVER=sd", "SDEV_UA=ASYMMETRIC_ACCESS_STATE_CHANGED"));
        assertEquals(List.of(changed), says("change", LUN, "SUBSYSTEM=scsi", "SDEV_UA=POWER_ON_RESET_OCCURRED"));
    }

    @Test
    void readsPathsOfMultipathMaps() {
        List<Observation> said = says(
                "change",
                "/devices/virtual/block/dm-0",
                "SUBSYSTEM=block",
                "MAJOR=254",
                "MINOR=0",
                "DM_ACTION=PATH_FAILED",
                "DM_PATH=8:0");
        assertTrue(said.contains(new MultipathPath("254:0", "8:0", true)), said::toString);
    }

    @Test
    void neverThrowsWhateverTheBytes() {
        byte[] good = ("change@" + LUN
                        + "\0ACTION=change\0SUBSYSTEM=scsi\0DRIVER=sd\0SDEV_UA=INQUIRY_DATA_HAS_CHANGED\0SEQNUM=1\0")
                .getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = java.util.Arrays.copyOf(good, random.nextInt(good.length + 20));
            for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Uevent.parse(bytes, bytes.length).ifPresent(UeventReading::observations);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}

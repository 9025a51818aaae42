// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.observation.BlockErrorKind;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AdditionalSenseReported;
import org.fmd.plugins.kernel.observation.Observation.AtaReported;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.Observation.CapacityReported;
import org.fmd.plugins.kernel.observation.Observation.CdbPiece;
import org.fmd.plugins.kernel.observation.Observation.CdbReported;
import org.fmd.plugins.kernel.observation.Observation.CommandFailed;
import org.fmd.plugins.kernel.observation.Observation.CommandLogged;
import org.fmd.plugins.kernel.observation.Observation.DeviceFound;
import org.fmd.plugins.kernel.observation.Observation.DeviceOfflined;
import org.fmd.plugins.kernel.observation.Observation.DiskAttached;
import org.fmd.plugins.kernel.observation.Observation.DiskDetaching;
import org.fmd.plugins.kernel.observation.Observation.IscsiConnectionFailed;
import org.fmd.plugins.kernel.observation.Observation.IscsiSessionLost;
import org.fmd.plugins.kernel.observation.Observation.MdMemberFailed;
import org.fmd.plugins.kernel.observation.Observation.MdReported;
import org.fmd.plugins.kernel.observation.Observation.MessagesSuppressed;
import org.fmd.plugins.kernel.observation.Observation.MultipathPath;
import org.fmd.plugins.kernel.observation.Observation.NvmeCommandFailed;
import org.fmd.plugins.kernel.observation.Observation.OwnCommandFailed;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.Observation.RejectingIo;
import org.fmd.plugins.kernel.observation.Observation.ReservationConflict;
import org.fmd.plugins.kernel.observation.Observation.SenseReported;
import org.fmd.plugins.kernel.observation.Observation.UnitAttention;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KmsgLinesTest {
    private static final ScsiDevice SDA = new ScsiDevice("0:0:0:0", "sda");
    private static final ScsiDevice NAMELESS = new ScsiDevice("0:0:0:0", null);
    private static final String H = "sd 0:0:0:0: [sda] tag#12 ";

    private static void says(String line, Observation expected) {
        assertEquals(Optional.of(expected), KmsgLines.recognise(line, null), line);
    }

    private static void saysNothing(String line) {
        assertEquals(Optional.empty(), KmsgLines.recognise(line, null), line);
    }

    @Test
    void knowsEachFormOfAFailedCommand() {
        says(
                H + "FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s",
                new CommandFailed(SDA, 12, HostByte.OK, false, 0));
        says(
                H + "FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_SENSE",
                new CommandFailed(SDA, 12, HostByte.OK, true, -1));
        says(
                H + "UNKNOWN(0x2003) Result: hostbyte=0x0b driverbyte=0x00 cmd_age=2s",
                new CommandFailed(SDA, 12, HostByte.SOFT_ERROR, false, 2));
        says(
                H + "UNKNOWN(0x2003) Result: hostbyte=0x00 driverbyte=0x08 cmd_age=2s",
                new CommandFailed(SDA, 12, HostByte.OK, true, 2));
        says(
                "sd 0:0:0:0: [sda] FAILED Result: hostbyte=DID_SOFT_ERROR driverbyte=DRIVER_OK",
                new CommandFailed(SDA, -1, HostByte.SOFT_ERROR, false, -1));
        says(
                "sd 0:0:0:0: [sda]  Result: hostbyte=DID_NO_CONNECT driverbyte=DRIVER_OK",
                new CommandFailed(SDA, -1, HostByte.NO_CONNECT, false, -1));
        says(H + "FAILED Result: hostbyte=0x77 driverbyte=DRIVER_OK", new CommandFailed(SDA, 12, null, false, -1));
        says(H + "Done: SUCCESS Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s", new CommandLogged(SDA, 12));
    }

    @Test
    void knowsEachFormOfSense() {
        says(H + "Sense Key : Medium Error [current] ", new SenseReported(SDA, 12, SenseKey.MEDIUM_ERROR, false));
        says(H + "Sense Key : Medium Error [deferred] ", new SenseReported(SDA, 12, SenseKey.MEDIUM_ERROR, true));
        says(
                "sd 0:0:0:0: [sda] Sense Key : Recovered Error [current] [descriptor]",
                new SenseReported(SDA, -1, SenseKey.RECOVERED_ERROR, false));
        says(H + "Sense Key : 0x3 [current] ", new SenseReported(SDA, 12, SenseKey.MEDIUM_ERROR, false));
        says(
                "sd 0:0:0:0: [sda]  Sense Key : Hardware Error [current] ",
                new SenseReported(SDA, -1, SenseKey.HARDWARE_ERROR, false));
        says(
                H + "Add. Sense: Unrecovered read error",
                new AdditionalSenseReported(SDA, 12, new AdditionalSense(0x11, 0), "Unrecovered read error"));
        says(H + "Add. Sense: What nobody knows", new AdditionalSenseReported(SDA, 12, null, "What nobody knows"));
        for (String numbers : new String[] {
            "ASC=0x5d <<vendor>> ASCQ=0x90",
            "ASC=0x5d <<vendor>>ASCQ=0x90 ",
            "ASC=0x5d ASCQ=0x90 ",
            "<<vendor>> ASC=0x5d ASCQ=0x90ASC=0x5d <<vendor>> ASCQ=0x90"
        }) {
            Observation said = KmsgLines.recognise(H + numbers, null).orElseThrow(() -> new AssertionError(numbers));
            assertEquals(new AdditionalSense(0x5d, 0x90), ((AdditionalSenseReported) said).code(), numbers);
        }
    }

    @Test
    void knowsEachFormOfACommand() {
        Octets read = Octets.of(0x28, 0, 0, 0, 0x12, 0x30, 0, 0, 0x10, 0);
        says(H + "CDB: Read(10) 28 00 00 00 12 30 00 00 10 00", new CdbReported(SDA, 12, read));
        says(H + "CDB: opcode=0x28 28 00 00 00 12 30 00 00 10 00", new CdbReported(SDA, 12, read));
        says("sd 0:0:0:0: CDB: Read(10): 28 00 00 00 12 30 00 00 10 00", new CdbReported(NAMELESS, -1, read));
        says(H + "CDB: Read(32)", new CdbReported(SDA, 12, Octets.EMPTY));
        says(H + "CDB[10]: 00 00 12 30", new CdbPiece(SDA, 12, 16, Octets.of(0, 0, 0x12, 0x30)));
    }

    @Test
    void knowsTheBlockLayersLinesOfEachAge() {
        says(
                "critical medium error, dev sda, sector 4656 op 0x0:(READ) flags 0x800 phys_seg 2 prio class 2",
                new BlockError("sda", BlockErrorKind.MEDIUM, 4656, 0));
        says(
                "I/O error, dev dm-0, sector 128 op 0x1:(WRITE) flags 0x8800 phys_seg 1 prio class 0",
                new BlockError("dm-0", BlockErrorKind.IO, 128, 1));
        says(
                "blk_update_request: critical target error, dev sdb, sector 16368",
                new BlockError("sdb", BlockErrorKind.TARGET, 16368, -1));
        says(
                "print_req_error: I/O error, dev sdf, sector 26643040 flags 700",
                new BlockError("sdf", BlockErrorKind.IO, 26643040, -1));
        says("end_request: I/O error, dev sda, sector 7", new BlockError("sda", BlockErrorKind.IO, 7, -1));
        says(
                "I/O error, dev sda, sector 18446744073709551615 op 0x1:(FLUSH) flags 0x0 phys_seg 0 prio class 0",
                new BlockError("sda", BlockErrorKind.IO, -1, 1));
        for (BlockErrorKind kind : BlockErrorKind.values()) {
            says(kind + " error, dev sda, sector 1", new BlockError("sda", kind, 1, -1));
        }
        saysNothing("I/O error, dev sda, sector 99999999999999999999 op 0x1:(READ)");
        saysNothing("Buffer I/O error on dev sdb, logical block 2046, async page read");
    }

    @Test
    void knowsWhatIsSaidOfADevice() {
        says("sd 0:0:0:0: Device offlined - not ready after error recovery", new DeviceOfflined(NAMELESS));
        says("scsi 0:0:0:0: Device offlined - not ready after error recovery", new DeviceOfflined(NAMELESS));
        says("sd 0:0:0:0: rejecting I/O to offline device", new RejectingIo(NAMELESS));
        says("sd 0:0:0:0: [sda] killing request", new RejectingIo(SDA));
        says("sd 0:0:0:0: reservation conflict", new ReservationConflict(NAMELESS));
        says("sd 0:0:0:0: [sda] Unit Not Ready", new OwnCommandFailed(SDA, "Test Unit Ready", null, false));
        says(
                "sd 0:0:0:0: [sda] Synchronize Cache(10) failed: Result: hostbyte=DID_BAD_TARGET driverbyte=DRIVER_OK",
                new OwnCommandFailed(SDA, "Synchronize Cache(10)", HostByte.BAD_TARGET, true));
        says("sd 0:0:0:0: [sda] Synchronizing SCSI cache", new DiskDetaching(SDA));
        says("sd 0:0:0:0: [sda] Attached SCSI disk", new DiskAttached(SDA));
        says("sd 0:0:0:0: [sda] 131072 512-byte logical blocks: (67.1 MB/64.0 MiB)", new CapacityReported(SDA, 512));
        says(
                "scsi 0:0:0:0: Direct-Access     SEAGATE  ST600MM0006      0003 PQ: 0 ANSI: 5",
                new DeviceFound(NAMELESS, "Direct-Access", "SEAGATE", "ST600MM0006", "0003"));
        says(
                "sd 0:0:0:0: Power-on or device reset occurred",
                new UnitAttention(NAMELESS, new AdditionalSense(0x29, 0), false));
        says("sd 0:0:0:0: Inquiry data has changed", new UnitAttention(NAMELESS, new AdditionalSense(0x3f, 3), false));
        says(
                "sd 0:0:0:0: Warning! Received an indication that the LUN reached a thin provisioning soft threshold.",
                new UnitAttention(NAMELESS, new AdditionalSense(0x38, 7), false));
        says(
                "sd 0:0:0:0: LUN assignments on this target have changed. The Linux SCSI layer does not automatically remap LUN assignments.",
                new UnitAttention(NAMELESS, new AdditionalSense(0x3f, 0xe), false));
        saysNothing("scsi 0:0:0:0: Power-on or device reset occurred");
    }

    @Test
    void knowsTheOtherLayers() {
        says(
                "md/raid1:md0: Disk failure on sda, disabling device.\nmd/raid1:md0: Operation continuing on 1 devices.",
                new MdMemberFailed("md0", "sda"));
        says(
                "md/raid1:md0: read error corrected (8 sectors at 4096 on sda)",
                new PartReported(
                        "sda",
                        PartEvent.MD_READ_CORRECTED,
                        NvList.builder()
                                .uint64("sector", 4096)
                                .string("msg", "md/raid1:md0: read error corrected (8 sectors at 4096 on sda)")
                                .build()));
        says("md: super_written gets error=-5", new MdReported("", "md: super_written gets error=-5"));
        says("md: recover of RAID array md0", new MdReported("md0", "md: recover of RAID array md0"));
        says("device-mapper: multipath: 254:0: Failing path 8:0.", new MultipathPath("254:0", "8:0", true));
        says("device-mapper: multipath: 254:0: Reinstating path 8:0.", new MultipathPath("254:0", "8:0", false));
        says(" connection1:0: detected conn error (1022)", new IscsiConnectionFailed("connection1:0", 1022));
        says(
                " connection1:0: ping timeout of 2 secs expired, recv timeout 2, last rx 1, last ping 2, now 3",
                new IscsiConnectionFailed("connection1:0", 0));
        says(" session1: session recovery timed out after 5 secs", new IscsiSessionLost("session1", 5));
        says("ata1.00: failed command: WRITE DMA", new AtaReported(1, 0, "failed command: WRITE DMA"));
        says("ata1: EH complete", new AtaReported(1, -1, "EH complete"));
        says(
                "nvme0n1: I/O Cmd(0x2) @ LBA 4096, 8 blocks, I/O Error (sct 0x2 / sc 0x81) ",
                new NvmeCommandFailed("nvme0n1", 2, 4096, 8, 0x281));
        says("blk_print_req_error: 11 callbacks suppressed", new MessagesSuppressed("blk_print_req_error", 11));
    }

    @Test
    void takesNothingFromLinesThatDriversPrintThemselves() {
        saysNothing(
                H
                        + "fail command 0x28 with hostbyte=0x0, driverbyte=0x0, statusbyte=0x2, sense_key=0x3, asc=0x11, asq=0x0");
        saysNothing(H + "timeout command 0x28");
        saysNothing(H + "fail lun reset 0x28");
        saysNothing("mpt2sas_cm0: sd 0:0:0:0: [sda] tag#12 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK");
        saysNothing("x" + H + "Sense Key : Medium Error [current] ");
        saysNothing(H + "vendor says: Sense Key : Medium Error [current] ");
        saysNothing("st 0:0:0:0: [st0] Sense Key : Medium Error [current] ");
    }

    @Test
    void believesTheDriverCoreOnlyAboutTheSameDevice() {
        String line = "sd 0:0:0:0: rejecting I/O to offline device";
        assertTrue(KmsgLines.recognise(line, "0:0:0:0").isPresent());
        assertTrue(KmsgLines.recognise(line, "0:0:1:0").isEmpty());
        assertTrue(
                KmsgLines.recognise("I/O error, dev sda, sector 1", "0:0:0:0").isEmpty());
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void isDoneSoonWithAnyText() {
        String[] pieces = {
            "sd ",
            "0:0:0:0: ",
            "[sda] ",
            "tag#12 ",
            "FAILED ",
            "Result: ",
            "hostbyte=DID_OK ",
            "CDB: ",
            "28 00 ",
            " error, dev ",
            "sector 1",
            "ASC=0x5d ",
            "<<vendor>>",
            "ASCQ=0x90",
            " ",
            "\n",
            "aaaaaaaaaaaaaaaa",
            "ata1.00: ",
            "md/raid1:md0: ",
            "(",
            "[",
            "0x",
            "99999999999999999999"
        };
        for (long seed = 0; seed < 30_000; seed++) {
            Random random = new Random(seed);
            StringBuilder line = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                line.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                KmsgLines.recognise(line.toString(), null);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + line, e);
            }
        }
        // The worst for a pattern that goes back: long rows of what it repeats.
        for (String unit : new TreeSet<>(java.util.List.of(pieces))) {
            KmsgLines.recognise("sd 0:0:0:0: " + unit.repeat(5000), null);
            KmsgLines.recognise(unit.repeat(5000), null);
        }
    }
}

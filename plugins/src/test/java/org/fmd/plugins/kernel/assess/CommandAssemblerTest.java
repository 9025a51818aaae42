// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.PktReason;
import org.fmd.plugins.kernel.kmsg.KmsgLines;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.Stamp;
import org.junit.jupiter.api.Test;

class CommandAssemblerTest {
    private static final DiskIdentity DISK =
            new DiskIdentity("/devices/x", "id1,sd@n5000c500a0000001", "V", "P", "R", "S", 512);

    private final Map<String, String> topology = new HashMap<>();
    private final CommandAssembler assembler = new CommandAssembler(topology::get);
    private long micros = 1_000_000;

    private static Stamp at(long micros) {
        return new Stamp(Instant.ofEpochSecond(0, micros * 1000), micros * 1000, micros);
    }

    /** Says lines of the kernel, a tenth of a millisecond apart, and returns what is concluded. */
    private List<String> say(String... lines) {
        List<String> concluded = new ArrayList<>();
        for (String line : lines) {
            micros += 100;
            Observation said =
                    KmsgLines.recognise(line, null).orElseThrow(() -> new AssertionError("not recognised: " + line));
            concluded.addAll(print(assembler.observe(new Observed(at(micros), said))));
        }
        return concluded;
    }

    private List<String> later(long milliseconds) {
        micros += milliseconds * 1000;
        return print(assembler.expire(at(micros)));
    }

    private static List<String> print(List<Conclusion> conclusions) {
        List<String> lines = new ArrayList<>();
        for (Conclusion conclusion : conclusions) {
            if (conclusion instanceof Conclusion.DiskError e) {
                NvList payload = EreportPayload.of(e, DISK);
                StringBuilder line = new StringBuilder(e.device().hctl())
                        .append(' ')
                        .append(e.verdict().errorClass())
                        .append(' ')
                        .append(e.verdict().assessment());
                payload.number("key")
                        .ifPresent(key -> line.append(String.format(
                                " %x/%02x/%02x",
                                key,
                                payload.number("asc").orElseThrow(),
                                payload.number("ascq").orElseThrow())));
                payload.number("lba")
                        .ifPresent(lba -> line.append(" lba ")
                                .append(lba)
                                .append(payload.bool("lba-exact").orElseThrow() ? "!" : ""));
                lines.add(line.toString());
            } else if (conclusion instanceof Conclusion.TelemetryLost loss) {
                lines.add("lost " + loss.source() + " " + loss.count());
            }
        }
        return lines;
    }

    private static String[] failure(String disk, int tag, String hctl, String sense, String additional, String cdb) {
        String head = "sd " + hctl + ": [" + disk + "] tag#" + tag + " ";
        return new String[] {
            head + "FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s",
            head + "Sense Key : " + sense + " [current] ",
            head + "Add. Sense: " + additional,
            head + "CDB: " + cdb
        };
    }

    private static String[] read(String disk, int tag, String hctl) {
        return failure(
                disk, tag, hctl, "Medium Error", "Unrecovered read error", "Read(10) 28 00 00 00 12 30 00 00 10 00");
    }

    private static String block(String kind, String disk, long sector) {
        return kind + " error, dev " + disk + ", sector " + sector + " op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2";
    }

    @Test
    void concludesWithTheBlockLineAtOnce() {
        assertEquals(List.of(), say(read("sda", 1, "0:0:0:0")));
        assertEquals(
                List.of("0:0:0:0 dev.rqs.merr fatal 3/11/00 lba 4656"), say(block("critical medium", "sda", 4656)));
        assertTrue(assembler.deadline().isEmpty());
    }

    @Test
    void concludesWithoutABlockLineWhenNothingMoreComes() {
        say(read("sda", 1, "0:0:0:0"));
        assertEquals(List.of(), later(100));
        assertEquals(micros * 1000 + 1, assembler.deadline().orElseThrow());
        assertEquals(List.of("0:0:0:0 dev.rqs.merr fatal 3/11/00 lba 4656"), later(1));
    }

    @Test
    void linesThatAreReadLateBelongTogetherAllTheSame() {
        List<String> lines = new ArrayList<>(List.of(read("sda", 1, "0:0:0:0")));
        lines.add(block("critical medium", "sda", 4656));
        List<String> concluded = new ArrayList<>();
        long arrival = 1_000_000_000L;
        for (String line : lines) {
            micros += 100;
            arrival += 3_000_000_000L; // a reader that needs three seconds for each line
            Observation said = KmsgLines.recognise(line, null).orElseThrow();
            Stamp stamp = new Stamp(Instant.ofEpochSecond(0, arrival), arrival, micros);
            concluded.addAll(print(assembler.observe(new Observed(stamp, said))));
        }
        assertEquals(List.of("0:0:0:0 dev.rqs.merr fatal 3/11/00 lba 4656"), concluded);
    }

    @Test
    void joinsLinesThatStandBetweenThoseOfOthers() {
        String[] a = read("sda", 1, "0:0:0:0");
        String[] b = failure(
                "sda",
                2,
                "0:0:0:0",
                "Hardware Error",
                "Internal target failure",
                "Read(10) 28 00 00 00 20 00 00 00 08 00");
        String[] c = failure(
                "sdb",
                1,
                "0:0:1:0",
                "Aborted Command",
                "I/O process terminated",
                "Read(10) 28 00 00 00 12 30 00 00 10 00");
        List<String> concluded = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            concluded.addAll(say(a[i], b[i], c[i]));
        }
        assertEquals(List.of(), concluded);
        assertEquals(
                List.of("0:0:0:0 dev.rqs.derr fatal 4/44/00 lba 8196!"), say(block("critical target", "sda", 8196)));
        assertEquals(List.of("0:0:1:0 dev.rqs.derr fatal b/00/06 lba 4656"), say(block("I/O", "sdb", 4656)));
        assertEquals(
                List.of("0:0:0:0 dev.rqs.merr fatal 3/11/00 lba 4660!"), say(block("critical medium", "sda", 4660)));
    }

    @Test
    void joinsLinesWithoutTagAndName() {
        say("sd 7:0:0:0: [sdh] Attached SCSI disk");
        say(
                "sd 7:0:0:0: Result: hostbyte=DID_OK driverbyte=DRIVER_SENSE",
                "sd 7:0:0:0: Sense Key : Medium Error [current] ",
                "sd 7:0:0:0: Add. Sense: Unrecovered read error",
                "sd 7:0:0:0: CDB: Read(10): 28 00 00 00 12 30 00 00 10 00");
        assertEquals(
                List.of("7:0:0:0 dev.rqs.merr fatal 3/11/00 lba 4656"),
                say("end_request: I/O error, dev sdh, sector 4656"));
    }

    @Test
    void putsALongCommandTogether() {
        say(
                "sd 0:0:0:0: [sda] tag#1 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK",
                "sd 0:0:0:0: [sda] tag#1 Sense Key : Medium Error [current] ",
                "sd 0:0:0:0: [sda] tag#1 Add. Sense: Unrecovered read error",
                "sd 0:0:0:0: [sda] tag#1 CDB: Read(32)",
                "sd 0:0:0:0: [sda] tag#1 CDB[00]: 7f 00 00 00 00 00 00 18 00 09 20 00 00 00 00 00",
                "sd 0:0:0:0: [sda] tag#1 CDB[10]: 00 00 12 30 00 00 12 30 00 00 00 00 00 00 00 10");
        assertEquals(
                List.of("0:0:0:0 dev.rqs.merr fatal 3/11/00 lba 4661!"), say(block("critical medium", "sda", 4661)));
    }

    @Test
    void takesSectorsAsLogicalBlocksOfTheDisk() {
        DiskIdentity big = new DiskIdentity("/devices/x", null, null, null, null, null, 4096);
        DiskIdentity unknown = new DiskIdentity("/devices/x", null, null, null, null, null, 0);
        for (String sector : new String[] {"37280", "37281"}) {
            say(read("sda", 1, "0:0:0:0"));
            Observation line = KmsgLines.recognise(block("critical medium", "sda", Long.parseLong(sector)), null)
                    .orElseThrow();
            micros += 100;
            Conclusion.DiskError error = (Conclusion.DiskError)
                    assembler.observe(new Observed(at(micros), line)).get(0);
            for (DiskIdentity disk : new DiskIdentity[] {big, unknown}) {
                NvList payload = EreportPayload.of(error, disk);
                assertEquals(4660, payload.number("lba").orElseThrow());
                assertEquals(true, payload.bool("lba-exact").orElseThrow());
            }
        }
    }

    @Test
    void tellsRecoveredErrorsWithTheirTwoLines() {
        assertEquals(
                List.of("0:0:0:0 dev.rqs.derr info 1/5d/00"),
                say(
                        "sd 0:0:0:0: [sda] tag#1 Sense Key : Recovered Error [current] ",
                        "sd 0:0:0:0: [sda] tag#1 Add. Sense: Failure prediction threshold exceeded"));
    }

    @Test
    void concludesNothingFromLoggedCompletions() {
        say(
                "sd 0:0:0:0: [sda] tag#1 Done: SUCCESS Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s",
                "sd 0:0:0:0: [sda] tag#1 CDB: Read(10) 28 00 00 00 12 30 00 00 10 00",
                "sd 0:0:0:0: [sda] tag#1 Sense Key : Not Ready [current] ");
        assertEquals(List.of(), later(200));
    }

    @Test
    void tellsOnceWhenADiskRefuses() {
        say("sd 0:0:0:0: [sda] Attached SCSI disk");
        assertEquals(List.of(), say("sd 0:0:0:0: rejecting I/O to offline device"));
        assertEquals(List.of("0:0:0:0 tran fatal lba 64"), say(block("I/O", "sda", 64)));
        for (int i = 1; i < 100; i++) {
            assertEquals(List.of(), say("sd 0:0:0:0: rejecting I/O to offline device", block("I/O", "sda", 64 + i)));
        }
        assertEquals(
                List.of("0:0:0:0 dev.rqs.derr info 6/29/00"), say("sd 0:0:0:0: Power-on or device reset occurred"));
        say("sd 0:0:0:0: rejecting I/O to offline device");
        assertEquals(List.of("0:0:0:0 tran fatal"), later(101));
    }

    @Test
    void takesAnOfflinedDeviceAndItsLastCommandForOne() {
        String head = "sd 0:0:0:0: [sda] tag#1 ";
        say(
                "sd 0:0:0:0: Device offlined - not ready after error recovery",
                head + "FAILED Result: hostbyte=DID_TIME_OUT driverbyte=DRIVER_OK cmd_age=46s",
                head + "CDB: Read(10) 28 00 00 00 50 00 00 00 08 00");
        assertEquals(List.of("0:0:0:0 tran fatal lba 20480"), say(block("I/O", "sda", 20480)));
        assertEquals(List.of(), say(block("I/O", "sda", 4)));
        assertEquals(List.of(), later(200));
    }

    @Test
    void tellsOfADeviceOfflinedWithoutACommand() {
        say("sd 0:0:0:0: Device offlined - not ready after error recovery");
        micros += 200_000;
        List<Conclusion> concluded = assembler.expire(at(micros));
        Conclusion.DiskError error = (Conclusion.DiskError) concluded.get(0);
        NvList payload = EreportPayload.of(error, DISK);
        assertEquals(List.of("0:0:0:0 tran fatal"), print(concluded));
        assertEquals(PktReason.TIMEOUT.number(), payload.number("pkt-reason").orElseThrow());
        assertEquals("id1,sd@n5000c500a0000001", payload.string("devid").orElseThrow());
    }

    @Test
    void swallowsTheSecondLineOfAFlushedWrite() {
        say(read("sda", 1, "0:0:0:0"));
        assertEquals(1, say(block("I/O", "sda", 4656)).size());
        assertEquals(List.of(), say(block("I/O", "sda", 4656)));
    }

    @Test
    void takesTheBlockLayersWordWhereTheScsiLayerIsSilent() {
        say("sd 0:0:0:0: [sda] Attached SCSI disk");
        assertEquals(List.of("0:0:0:0 dev.rqs.merr fatal 3/00/00 lba 16"), say(block("critical medium", "sda", 16)));
        assertEquals(List.of("0:0:0:0 dev.uderr fail lba 17"), say(block("critical target", "sda", 17)));
        assertEquals(
                List.of("0:0:0:0 dev.rqs.derr fail 7/27/07 lba 18"),
                say(block("critical space allocation", "sda", 18)));
        assertEquals(List.of("0:0:0:0 dev.serr fail lba 19"), say(block("reservation conflict", "sda", 19)));
        assertEquals(List.of(), say(block("operation not supported", "sda", 20)));
        assertEquals(List.of("0:0:0:0 tran fatal lba 21"), say(block("I/O", "sda", 21)));
        assertEquals(List.of(), say(block("I/O", "sda", 22)));
    }

    @Test
    void findsADiskThatNoLineNamedInTheTopology() {
        topology.put("sdx", "3:0:0:0");
        assertEquals(List.of("3:0:0:0 tran fatal lba 1"), say(block("I/O", "sdx", 1)));
        assertEquals(List.of(" tran fatal lba 1"), say(block("I/O", "sdy", 1)));
        assertEquals(List.of(" tran fatal lba 1"), say(block("I/O", "sdz", 1)));
    }

    @Test
    void concludesNothingFromConsequences() {
        assertEquals(
                List.of(),
                say(
                        block("I/O", "dm-0", 1),
                        block("I/O", "md0", 1),
                        block("critical medium", "nvme0n1", 1),
                        block("I/O", "loop0", 1)));
    }

    @Test
    void takesAReservationConflictForWhatItIs() {
        String head = "sd 0:0:0:0: [sda] tag#1 ";
        say(
                "sd 0:0:0:0: reservation conflict",
                head + "FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK",
                head + "CDB: Read(10) 28 00 00 00 50 00 00 00 08 00");
        assertEquals(List.of("0:0:0:0 dev.serr fail lba 20480"), later(200));
    }

    @Test
    void saysThatTheKernelMayHaveHeldBack() {
        List<String> concluded = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            concluded.addAll(say(read("sda", i, "0:0:0:0")));
            concluded.addAll(say(block("critical medium", "sda", 4656)));
        }
        assertEquals(11, concluded.size());
        assertTrue(concluded.contains("lost kmsg-limit 0"), concluded::toString);
        // An error without a reason is one of those, not a refusal.
        assertEquals(List.of("lost kmsg-limit 1"), say(block("I/O", "sda", 9)));
        assertEquals(List.of("lost kmsg-limit 7"), say("sd_done: 7 callbacks suppressed"));
    }

    @Test
    void keepsSomebodysOwnCommandsApart() {
        String head = "sd 0:0:0:0: [sda] tag#1 ";
        say(
                head + "FAILED Result: hostbyte=DID_TRANSPORT_DISRUPTED driverbyte=DRIVER_OK cmd_age=7s",
                head + "CDB: Test Unit Ready 00 00 00 00 00 00");
        assertEquals(List.of("0:0:0:0 tran retry"), later(200));
        say(
                head + "FAILED Result: hostbyte=DID_TRANSPORT_DISRUPTED driverbyte=DRIVER_OK cmd_age=7s",
                head + "CDB: Inquiry 12 00 00 00 24 00");
        assertEquals(List.of("0:0:0:0 tran fail"), later(200));
        say("sd 0:0:0:0: [sda] Unit Not Ready", "sd 0:0:0:0: [sda] Sense Key : Hardware Error [current] ");
        assertEquals(
                List.of("0:0:0:0 dev.rqs.derr info 4/44/00"),
                say("sd 0:0:0:0: [sda] Add. Sense: Internal target failure"));
        say("sd 0:0:0:0: [sda] Synchronize Cache(10) failed: Result: hostbyte=DID_BAD_TARGET driverbyte=DRIVER_OK");
        assertEquals(List.of("0:0:0:0 tran fail"), later(200));
        say("sd 0:0:0:0: [sda] Unit Not Ready");
        assertEquals(List.of(), later(200));
    }

    @Test
    void leavesTheBlockOutOfADeferredError() {
        String head = "sd 0:0:0:0: [sda] tag#1 ";
        say(
                head + "FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK",
                head + "Sense Key : Medium Error [deferred] ",
                head + "Add. Sense: Write error",
                head + "CDB: Read(10) 28 00 00 00 50 00 00 00 08 00");
        assertEquals(List.of("0:0:0:0 dev.rqs.merr fatal 3/0c/00"), say(block("I/O", "sda", 20480)));
    }

    @Test
    void staysSmallInAFloodAndLosesNoFailure() {
        int failures = 20_000;
        int told = 0;
        for (int i = 0; i < failures; i++) {
            String line =
                    "sd 0:0:" + i + ":0: [sda] tag#" + i + " FAILED Result: hostbyte=DID_ERROR driverbyte=DRIVER_OK";
            micros -= 100; // all at one moment: nothing expires
            told += (int) say(line).stream().filter(l -> l.contains("tran")).count();
            assertTrue(i < OpenCommands.MAX_OPEN || told == i + 1 - OpenCommands.MAX_OPEN, "after " + i);
        }
        told += (int) print(assembler.finish()).stream()
                .filter(l -> l.contains("tran"))
                .count();
        assertEquals(failures, told);
    }

    @Test
    void neverThrowsWhateverTheOrderOfLines() {
        String head = "sd 0:0:0:0: [sda] tag#1 ";
        String[] lines = {
            head + "FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_SENSE",
            head + "FAILED Result: hostbyte=DID_NO_CONNECT driverbyte=DRIVER_OK",
            head + "Sense Key : Medium Error [current] ",
            head + "Sense Key : No Sense [current] ",
            head + "Add. Sense: Write error",
            head + "Add. Sense: nonsense",
            head + "CDB: Read(10) 28 00 00 00 50 00 00 00 08 00",
            head + "CDB: Read(32)",
            head + "CDB[00]: 7f 00 00 00 00 00 00 18",
            head + "CDB[08]: 00 09",
            "sd 0:0:0:0: Device offlined - not ready after error recovery",
            "sd 0:0:0:0: rejecting I/O to offline device",
            "sd 0:0:0:0: reservation conflict",
            "sd 0:0:0:0: [sda] Unit Not Ready",
            "sd 0:0:0:0: [sda] Sense Key : Aborted Command [deferred] ",
            "sd 0:0:0:0: Power-on or device reset occurred",
            block("I/O", "sda", 20480),
            block("critical medium", "sda", 1),
            block("critical target", "sdz", -1 >>> 1),
            "sd 0:0:0:0: [sdb] Attached SCSI disk"
        };
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            try {
                for (int i = 0; i < 20; i++) {
                    micros += random.nextInt(60_000);
                    say(lines[random.nextInt(lines.length)]);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}

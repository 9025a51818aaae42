// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.kmsg.KmsgLines;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {
    private static final String EXCEPTION = "ata1.00: exception Emask 0x0 SAct 0x1 SErr 0x0 action 0x6 frozen";
    private static final String TIMED_OUT = "ata1.00: cmd 60/08:00:00:e1:59/00:00:a2:00:00/40 tag 0 ncq 4096 in\n"
            + "         res 40/00:10:d0:5d:a8/00:00:b2:00:00/40 Emask 0x4 (timeout)";
    private static final String UNREADABLE = "ata1.00: cmd 60/08:00:00:e1:59/00:00:a2:00:00/40 tag 0 ncq 4096 in\n"
            + "         res 41/40:00:04:e1:59/00:00:a2:00:00/40 Emask 0x409 (media error) <F>";
    private static final String COMPLETE = "ata1: EH complete";

    private final MessageAssembler assembler = new MessageAssembler(number -> number.equals("8:0") ? "sda" : null);
    private long micros = 1_000_000;

    private Stamp now() {
        return new Stamp(Instant.ofEpochSecond(0, micros * 1000), micros * 1000, micros);
    }

    private List<String> say(String... lines) {
        List<String> said = new ArrayList<>();
        for (String line : lines) {
            KmsgLines.recognise(line, null)
                    .ifPresent(
                            what -> assembler.observe(new Observed(now(), what)).forEach(c -> said.add(print(c))));
            micros += 1000;
        }
        return said;
    }

    private List<String> later(long milliseconds) {
        micros += milliseconds * 1000;
        return assembler.expire(now()).stream().map(MessageAssemblerTest::print).toList();
    }

    private static String print(Conclusion conclusion) {
        if (conclusion instanceof Conclusion.ToldError told) {
            ScsiDevice device = told.error().device();
            return (device.disk() != null ? device.disk() : device.hctl()) + " "
                    + told.error().verdict().errorClass() + " "
                    + told.error().verdict().assessment();
        }
        if (conclusion instanceof Conclusion.PartError part) {
            return part.part() + " " + part.event();
        }
        return conclusion.toString();
    }

    @Test
    void tellsAnAttemptThatTimedOutAndThatItCameThroughAtLast() {
        assertEquals(List.of(), say(EXCEPTION, "ata1.00: failed command: READ FPDMA QUEUED", TIMED_OUT, COMPLETE));
        assertEquals(List.of("ata1.00 tran retry"), later(250));
        assertEquals(List.of(), later(59_000));
        assertEquals(List.of("ata1.00 recovered recovered"), later(2_000));
        assertTrue(assembler.deadline().isEmpty());
    }

    @Test
    void doesNotTakeAFailureAgainForARecovery() {
        say(EXCEPTION, "ata1.00: failed command: READ FPDMA QUEUED", UNREADABLE, COMPLETE);
        micros += 700_000;
        assertEquals(
                List.of("ata1.00 dev.rqs.merr retry"),
                say(EXCEPTION, "ata1.00: failed command: READ FPDMA QUEUED", UNREADABLE, COMPLETE));
        assertEquals(List.of("ata1.00 dev.rqs.merr retry"), later(250));
        assertEquals(List.of("ata1.00 recovered recovered"), later(61_000));
    }

    @Test
    void leavesTheLastAttemptToTheScsiLayer() {
        say(EXCEPTION, "ata1.00: failed command: READ FPDMA QUEUED", UNREADABLE);
        say(
                "sd 0:0:0:0: [sda] tag#0 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_SENSE",
                "sd 0:0:0:0: [sda] tag#0 Sense Key : Medium Error [current] ",
                "sd 0:0:0:0: [sda] tag#0 CDB: Read(10) 28 00 a2 59 e1 00 00 00 08 00",
                COMPLETE);
        assertEquals(List.of(), later(250));
        assertEquals(List.of(), later(61_000));
    }

    @Test
    void tellsOfALinkOnWhichNoCommandFailed() {
        say("ata2: exception Emask 0x50 SAct 0x0 SErr 0x4090800 action 0xe frozen", "ata2: EH complete");
        assertEquals(List.of("ata2 tran retry"), later(250));
        say("ata2: exception Emask 0x0 SAct 0x0 SErr 0x0 action 0x0", "ata2: EH complete");
        assertEquals(List.of(), later(250));
    }

    @Test
    void findsTheDiskOfAStepInTheNextLine() {
        assertEquals(
                List.of("7:0:14:0 tran retry"),
                say(
                        "mpt2sas3: attempting task abort! scmd(ffff8814776373c9)",
                        "sd 7:0:14:0: CDB: Test Unit Ready: 00 00 00 00 00 00"));
        say("mpt2sas3: attempting target reset! scmd(ffff8814776373c9)");
        assertEquals(List.of("7:0:14:0 tran retry"), later(150));
        say("mpt2sas1: attempting host reset! scmd(ffff8814776373c9)");
        assertEquals(List.of("mpt2sas1 tran retry"), later(150));
    }

    @Test
    void countsAStepOnceWhetherItsBeginningOrItsEndIsTold() {
        String begins = "hpsa 0000:05:00.0: scsi 0:1:0:0: resetting logical  Direct-Access     HP";
        String ends = "hpsa 0000:05:00.0: scsi 0:1:0:0: reset logical  completed successfully Direct-Access     HP";
        assertEquals(List.of("0:1:0:0 tran retry"), say(begins, ends));
        assertEquals(List.of("0:1:0:0 tran retry"), say(ends));
    }

    @Test
    void takesAPingWithoutAnswerAndTheErrorThatFollowsForOne() {
        String ping = " connection7:0: ping timeout of 5 secs expired, recv timeout 5, last rx 1, last ping 2, now 3";
        assertEquals(
                List.of("connection7:0 ISCSI_CONNECTION_ERROR"),
                say(ping, " connection7:0: detected conn error (1022)"));
        micros += 5_000_000;
        say(ping);
        assertEquals(List.of("connection7:0 ISCSI_CONNECTION_ERROR"), later(1_100));
    }

    @Test
    void tellsASpellOnceAndARecoveryOnlyAfterTrouble() {
        String fails = "device-mapper: multipath: 254:0: Failing path 8:0.";
        String back = "device-mapper: multipath: 254:0: Reinstating path 8:0.";
        assertEquals(List.of(), say(back));
        assertEquals(List.of("sda PATH_FAILED"), say(fails, fails));
        assertEquals(List.of("sda PATH_RESTORED", "sda PATH_FAILED"), say(back, back, fails));
        assertEquals(List.of(), say("mpt3sas_cm0: diag reset: SUCCESS"));
        assertEquals(
                List.of("mpt3sas_cm0 DEVICE_FAULT", "mpt3sas_cm0 SERVICE_RESTORED"),
                say("mpt3sas_cm0: fault_state(0x5862)!", "mpt3sas_cm0: diag reset: SUCCESS"));
    }

    @Test
    void losesAMappedDeviceOnlyWithTheWayToItsDisks() {
        String error = "Buffer I/O error on dev dm-8, logical block 96511296, async page read";
        assertEquals(List.of(), say(error));
        assertEquals(List.of("dm-8 SERVICE_LOST"), say("sd 10:0:0:0: rejecting I/O to offline device", error, error));
    }

    @Test
    void namesTheDiskThatAnAdapterRemoves() {
        say(
                "scsi 5:0:1:0: SATA: handle(0x000a), sas_addr(0x50030480cf70dd41), phy(1), device_name(0x5000c500a0000001)",
                "sd 5:0:1:0: [sdb] tag#1 CDB: Read(10) 28 00 00 00 12 30 00 00 10 00");
        assertEquals(
                List.of("sdb DISK_REMOVED", "0x50030480cf70dd42 DISK_REMOVED"),
                say(
                        "mpt3sas_cm0: removing handle(0x000a), sas_addr(0x50030480cf70dd41)",
                        "mpt3sas_cm0: removing handle(0x000b), sas_addr(0x50030480cf70dd42)"));
    }

    @Test
    void joinsTheDriversLineOfAnNvmeErrorWithTheBlockLayers() {
        assertEquals(
                List.of("nvme0n1 dev.rqs.merr fatal", "nvme0n1 tran fatal", "nvme1n1 tran fatal"),
                say(
                        "nvme0n1: I/O Cmd(0x2) @ LBA 4096, 8 blocks, I/O Error (sct 0x2 / sc 0x81) ",
                        "critical medium error, dev nvme0n1, sector 4096 op 0x0:(READ) flags 0x800 phys_seg 1 prio class 2",
                        "nvme0n1: I/O Cmd(0x2) @ LBA 32545872, 8 blocks, I/O Error (sct 0x3 / sc 0x71) ",
                        "I/O error, dev nvme0n1, sector 32545872 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 2",
                        "I/O error, dev nvme1n1, sector 8 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 2",
                        "I/O error, dev nvme1n1, sector 16 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 2"));
    }

    @Test
    void neverThrowsAndForgetsInTheEnd() throws IOException {
        List<String> lines = new ArrayList<>(List.of(EXCEPTION, TIMED_OUT, UNREADABLE, COMPLETE));
        Files.readAllLines(Fixtures.path("messages/lines.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .forEach(lines::add);
        Random random = new Random(42);
        for (int i = 0; i < 100_000; i++) {
            String line = random.nextInt(3) == 0
                    ? MessageTableTest.mutated(lines, random)
                    : lines.get(random.nextInt(lines.size())).replaceFirst("^ata1", "ata" + random.nextInt(5000));
            micros += random.nextInt(2000);
            try {
                say(line);
            } catch (RuntimeException e) {
                throw new AssertionError("seed 42, line " + i + ": " + line, e);
            }
        }
        assembler.finish();
        assertTrue(assembler.deadline().isEmpty());
    }
}

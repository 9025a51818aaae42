// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.text.TextRecord.Speaker;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

class TextLogTest {
    private static final Instant BASE = Instant.parse("2026-01-10T12:00:00Z");
    private static final String SENSE = "sd 0:0:0:0: [sda] tag#1 Sense Key : Medium Error [current]";

    private static TextLog read(String... lines) {
        return TextLog.read(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), BASE, ZoneOffset.UTC);
    }

    private static String only(String line) {
        List<TextRecord> records = read(line).records();
        assertEquals(1, records.size(), line);
        TextRecord record = records.get(0);
        return record.speaker() + " " + record.program() + " " + record.tod() + " " + record.micros() + " "
                + record.text();
    }

    private static List<String> texts(String... lines) {
        return read(lines).records().stream().map(TextRecord::text).toList();
    }

    @Test
    void knowsEachWayToWriteATime() {
        assertEquals(
                "KERNEL kernel 2026-01-10T12:00:00Z 12345678 ata1: EH complete",
                only("[   12.345678] ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2026-01-10T12:00:00Z 12345678 ata1: EH complete",
                only("<6>[   12.345678] ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2026-01-10T12:00:00Z 12345678 ata1: EH complete",
                only("kern  :info  : [   12.345678] ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2020-05-08T19:11:30Z 1000000 ata1: EH complete",
                only("[Fri May  8 19:11:30 2020] ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2025-12-07T15:51:00Z 1000000 ata1: EH complete",
                only("[Dec 7 15:51] ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2025-02-06T18:20:11Z 339288958444  connection2:0: detected conn error (1020)",
                only("Feb  6 18:20:11 node1 kernel: [339288.958444]  connection2:0: detected conn error (1020)"));
        assertEquals(
                "KERNEL kernel 2026-01-09T18:20:11Z 1000000 ata1: EH complete",
                only("Jan  9 18:20:11 node1 kernel: ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2025-04-08T22:59:59.312055Z 1371432547891 ata1: EH complete",
                only("2025-04-08T22:59:59.312055+00:00 node1 kernel: [1371432.547891] ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2025-04-08T20:59:59Z 1000000 ata1: EH complete",
                only("2025-04-08T22:59:59+0200 node1 kernel: ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2025-04-08T22:59:59.312055Z 1000000 ata1: EH complete",
                only("2025-04-08T22:59:59,312055+00:00 ata1: EH complete"));
        assertEquals(
                "KERNEL kernel 2026-01-10T12:00:00Z 12345678 ata1: EH complete",
                only("[   12.345678] node1 kernel: ata1: EH complete"));
        assertEquals("KERNEL kernel 2026-01-10T12:00:00Z 1000000 ata1: EH complete", only("kernel: ata1: EH complete"));
        assertEquals("UNKNOWN  2026-01-10T12:00:00Z 1000000 ata1: EH complete", only("ata1: EH complete"));
        assertEquals(
                "RECORD kernel 2026-01-10T12:00:00Z 10742796 6,397,10742796,-;ata1: EH complete",
                only("6,397,10742796,-;ata1: EH complete"));
        assertEquals(
                "PROGRAM smartd 2025-02-06T18:20:11Z 1000000 Device: /dev/sda, is back",
                only("Feb  6 18:20:11 node1 smartd[612]: Device: /dev/sda, is back"));
    }

    @Test
    void passesOverWhatLogsPutBetween() {
        assertEquals(
                List.of("mpt2sas0: fault_state(0x5841)!", "ata1: EH complete"),
                texts(
                        "-- Boot 99386174e13f4e9cb2044baee8704fa6 --",
                        "Feb 14 10:53:28 node1 kernel: : mpt2sas0: fault_state(0x5841)!",
                        "",
                        "Feb 14 10:53:29 node1 kernel: ata1: EH complete"));
    }

    @Test
    void takesAddressesForNoPrograms() {
        assertEquals(
                "KERNEL kernel 2026-01-10T12:00:00Z 12345678 sd 1:0:0:0: Power-on or device reset occurred",
                only("[   12.345678] sd 1:0:0:0: Power-on or device reset occurred"));
        assertEquals(
                "KERNEL kernel 2026-01-10T12:00:00Z 12345678 hpsa 0000:05:00.0: giving up on device.",
                only("[   12.345678] hpsa 0000:05:00.0: giving up on device."));
    }

    @Test
    void neverTakesAProgramsLineForTheKernels() {
        for (TextRecord record : read(
                        "Feb  6 18:20:11 node1 logger: " + SENSE,
                        "Feb  6 18:20:11 node1 app[77]: kernel: " + SENSE,
                        "Feb  6 18:20:11 node1 kernelx: " + SENSE)
                .records()) {
            assertEquals(Speaker.PROGRAM, record.speaker(), record.text());
        }
    }

    @Test
    void findsTheYearAndItsEnd() {
        List<TextRecord> records = read(
                        "Dec 31 23:59:59 node1 kernel: ata1: EH complete",
                        "Jan  1 00:00:01 node1 kernel: ata1: EH complete")
                .records();
        assertEquals(Instant.parse("2025-12-31T23:59:59Z"), records.get(0).tod());
        assertEquals(Instant.parse("2026-01-01T00:00:01Z"), records.get(1).tod());
        assertEquals(2_000_000, records.get(1).micros() - records.get(0).micros());
    }

    @Test
    void readsTimesInTheZoneThatIsGiven() {
        TextLog log = TextLog.read(
                "Feb  6 18:20:11 node1 kernel: ata1: EH complete".getBytes(StandardCharsets.UTF_8),
                BASE,
                ZoneId.of("America/New_York"));
        assertEquals(Instant.parse("2025-02-06T23:20:11Z"), log.records().get(0).tod());
    }

    @Test
    void addsUpTimesBetweenLines() {
        List<TextRecord> records = read(
                        "[Dec 7 15:51] ata1: EH complete", "[ +10,204216] ata1: EH complete", "[  +0.000012] ata1: x")
                .records();
        assertEquals(
                Instant.parse("2025-12-07T15:51:10.204216Z"), records.get(1).tod());
        assertEquals(10_204_216, records.get(1).micros() - records.get(0).micros());
        assertEquals(12, records.get(2).micros() - records.get(1).micros());
    }

    @Test
    void keepsTheLinesOfACommandTogetherWhereSecondsAreAllThatIsTold() {
        List<TextRecord> records = read(
                        "Feb  6 18:20:11 node1 kernel: ata1: x", "Feb  6 18:20:12 node1 kernel: ata1: y")
                .records();
        assertTrue(records.get(1).micros() - records.get(0).micros() < 100_000);
    }

    @Test
    void turnsALogRoundThatBeginsWithTheNewest() {
        assertEquals(List.of("a", "b", "c"), texts("[ 3.000000] c", "[ 2.000000] b", "[ 1.000000] a"));
        assertEquals(
                List.of("sd 0:0:0:0: [sda] tag#1 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK", SENSE),
                texts(
                        "kernel: " + SENSE,
                        "kernel: sd 0:0:0:0: [sda] tag#1 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK"));
    }

    @Test
    void joinsWhatAMailerBroke() {
        assertEquals(
                List.of(
                        "sd 0:0:0:0: [sda] tag#0 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_SENSE",
                        "ata1: EH complete"),
                texts(
                        "> [   12.345678] sd 0:0:0:0: [sda] tag#0 FAILED Result: hostbyte=DID_OK",
                        "> driverbyte=DRIVER_SENSE",
                        "> [   12.345679] ata1: EH complete"));
    }

    @Test
    void takesTheTwoLinesOfAnAtaCommandForOneMessage() {
        String cmd = "ata3.00: cmd 60/f0:08:75:79:2d/00:00:14:00:00/40 tag 1 ncq 122880 in";
        String res = "res 41/40:00:e0:79:2d/00:00:14:00:00/40 Emask 0x409 (media error) <F>";
        List<String> whole = List.of(cmd + "\n         " + res);
        assertEquals(whole, texts("[ 2258.050453] " + cmd, "[ 2258.050458]          " + res));
        assertEquals(whole, texts("[ 2258.050453] " + cmd, "                        " + res));
        assertEquals(whole, texts(cmd, res));
    }

    @Test
    void partsGluedLinesOnlyWhereTheTimesFit() {
        assertEquals(
                List.of("ata1: hard resetting link", "ata1: EH complete"),
                texts("[   12.345678] ata1: hard resetting link[   12.345999] ata1: EH complete"));
        assertEquals(
                List.of("usb 1-1: Product: x [ 9999.345999] ata1: EH complete"),
                texts("[   12.345678] usb 1-1: Product: x [ 9999.345999] ata1: EH complete"));
    }

    @Test
    void tellsDoubledLinesOnce() {
        TextLog log = read("[   12.345678] a", "[   12.345678] a", "[   12.345679] a");
        assertEquals(2, log.records().size());
        assertEquals(1, log.doubled());
        assertEquals(
                2,
                texts("[Fri May  8 19:11:30 2020] a", "[Fri May  8 19:11:30 2020] a")
                        .size());
    }

    @Test
    void knowsALogByItsBeginning() throws IOException {
        for (Path folder : Fixtures.folders("corpus")) {
            byte[] head = Files.readAllBytes(folder.resolve("log.txt"));
            boolean events = new String(head, StandardCharsets.UTF_8).contains("class = \"ereport.");
            assertEquals(!events, TextLog.isOne(head), folder.toString());
        }
        assertFalse(TextLog.isOne(new byte[0]));
        assertFalse(TextLog.isOne("hello\n\nworld\n".getBytes(StandardCharsets.UTF_8)));
        assertFalse(TextLog.isOne("{\"a\": 1}\n".getBytes(StandardCharsets.UTF_8)));
        assertFalse(TextLog.isOne("\u0000\u0001 kernel: x\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tellsTheLinesThatItDoesNotUnderstand() {
        List<String> problems = new ArrayList<>();
        TextLog log = read("(XEN) Xen WARN at msi.c:510", "mpt3sas0: fault_state(0x0d03)!", "", "what is this?");
        try (TextLogPort port = new TextLogPort(log, (problem, line) -> problems.add(line + " " + problem))) {
            while (port.await(OptionalLong.empty(), new Deaf())) {
                // goes on
            }
        }
        assertEquals(
                List.of(
                        "1 neither a message of the kernel nor of a program that is known",
                        "4 neither a message of the kernel nor of a program that is known"),
                problems);
    }

    /** A sink that nothing stays in. */
    private static final class Deaf implements RawSink {
        @Override
        public void kmsg(byte[] bytes, int length, Arrival at) {}

        @Override
        public void uevent(byte[] bytes, int length, Arrival at) {}

        @Override
        public void traceBegins(PageLayout layout, TraceEvents events) {}

        @Override
        public void tracePage(byte[] bytes, int length, Arrival at, long epochNanos) {}

        @Override
        public void foreign(Arrival at) {}

        @Override
        public void lost(Source source, Arrival at) {}

        @Override
        public void gone(Source source, String why) {}
    }

    @Test
    void keepsTheDictionaryOfARecord() {
        assertEquals(
                List.of("6,397,10742796,-;sd 0:0:0:0: x\n SUBSYSTEM=scsi\n DEVICE=+scsi:0:0:0:0"),
                texts("6,397,10742796,-;sd 0:0:0:0: x", " SUBSYSTEM=scsi", " DEVICE=+scsi:0:0:0:0"));
    }

    @Test
    void neverThrowsForAnyText() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path folder : Fixtures.folders("corpus")) {
            lines.addAll(Files.readAllLines(folder.resolve("log.txt")));
        }
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                StringBuilder line = new StringBuilder(lines.get(random.nextInt(lines.size())));
                int at = random.nextInt(line.length() + 1);
                switch (random.nextInt(6)) {
                    case 0 -> line.insert(at, (char) random.nextInt(0x250));
                    case 1 -> line.setLength(at);
                    case 2 -> line.insert(at, "99999999999999999999");
                    case 3 -> line.delete(0, at);
                    case 4 -> line.insert(at, "[");
                    default -> {}
                }
                text.append(line).append(random.nextInt(10) == 0 ? "" : "\n");
            }
            try {
                assertTrue(read(text.toString()).records().size() <= 70);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}

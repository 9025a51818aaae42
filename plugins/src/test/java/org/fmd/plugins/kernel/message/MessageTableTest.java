// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fmd.plugins.kernel.kmsg.KmsgLines;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AtaReported;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;

class MessageTableTest {
    private static List<String> lines() throws IOException {
        return Files.readAllLines(Fixtures.path("messages/lines.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void saysOfEachMessageWhatIsWrittenBesideIt() throws IOException {
        StringBuilder out = new StringBuilder();
        for (String line : lines()) {
            out.append(line).append("\n    ").append(print(line)).append('\n');
        }
        Golden.assertMatches(Fixtures.path("messages").resolve("lines.golden"), out.toString());
    }

    private static String print(String line) {
        Observation said = KmsgLines.recognise(line, null).orElse(null);
        if (said instanceof PartReported part) {
            StringBuilder out = new StringBuilder(part.part() + " " + part.event());
            part.facts().asMap().forEach((name, value) -> {
                if (!name.equals("msg")) {
                    out.append(' ').append(name).append('=').append(value);
                }
            });
            return out.toString();
        }
        return String.valueOf(said);
    }

    @Test
    void understandsEachLine() throws IOException {
        for (String line : lines()) {
            assertTrue(KmsgLines.recognise(line, null).isPresent(), line);
        }
    }

    @Test
    void showsALineForEachRow() throws IOException {
        List<String> unseen = new ArrayList<>();
        List<String> lines = lines();
        for (Row row : MessageTable.rows()) {
            boolean seen = lines.stream().anyMatch(line -> isOf(row, line));
            if (!seen) {
                unseen.add(row.toString());
            }
        }
        assertEquals(List.of(), unseen);
    }

    /** A row fits behind any speaker's beginning. */
    private static boolean isOf(Row row, String line) {
        for (int from = 0; from < line.length(); from++) {
            if (line.startsWith(row.beginning(), from)
                    && row.read(line, from, line.length(), "x", new ScsiDevice("0:0:0:0", null)) != null) {
                return true;
            }
        }
        return false;
    }

    @Test
    void believesNoPartOfALine() {
        for (String line : List.of(
                "usb 1-1: Product: mpt3sas_cm0: fault_state(0x5862)!",
                "mpt3sas_cm0: fault_state(0x5862)! and more",
                "mpt3sas_cm0: fault_state(0x5862000001)!",
                "mpt3sas_cmX: fault_state(0x5862)!",
                "xmpt3sas_cm0: fault_state(0x5862)!",
                "scsi 0:0:0:0: Direct-Access     mpt3sas_cm0: fault_state(0x5862)! 0001 PQ: 0 ANSI: 5",
                "mpt3sas_cm0: fault[123]: segfault at 0 ip 0 sp 0 error 4",
                "md/raid:md2: Disk failure on sda disabling device.",
                "nvme nvme0: controller is down; will reset: CSTS=0xffffffffff")) {
            Observation said = KmsgLines.recognise(line, null).orElse(null);
            assertTrue(!(said instanceof PartReported), () -> line + ": " + said);
        }
        assertNull(MessageTable.read(""));
        assertNull(MessageTable.read("\u00e9"));
    }

    @Test
    void neverThrowsForAnyLine() throws IOException {
        List<String> lines = lines();
        for (long seed = 1; seed <= 20_000; seed++) {
            String line = mutated(lines, new Random(seed));
            try {
                Observation said = KmsgLines.recognise(line, null).orElse(null);
                if (said instanceof AtaReported ata) {
                    assertTrue(ata.port() >= 0);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + line, e);
            }
        }
    }

    static String mutated(List<String> lines, Random random) {
        StringBuilder line = new StringBuilder(lines.get(random.nextInt(lines.size())));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(line.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> line.insert(at, (char) random.nextInt(256));
                case 1 -> line.setLength(at);
                case 2 -> line.insert(at, "99999999999999999999999");
                case 3 -> line.insert(at, lines.get(random.nextInt(lines.size())));
                default -> line.delete(at, Math.min(line.length(), at + random.nextInt(8)));
            }
        }
        return line.toString();
    }
}

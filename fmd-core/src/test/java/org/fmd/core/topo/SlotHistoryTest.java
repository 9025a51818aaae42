// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fmd.core.log.FakeLogFiles;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.WholeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotHistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final List<FakeLogFiles.Loss> LOSSES =
            List.of(FakeLogFiles.Loss.ALL, FakeLogFiles.Loss.SOME, FakeLogFiles.Loss.NONE);

    @TempDir
    Path base;

    private static Instant hour(int hours) {
        return START.plusSeconds(3600L * hours);
    }

    private static String text(Stay stay) {
        return stay.part().label() + " " + stay.part().serial() + " "
                + stay.part().names() + " "
                + (stay.from().getEpochSecond() - START.getEpochSecond()) / 3600 + ".."
                + (stay.to() == null ? "" : (stay.to().getEpochSecond() - START.getEpochSecond()) / 3600);
    }

    private static List<String> disks(LogFiles files) throws IOException {
        return SlotHistory.read(files).stays().stream()
                .filter(stay -> stay.part().place().endsWith("/disk0"))
                .map(SlotHistoryTest::text)
                .toList();
    }

    @Test
    void itIsToldWhoWasWhereUnderWhichName() throws IOException {
        LogFiles files = LogFiles.in(base);
        SlotHistory history = new SlotHistory(files);
        Shelf shelf = new Shelf().put(7, "Z1", "sdk").put(8, "Z2", "sdl");
        assertEquals(3, history.record(shelf.topology(), hour(0), true), "two disks and the shelf");
        assertEquals(0, history.record(shelf.topology(), hour(1), false));
        history.record(shelf.put(7, "Z3", "sdk").topology(), hour(2), false);
        history.record(shelf.pull(8).topology(), hour(3), false);
        history.record(shelf.put(7, "Z3", "sdm").topology(), hour(4), false);
        assertEquals(
                List.of(
                        "Slot 07 Z1 [sdk] 0..2",
                        "Slot 08 Z2 [sdl] 0..3",
                        "Slot 07 Z3 [sdk] 2..4",
                        "Slot 07 Z3 [sdm] 4.."),
                disks(files));
        Stay first = SlotHistory.read(files).stays().get(0);
        assertEquals(Instant.EPOCH, first.fromAfter(), "it was there before anybody looked");
        assertEquals("50050cc10a000001", first.part().enclosure());
    }

    @Test
    void whatChangedWhileNobodyLookedSaysSince() throws IOException {
        LogFiles files = LogFiles.in(base);
        Shelf shelf = new Shelf().put(1, "A", "sda");
        new SlotHistory(files).record(shelf.topology(), hour(0), true);
        new SlotHistory(files).stopped(hour(5));
        new SlotHistory(files).record(shelf.put(1, "B", "sda").topology(), hour(9), true);
        Stay gone = SlotHistory.read(files).stays().get(0);
        assertEquals("A", gone.part().serial());
        assertEquals(hour(9), gone.to());
        assertEquals(hour(5), gone.toAfter());
    }

    @Test
    void aTailTornAtAnyByteCostsOnlyItsOwnLineAndIsMadeUpFor() throws IOException {
        FakeLogFiles whole = new FakeLogFiles();
        SlotHistory history = new SlotHistory(whole);
        Shelf shelf = new Shelf().put(1, "A", "sda").put(2, "B", "sdb");
        history.record(shelf.topology(), hour(0), true);
        history.record(shelf.put(1, "C", "sda").topology(), hour(1), false);
        byte[] bytes = WholeFile.read(whole, SlotHistory.NAME);
        List<String> all = disks(whole);
        for (int cut = 0; cut <= bytes.length; cut++) {
            FakeLogFiles torn = new FakeLogFiles();
            torn.put(SlotHistory.NAME, Arrays.copyOf(bytes, cut));
            assertEquals(0, SlotHistory.read(torn).damaged(), "cut at byte " + cut);
            new SlotHistory(torn).record(shelf.topology(), hour(1), false);
            SlotHistory.Told told = SlotHistory.read(torn);
            assertEquals(0, told.damaged(), "cut at byte " + cut);
            List<String> now = told.stays().stream()
                    .filter(stay -> stay.covers(hour(2)))
                    .map(stay -> stay.part().serial())
                    .sorted()
                    .toList();
            assertEquals(List.of("B", "C", "SHELF1"), now, "cut at byte " + cut);
            if (cut == bytes.length) {
                assertEquals(all, disks(torn));
            }
        }
    }

    @Test
    void aFlippedBitCostsItsLineAndNoOther() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        Shelf shelf = new Shelf().put(1, "A", "sda").put(2, "B", "sdb");
        new SlotHistory(files).record(shelf.topology(), hour(0), true);
        byte[] bytes = WholeFile.read(files, SlotHistory.NAME);
        int stays = SlotHistory.read(files).stays().size();
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] = (byte) (damaged[at] ^ 1 << at % 8);
            files.put(SlotHistory.NAME, damaged);
            SlotHistory.Told told = SlotHistory.read(files);
            boolean lineFeed = bytes[at] == '\n';
            assertTrue(told.stays().size() >= stays - (lineFeed ? 2 : 1), "byte " + at);
            assertTrue(told.damaged() > 0 || at == bytes.length - 1, "byte " + at);
            new SlotHistory(files).record(shelf.topology(), hour(1), false);
            long present = SlotHistory.read(files).stays().stream()
                    .filter(stay -> stay.to() == null)
                    .count();
            assertEquals(3, present, "the present is whole again, byte " + at);
        }
    }

    @Test
    void aLossOfPowerAtAnyTimeLeavesWhatWasDurable() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            FakeLogFiles files = new FakeLogFiles();
            SlotHistory history = new SlotHistory(files, 3_000);
            Shelf shelf = new Shelf();
            for (int step = 0; step < 20; step++) {
                int bay = random.nextInt(4);
                if (random.nextInt(3) == 0) {
                    shelf.pull(bay);
                } else {
                    shelf.put(bay, "S" + random.nextInt(9), "sd" + (char) ('a' + random.nextInt(5)));
                }
                history.record(shelf.topology(), hour(step), step == 0);
                if (random.nextInt(4) == 0) {
                    files.crash(LOSSES.get(random.nextInt(LOSSES.size())), random);
                }
                Map<String, String> told = new TreeMap<>();
                for (Stay stay : SlotHistory.read(files).stays()) {
                    if (stay.to() == null && stay.part().place().endsWith("disk0")) {
                        told.put(stay.part().label(), stay.part().serial());
                    }
                }
                Map<String, String> expected = new TreeMap<>();
                shelf.disks().forEach((number, disk) -> expected.put("Slot %02d".formatted(number), disk[0]));
                assertEquals(expected, told, "seed " + seed + ", step " + step);
            }
        }
    }

    @Test
    void theFileIsBoundedAndEveryPartThatEverWasIsStillKnown() throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        long limit = 40_000;
        SlotHistory history = new SlotHistory(files, limit);
        Map<String, String> last = new HashMap<>();
        Shelf shelf = new Shelf();
        for (int i = 0; i < 600; i++) {
            int bay = i % 5;
            String serial = "S" + i % 37;
            shelf.disks().values().removeIf(disk -> disk[0].equals(serial));
            shelf.put(bay, serial, "sd" + i % 7);
            last.put(serial, "Slot %02d".formatted(bay));
            history.record(shelf.topology(), hour(i), i % 50 == 0);
            assertTrue(files.bytes(SlotHistory.NAME).length <= limit + 2_000, "step " + i);
        }
        SlotHistory.Told told = SlotHistory.read(files);
        assertEquals(0, told.damaged());
        Map<String, String> seen = new HashMap<>();
        told.stays().stream()
                .filter(stay -> stay.part().place().endsWith("disk0"))
                .sorted((a, b) -> a.from().compareTo(b.from()))
                .forEach(stay -> seen.put(stay.part().serial(), stay.part().label()));
        assertEquals(last, seen);
    }

    @Test
    void aLaterVersionIsLeftAlone() throws IOException {
        Path file = base.resolve(SlotHistory.NAME);
        String text = "{\"file\":\"fmd-hardware-history\",\"version\":2";
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(file, text + ",\"crc32c\":\"%08x\"}\n".formatted(crc.getValue()));
        byte[] before = Files.readAllBytes(file);
        LogFiles files = LogFiles.in(base);
        IOException failed = assertThrows(
                IOException.class, () -> new SlotHistory(files).record(new Shelf().topology(), hour(0), true));
        assertTrue(failed.getMessage().contains(file.toString()), failed.getMessage());
        assertTrue(Arrays.equals(before, Files.readAllBytes(file)));
    }

    @Test
    void aSnapshotIsReadAsItWasWrittenAndADamagedOneIsRefused() throws IOException {
        LogFiles files = LogFiles.in(base);
        SnapshotFile snapshot = new SnapshotFile(
                hour(1), new Shelf().put(1, "A\n\"\u00e9", "sda").topology());
        snapshot.write(files);
        SnapshotFile read = SnapshotFile.read(files);
        assertEquals(hour(1), read.time());
        assertEquals(snapshot.topology().nodes(), read.topology().nodes());
        assertEquals(snapshot.topology().generation(), read.topology().generation());
        byte[] bytes = Files.readAllBytes(base.resolve(SnapshotFile.NAME));
        for (int cut = 0; cut < bytes.length - 1; cut++) {
            Files.write(base.resolve(SnapshotFile.NAME), Arrays.copyOf(bytes, cut));
            assertThrows(IOException.class, () -> SnapshotFile.read(files), "cut at byte " + cut);
        }
    }
}

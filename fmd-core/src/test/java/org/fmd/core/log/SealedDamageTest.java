// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Damage in a sealed file costs the block in which it is, and nothing else. */
class SealedDamageTest {

    private static final int ROWS = 5;

    private final List<Damage> damage = new ArrayList<>();

    /** Fifteen records in three blocks of {@code label}. */
    private static byte[] sealed(LogLabel label) throws IOException {
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = EventLog.open(files, label, Logs.ORIGIN, Logs.options())) {
            for (int i = 0; i < 3 * ROWS; i++) {
                String body = "{\"devid\":\"disk" + i % 2 + "\",\"n:uint32\":" + i + ",\"text\":\"some words " + i * i
                        + "\"}";
                UUID uuid = label == LogLabel.ERROR ? LogRecord.NO_UUID : new UUID(1, i % 4);
                log.append(LogRecord.of(
                        Logs.START.plusSeconds(i * 977L % 10),
                        uuid,
                        "event." + i % 3,
                        body.getBytes(StandardCharsets.UTF_8)));
            }
        }
        LogSealer.seal(files, label.fileName(), ROWS);
        return files.bytes(label.fileName());
    }

    private static FakeLogFiles filesWith(LogLabel label, byte[] bytes) {
        FakeLogFiles files = new FakeLogFiles();
        files.put(label.fileName(), bytes);
        return files;
    }

    private List<LogEntry> read(LogLabel label, byte[] bytes, LogQuery query) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        try (LogReader reader =
                LogReader.history(filesWith(label, bytes), label, damage::add).select(query)) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Which block an offset of the file lies in; negative for none. */
    private static int blockAt(byte[] file, int offset) throws IOException {
        int at = LogHeader.START;
        for (int block = 0; block < 3; block++) {
            int length = BlockFrame.length(Arrays.copyOfRange(file, at, file.length));
            if (offset >= at && offset < at + length) {
                return block;
            }
            at += length;
        }
        return -1;
    }

    private static List<LogEntry> without(List<LogEntry> all, int block) {
        List<LogEntry> left = new ArrayList<>(all);
        if (block >= 0) {
            left.subList(block * ROWS, (block + 1) * ROWS).clear();
        }
        return left;
    }

    @Test
    void showsAllOtherBlocksAfterAnyFlippedBit() throws IOException {
        for (LogLabel label : LogLabel.values()) {
            damage.clear();
            byte[] whole = sealed(label);
            List<LogEntry> all = read(label, whole, LogQuery.ALL);
            assertEquals(3 * ROWS, all.size());
            assertEquals(List.of(), damage);
            LogSeal seal =
                    LogHeader.peek(filesWith(label, whole), label.fileName()).seal();
            assertEquals(whole.length, seal == null ? 0 : seal.length());
            for (int bit = 0; bit < whole.length * 8; bit++) {
                boolean padding = bit / 8 < LogHeader.START && bit / 8 % 4096 >= 400 && bit / 8 % 4096 < LogSeal.AT;
                if (padding && bit % 8 != bit / 8 % 8) {
                    continue; // one bit of each byte will do where all are zero
                }
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                String what = label + ", bit " + bit;
                damage.clear();
                List<LogEntry> left = without(all, blockAt(whole, bit / 8));
                assertEquals(left, read(label, flipped, LogQuery.ALL), what);
                if (bit / 8 >= LogHeader.START && bit / 8 < columnsAt(seal)) {
                    assertTrue(damage.size() >= 1, what);
                    for (Damage each : damage) {
                        assertTrue(each.offset() <= bit / 8 && bit / 8 < each.end(), what + each);
                    }
                }
                LogVerify found = LogVerify.file(filesWith(label, flipped), label.fileName());
                assertFalse(found.isSound(), what);
                assertEquals(left.size(), found.records(), what);
            }
        }
    }

    private static long columnsAt(@Nullable LogSeal seal) {
        return seal == null ? 0 : seal.columns();
    }

    @Test
    void answersQueriesAfterAnyFlippedBit() throws IOException {
        byte[] whole = sealed(LogLabel.FAULT);
        LogQuery query = LogQuery.ALL
                .device("disk1")
                .uuids(Set.of(new UUID(1, 1), new UUID(1, 3)))
                .eventClass(name -> !name.endsWith("1"));
        List<LogEntry> all = read(LogLabel.FAULT, whole, LogQuery.ALL);
        for (int bit = LogHeader.START * 8; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            List<LogEntry> expected = new ArrayList<>();
            for (LogEntry entry : without(all, blockAt(whole, bit / 8))) {
                int number = all.indexOf(entry);
                if (number % 2 == 1 && number % 3 != 1) {
                    expected.add(entry);
                }
            }
            assertEquals(expected, read(LogLabel.FAULT, flipped, query), "bit " + bit);
        }
    }

    @Test
    void showsAllWholeBlocksBeforeAnyCut() throws IOException {
        byte[] whole = sealed(LogLabel.ERROR);
        List<LogEntry> all = read(LogLabel.ERROR, whole, LogQuery.ALL);
        for (int cut = LogHeader.COPY; cut < whole.length; cut++) {
            damage.clear();
            int block = cut < LogHeader.START ? 0 : blockAt(whole, cut);
            List<LogEntry> left = block < 0 ? all : all.subList(0, block * ROWS);
            assertEquals(left, read(LogLabel.ERROR, Arrays.copyOf(whole, cut), LogQuery.ALL), "cut at " + cut);
            assertFalse(damage.isEmpty(), "cut at " + cut);
        }
        for (int cut = 0; cut < LogHeader.COPY; cut++) {
            assertEquals(List.of(), read(LogLabel.ERROR, Arrays.copyOf(whole, cut), LogQuery.ALL));
        }
    }

    @Test
    void survivesAnyOverwrittenStretch() throws IOException {
        byte[] whole = sealed(LogLabel.ERROR);
        List<LogEntry> all = read(LogLabel.ERROR, whole, LogQuery.ALL);
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = whole.clone();
            int from = LogHeader.START + random.nextInt(whole.length - LogHeader.START);
            int to = Math.min(whole.length, from + 1 + random.nextInt(400));
            for (int i = from; i < to; i++) {
                bytes[i] = random.nextInt(3) == 0 ? (byte) 0xF5 : (byte) random.nextInt();
            }
            bytes[from] = (byte) ~whole[from];
            bytes[to - 1] = (byte) ~whole[to - 1];
            List<LogEntry> expected = new ArrayList<>(all);
            for (int block = 2; block >= 0; block--) {
                for (int i = from; i < to; i++) {
                    if (blockAt(whole, i) == block) {
                        expected.subList(block * ROWS, (block + 1) * ROWS).clear();
                        break;
                    }
                }
            }
            assertEquals(expected, read(LogLabel.ERROR, bytes, LogQuery.ALL), "seed " + seed);
        }
    }

    @Test
    void takesNoBytesForABlockThatAreNone() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] junk = new byte[random.nextInt(200)];
            random.nextBytes(junk);
            for (int i = 0; i < junk.length; i++) {
                junk[i] = random.nextBoolean() ? (byte) random.nextInt(4) : junk[i];
            }
            try {
                assertTrue(BlockRows.of(junk).count() >= 0, "seed " + seed);
            } catch (Unpacked.Malformed e) {
                assertFalse(String.valueOf(e.getMessage()).isEmpty(), "seed " + seed);
            }
        }
    }

    @Test
    void salvagesWhatIsLeftOfASealedFile() throws IOException {
        byte[] whole = sealed(LogLabel.INFO);
        List<LogEntry> all = read(LogLabel.INFO, whole, LogQuery.ALL);
        byte[] flipped = whole.clone();
        int second = LogHeader.START + BlockFrame.length(Arrays.copyOfRange(whole, LogHeader.START, whole.length));
        flipped[second + 60] ^= 4;
        FakeLogFiles files = filesWith(LogLabel.INFO, flipped);
        LogSalvage salvage = LogSalvage.copy(files, "infolog", files, "saved");
        assertEquals(2 * ROWS, salvage.records());
        assertEquals(1, salvage.damage().size());
        assertEquals(without(all, 1), read(LogLabel.INFO, files.bytes("saved"), LogQuery.ALL));
        assertTrue(LogVerify.file(files, "saved").isSound());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.fmd.model.event.LogRef;
import org.junit.jupiter.api.Test;

/** A reader that meets damage shows everything on both sides of it, and nothing that was never written. */
class LogDamageTest {

    private static final List<String> BODIES = List.of("one", "", "three \u00f5\u00e9", "{\"four\":4}", "five");

    private final List<Damage> damage = new ArrayList<>();

    @Test
    void showsBothSidesOfAnyFlippedBit() throws IOException {
        byte[] whole = Logs.logOf(BODIES.toArray(String[]::new));
        int[] starts = starts(whole);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            boolean padding = bit / 8 < LogHeader.START && bit / 8 % 4096 >= 256;
            if (padding && bit % 8 != bit / 8 % 8) {
                continue; // one bit of each byte will do where all are zero
            }
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            List<String> expected = new ArrayList<>(BODIES);
            int hit = recordAt(starts, bit / 8);
            if (hit >= 0) {
                expected.remove(hit);
            }
            damage.clear();
            FakeLogFiles files = Logs.filesWith(flipped);
            try (LogReader reader = LogReader.history(files, LogLabel.ERROR, damage::add)) {
                List<String> shown = Logs.drain(reader);
                assertEquals(expected, shown, "bit " + bit);
                long told = damage.stream().mapToLong(Damage::length).sum() + reader.unfinished();
                long lost = hit < 0 ? 4096 : starts[hit + 1] - starts[hit];
                assertEquals(lost, told, "bit " + bit + ": " + damage);
            }
        }
    }

    @Test
    void survivesAnyFlippedBitWhenWriting() throws IOException {
        byte[] whole = Logs.logOf("one", "two");
        int[] starts = starts(whole);
        for (int bit = 8190 * 8; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            FakeLogFiles files = Logs.filesWith(flipped);
            Logs.append(files, "after");
            List<String> expected = new ArrayList<>(List.of("one", "two", "after"));
            int hit = recordAt(starts, bit / 8);
            if (hit >= 0) {
                expected.remove(hit);
            }
            assertEquals(expected, Logs.readAll(files, damage::add), "bit " + bit);
            boolean tail = hit == 1;
            assertEquals(tail, files.names().contains("errlog.torn.0"), "bit " + bit);
            assertEquals(!tail, files.names().contains("errlog-00000001"), "bit " + bit);
        }
    }

    @Test
    void showsWhatRemainsAfterAnyOverwrittenStretch() throws IOException {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                bodies.add("record " + i + " " + "x".repeat(random.nextInt(100)));
            }
            byte[] bytes = Logs.logOf(bodies.toArray(String[]::new));
            int[] starts = starts(bytes);
            int from = LogHeader.START + random.nextInt(bytes.length - LogHeader.START);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(600));
            byte[] junk = new byte[to - from];
            random.nextBytes(junk);
            if (random.nextBoolean()) { // marks everywhere
                for (int i = 0; i + 4 < junk.length; i += 4 + random.nextInt(30)) {
                    ByteBuffer.wrap(junk).putInt(i, Integer.reverseBytes(RecordCodec.MAGIC));
                }
            }
            junk[0] = (byte) ~bytes[from];
            junk[junk.length - 1] = (byte) ~bytes[to - 1];
            System.arraycopy(junk, 0, bytes, from, junk.length);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < bodies.size(); i++) {
                if (starts[i + 1] <= from || starts[i] >= to) {
                    expected.add(bodies.get(i));
                }
            }
            assertEquals(expected, Logs.readAll(Logs.filesWith(bytes), damage::add), "seed " + seed);
        }
    }

    @Test
    void showsWhatRemainsAfterBytesWereLostOrInserted() throws IOException {
        byte[] whole = Logs.logOf("one", "two", "three");
        int second = starts(whole)[1];
        ByteBuffer inserted = ByteBuffer.allocate(whole.length + 7)
                .put(whole, 0, second)
                .put(new byte[7])
                .put(whole, second, whole.length - second);
        assertEquals(List.of("one"), Logs.readAll(Logs.filesWith(inserted.array()), damage::add));
        byte[] cut = ByteBuffer.allocate(whole.length - 5)
                .put(whole, 0, second)
                .put(whole, second + 5, whole.length - second - 5)
                .array();
        assertEquals(List.of("one"), Logs.readAll(Logs.filesWith(cut), damage::add));
    }

    @Test
    void readsAnyBytesWithoutFailing() throws IOException {
        byte[] header = Arrays.copyOf(Logs.logOf("one"), LogHeader.START);
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] junk = new byte[random.nextInt(5_000)];
            random.nextBytes(junk);
            for (int i = 0; i + 60 < junk.length; i += 50 + random.nextInt(100)) {
                ByteBuffer.wrap(junk).putInt(i, Integer.reverseBytes(RecordCodec.MAGIC));
                ByteBuffer.wrap(junk).putInt(i + 4, Integer.reverseBytes(random.nextInt(300)));
                ByteBuffer.wrap(junk).putShort(i + 42, (short) 0);
            }
            byte[] log = ByteBuffer.allocate(header.length + junk.length)
                    .put(header)
                    .put(junk)
                    .array();
            assertEquals(List.of(), Logs.readAll(Logs.filesWith(log), damage::add), "seed " + seed);
            assertEquals(List.of(), Logs.readAll(Logs.filesWith(junk), damage::add), "seed " + seed);
        }
    }

    @Test
    void readsAFileFullOfMarksInOnePass() throws IOException {
        byte[] header = Arrays.copyOf(Logs.logOf("one"), LogHeader.START);
        ByteBuffer log = ByteBuffer.allocate(4 << 20).put(header);
        while (log.remaining() >= 8) {
            log.putInt(Integer.reverseBytes(RecordCodec.MAGIC)).putInt(0x00_00_10_00);
        }
        assertEquals(List.of(), Logs.readAll(Logs.filesWith(log.array()), damage::add));
        assertEquals(LogHeader.START, damage.get(0).offset());
    }

    @Test
    void doesNotShowARecordQuotedInTheBodyOfADamagedOne() throws IOException {
        byte[] other = Logs.logOf("quoted", "quoted too");
        byte[] body = Arrays.copyOfRange(other, LogHeader.START, other.length);
        FakeLogFiles files = new FakeLogFiles();
        try (EventLog log = Logs.open(files)) {
            log.append(LogRecord.of(Logs.START, LogRecord.NO_UUID, Logs.CLASS, body));
            log.append(Logs.record("after"));
        }
        byte[] bytes = files.bytes("errlog");
        bytes[LogHeader.START + 5] ^= 1;
        files.put("errlog", bytes);
        assertEquals(List.of("after"), Logs.readAll(files, damage::add));
    }

    @Test
    void doesNotShowAStaleRecordOfTheSameFileInAnotherPlace() throws IOException {
        byte[] bytes = Logs.logOf("same", "same", "same");
        int[] starts = starts(bytes);
        byte[] moved = bytes.clone();
        System.arraycopy(bytes, starts[0], moved, starts[1], starts[1] - starts[0]);
        assertEquals(List.of("same", "same"), Logs.readAll(Logs.filesWith(moved), damage::add));
        assertEquals(1, damage.size());
    }

    @Test
    void tellsADamagedBodyByItsPlace() throws IOException {
        byte[] bytes = Logs.logOf("one", "two", "three");
        int[] starts = starts(bytes);
        bytes[starts[2] - 1] ^= 1;
        FakeLogFiles files = Logs.filesWith(bytes);
        assertEquals(List.of("one", "three"), Logs.readAll(files, damage::add));
        assertEquals(
                List.of(new Damage("errlog", starts[1], starts[2] - starts[1], "body checksum does not match")),
                damage);
        assertEquals(
                "'errlog' is damaged at offset " + starts[1] + ": body checksum does not match; skipping "
                        + (starts[2] - starts[1]) + " bytes",
                damage.get(0).sentence());
    }

    @Test
    void showsTheEnvelopeOfADamagedBodyWhenOnlyHeadersAreRead() throws IOException {
        byte[] bytes = Logs.logOf("one", "two");
        int[] starts = starts(bytes);
        bytes[starts[1] - 1] ^= 1;
        try (LogReader reader = LogReader.history(Logs.filesWith(bytes), LogLabel.ERROR, Logs.NO_DAMAGE)
                .headersOnly()) {
            assertTrue(reader.advance());
            assertEquals(Logs.CLASS, reader.eventClass());
            assertEquals(new UUID(7, 3), reader.uuid());
            assertFalse(reader.bodyValid());
            assertTrue(reader.advance());
            assertTrue(reader.bodyValid());
            assertEquals("two", new String(reader.body(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void tellsDamageWhenOneRecordIsAskedFor() throws IOException {
        byte[] bytes = Logs.logOf("one", "two");
        int[] starts = starts(bytes);
        bytes[starts[1] - 1] ^= 1;
        FakeLogFiles files = Logs.filesWith(bytes);
        UUID id = LogHeader.peek(files, "errlog").id();
        try (LogReader reader = LogReader.history(files, LogLabel.ERROR, damage::add)) {
            assertTrue(reader.read(new LogRef(id, starts[0])).isEmpty());
            assertEquals(1, damage.size());
            assertEquals(
                    "two",
                    reader.read(new LogRef(id, starts[1]))
                            .orElseThrow()
                            .record()
                            .bodyText());
        }
    }

    /** Offsets of the records of an undamaged log, and its end. */
    private static int[] starts(byte[] log) throws IOException {
        List<Integer> starts = new ArrayList<>();
        try (LogReader reader = LogReader.history(Logs.filesWith(log), LogLabel.ERROR, Logs.NO_DAMAGE)) {
            while (reader.advance()) {
                starts.add((int) reader.ref().offset());
            }
        }
        starts.add(log.length);
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int recordAt(int[] starts, int offset) {
        for (int i = 0; i + 1 < starts.length; i++) {
            if (offset >= starts[i] && offset < starts[i + 1]) {
                return i;
            }
        }
        return -1;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.fmd.agents.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetirementLedgerTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOON = Tasks.NOON;

    @TempDir
    Path folder;

    private RetirementLedger open(Instant now) throws IOException {
        return RetirementLedger.open(folder.resolve("state/retirements"), HOUR, now);
    }

    private static Retirement acted(Instant at, int disk) {
        return new Retirement(
                at,
                Retirement.Kind.ACTED,
                false,
                new UUID(8, disk),
                FakeHost.devid(disk),
                List.of(new DiskUse.Membership("md0", "sda1")));
    }

    @Test
    void remembersAcrossARestart() throws IOException {
        open(NOON).record(acted(NOON, 1));
        RetirementLedger later = open(NOON.plusSeconds(60));
        assertTrue(later.objection(FakeHost.devid(2), NOON.plusSeconds(60), 1, false)
                .isPresent());
        assertTrue(later.objection(FakeHost.devid(2), NOON.plusSeconds(60), 2, false)
                .isEmpty());
        assertTrue(later.objection(FakeHost.devid(1), NOON.plusSeconds(60), 1, false)
                .isEmpty());
        assertEquals(List.of(new DiskUse.Membership("md0", "sda1")), later.left(FakeHost.devid(1)));
        assertEquals(Optional.of(new UUID(8, 1)), later.otherCase(FakeHost.devid(1), Tasks.CASE));
        assertEquals("", later.trouble());
    }

    @Test
    void aClockThatWentBackMakesItCareful() throws IOException {
        RetirementLedger ledger = open(NOON);
        ledger.record(acted(NOON.plus(Duration.ofDays(2)), 1));
        assertTrue(ledger.objection(FakeHost.devid(2), NOON, 1, false).isPresent());
    }

    @Test
    void zeroRetirementsMeansNone() throws IOException {
        assertEquals(
                Optional.of("max-per-window is 0: nothing is retired automatically"),
                open(NOON).objection(FakeHost.devid(1), NOON, 0, false));
    }

    @Test
    void forgetsWhatWasUndoneLongAgo() throws IOException {
        RetirementLedger ledger = open(NOON);
        for (int i = 0; i < 200; i++) {
            Instant at = NOON.plus(HOUR.multipliedBy(2L * i));
            ledger.record(acted(at, i % 10));
            ledger.undo(FakeHost.devid(i % 10), new UUID(8, i % 10));
        }
        assertTrue(Files.size(folder.resolve("state/retirements")) < 1000);
    }

    @Test
    void neverTrustsADamagedFile() throws IOException {
        open(NOON).record(acted(NOON.minus(Duration.ofDays(1)), 1));
        Path file = folder.resolve("state/retirements");
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 0; cut < whole.length; cut++) {
            Files.write(file, java.util.Arrays.copyOf(whole, cut));
            boolean headOnly = cut == new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf('\n') + 1;
            // Ending after the head it cannot be told from a file without entries: written so only by a rename of the
            // whole.
            assertEquals(
                    headOnly,
                    open(NOON).objection(FakeHost.devid(2), NOON, 1, false).isEmpty(),
                    "cut at byte " + cut);
        }
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(7));
            Files.write(file, flipped);
            RetirementLedger ledger = open(NOON);
            boolean blind = ledger.objection(FakeHost.devid(2), NOON, 1, false).isPresent();
            // The first flag word is for later versions: a reader may ignore it.
            boolean inFirstFlags = at >= 18 && at < 26 && ledger.trouble().isEmpty();
            assertTrue(blind || inFirstFlags, "seed 42, round " + i + ", byte " + at);
        }
    }

    @Test
    void readsBackEveryEntryItWrites() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Retirement entry = new Retirement(
                    NOON.plusNanos(random.nextLong(1L << 50)),
                    random.nextBoolean() ? Retirement.Kind.ACTED : Retirement.Kind.REHEARSED,
                    random.nextBoolean(),
                    new UUID(random.nextLong(), random.nextLong()),
                    "id1,sd@TATA     DISK " + random.nextInt(),
                    random.nextBoolean() ? List.of() : List.of(new DiskUse.Membership("md" + i, "cciss!c0d0p1")));
            assertEquals(Optional.of(entry), Retirement.parse(entry.toLine()), "seed 7, round " + i);
        }
        assertFalse(Retirement.parse("2026-03-04T12:00:00Z acted open x - y").isPresent());
    }
}

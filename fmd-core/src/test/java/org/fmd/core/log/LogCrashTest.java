// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.fmd.core.log.FakeLogFiles.Fault;
import org.fmd.core.log.FakeLogFiles.Loss;
import org.fmd.core.log.LogException.Condition;
import org.junit.jupiter.api.Test;

/**
 * Random appends, syncs, faults and crashes against the plainest model there is: numbers. Record n has the number n as the
 * start of its body; the model keeps the set of numbers which a returning sync has promised.
 */
class LogCrashTest {

    private static final List<Fault> FAULTS = List.of(Fault.values());

    /** One life of a log, through many crashes. */
    private static final class Life {
        private final Random random;
        private final FakeLogFiles files = new FakeLogFiles();
        private final TreeSet<Integer> promised = new TreeSet<>();
        private final List<Integer> waiting = new ArrayList<>();
        private EventLog log;
        private int last;
        private boolean rollbackDue;
        private int failures;
        private int crashes;

        private Life(long seed) throws IOException {
            random = new Random(seed);
            log = Logs.open(files);
        }

        private void step() throws IOException {
            switch (random.nextInt(20)) {
                case 0 -> crash(random.nextBoolean() ? Loss.SOME : Loss.ALL);
                case 1 -> crash(Loss.NONE);
                case 2 -> files.arm(FAULTS.get(random.nextInt(4)), 1 + random.nextInt(3));
                case 3 -> files.capacity(random.nextBoolean() ? Long.MAX_VALUE : log.length() + random.nextInt(2_000));
                case 4, 5, 6, 7 -> sync();
                default -> append();
            }
        }

        private void append() {
            int number = ++last;
            try {
                log.append(
                        Logs.record(number + ":" + "x".repeat(random.nextInt(10) == 0 ? 40_000 : random.nextInt(900))));
                waiting.add(number);
            } catch (LogException e) {
                failed(e);
            }
        }

        private void sync() {
            try {
                log.sync();
                promised.addAll(waiting);
                waiting.clear();
            } catch (LogException e) {
                failed(e);
            }
        }

        private void failed(LogException e) {
            failures++;
            rollbackDue = e.condition() == Condition.ROLLBACK_FAILED || e.getSuppressed().length > 0;
            if (e.condition() != Condition.LOG_MINFREE) {
                waiting.clear();
            }
        }

        private void crash(Loss loss) throws IOException {
            crashes++;
            files.crash(loss, random);
            files.capacity(Long.MAX_VALUE);
            log = Logs.open(files);
            List<Integer> shown = check();
            // What a reopened log shows has been made durable, and will be acted on. The one exception is what a failed
            // sync orphaned in the page cache of a process that died before it could take it back.
            if (!(loss == Loss.NONE && rollbackDue)) {
                promised.addAll(shown);
            }
            rollbackDue = false;
            waiting.clear();
        }

        /** Every promise kept, order kept, nothing twice, nothing invented; returns what was shown. */
        private List<Integer> check() throws IOException {
            List<Integer> shown = new ArrayList<>();
            for (String body : Logs.readAll(files, damage -> {})) {
                shown.add(Integer.valueOf(body.substring(0, body.indexOf(':'))));
                assertEquals("", body.substring(body.indexOf(':') + 1).replace("x", ""));
            }
            assertEquals(new ArrayList<>(new TreeSet<>(shown)), shown, "order");
            assertTrue(shown.isEmpty() || shown.get(shown.size() - 1) <= last, "invention");
            TreeSet<Integer> missing = new TreeSet<>(promised);
            shown.forEach(missing::remove);
            assertEquals(new TreeSet<>(), missing, "promised and lost");
            return shown;
        }
    }

    @Test
    void keepsEveryPromiseThroughFaultsAndCrashes() throws IOException {
        int failures = 0;
        int crashes = 0;
        for (long seed = 0; seed < 300; seed++) {
            try {
                Life life = new Life(seed);
                for (int i = 0; i < 120; i++) {
                    life.step();
                }
                life.crash(Loss.SOME);
                failures += life.failures;
                crashes += life.crashes;
            } catch (AssertionError | IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertTrue(failures > 500 && crashes > 500, "the adversary slept: " + failures + ", " + crashes);
    }

    @Test
    void survivesPowerLossAtEveryStepOfOpening() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            FakeLogFiles files = new FakeLogFiles();
            for (int life = 0; life < 6; life++) {
                files.arm(FAULTS.get(random.nextInt(FAULTS.size())), 1 + random.nextInt(3));
                try {
                    Logs.open(files).append(Logs.record("never synced"));
                } catch (IOException e) {
                    // the fault hit the opening; the next one has to cope with what it left
                }
                files.crash(random.nextBoolean() ? Loss.SOME : Loss.NONE, random);
            }
            Logs.append(files, "synced");
            List<String> shown = Logs.readAll(files, damage -> {});
            assertEquals("synced", shown.get(shown.size() - 1), "seed " + seed);
        }
    }
}

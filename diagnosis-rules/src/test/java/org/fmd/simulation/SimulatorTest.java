// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Some hundred lives of a daemon, each told by its seed. {@code -Dfmd.simulate.seeds=10000 -Dfmd.simulate.seed=1} says how many and
 * from which on; {@code etc/dev/simulate} does that. One seed alone is told step by step.
 */
class SimulatorTest {
    private static final int SEEDS = Integer.getInteger("fmd.simulate.seeds", 500);
    private static final long FIRST = Long.getLong("fmd.simulate.seed", 1);
    private static final boolean ASKED = System.getProperty("fmd.simulate.seeds") != null;
    private static final PrintStream OUT = System.out;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<String, Integer> differs = new TreeMap<>();
    private Level level = Level.INFO;
    private long crashes;
    private long cases;
    private long ereports;

    @BeforeEach
    void theDaemonSpeaksOnlyWhenItIsTheOnlyOne() {
        level = root.getLevel();
        root.setLevel(SEEDS == 1 ? Level.INFO : Level.OFF);
    }

    @AfterEach
    void speak() {
        root.setLevel(level);
    }

    @Test
    void whateverHappensNothingIsLostAndNothingInvented() {
        int failures = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            failures += passes(seed) ? 0 : 1;
            long done = seed - FIRST + 1;
            if (ASKED && done % 500 == 0) {
                OUT.printf("%d seeds, %d failed, %s%n", done, failures, summary());
            }
        }
        if (ASKED) {
            OUT.printf("%d seeds from %d: %s%n", SEEDS, FIRST, summary());
            differs.forEach((why, count) -> OUT.printf("  %d ended differently and may: %s%n", count, why));
        }
        assertEquals(0, failures, "seeds that failed");
        if (SEEDS >= 100) {
            assertTrue(crashes > SEEDS && cases > SEEDS, "the adversary slept: " + summary());
            int different =
                    differs.values().stream().mapToInt(Integer::intValue).sum();
            assertTrue(different < SEEDS / 5, "too little is compared: " + differs);
        }
    }

    private String summary() {
        return ereports + " ereports, " + cases + " cases, " + crashes + " crashes";
    }

    private boolean passes(long seed) {
        try {
            Simulation.Result result = Simulation.run(seed, SEEDS == 1 ? OUT : null);
            crashes += result.crashes();
            cases += result.cases();
            ereports += result.ereports();
            result.differs().ifPresent(why -> differs.merge(why, 1, Integer::sum));
            return true;
        } catch (AssertionError | RuntimeException e) {
            OUT.printf("seed %d: %s%n  again, step by step: etc/dev/simulate 1 %d%n", seed, e.getMessage(), seed);
            if (SEEDS == 1) {
                fail(e);
            }
            return false;
        }
    }

    /** The same seed is the same run, to the last line. */
    @Test
    void aSeedIsRunAgainAsItWas() {
        assertEquals(story(FIRST), story(FIRST));
    }

    private static String story(long seed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            Simulation.run(seed, out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

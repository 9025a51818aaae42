// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.fmd.model.json.QueryJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeArgumentTest {
    private static final Instant NOW = Instant.parse("2026-03-10T09:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** An hour ahead of UTC in winter. */
    @ParameterizedTest
    @CsvSource({
        "03/04/2026 11:32:07, 2026-03-04T10:32:07Z",
        "3/4/26 1:2:3, 2026-03-04T00:02:03Z",
        "03/04/2026 11:32, 2026-03-04T10:32:00Z",
        "03/04/26 11:32, 2026-03-04T10:32:00Z",
        "03/04/2026, 2026-03-03T23:00:00Z",
        "03/04/69, 1969-03-03T23:00:00Z",
        "03/04/68, 2068-03-03T23:00:00Z",
        "2026-03-04T11:32:07, 2026-03-04T10:32:07Z",
        "2026-03-04T11:32:07.184312911, 2026-03-04T10:32:07.184312911Z",
        "2026-03-04T11:32:07.5Z, 2026-03-04T11:32:07.5Z",
        "26-03-04T11:32:07, 2026-03-04T10:32:07Z",
        "2026-03-04T11:32, 2026-03-04T10:32:00Z",
        "26-03-04T11:32, 2026-03-04T10:32:00Z",
        "2026-03-04, 2026-03-03T23:00:00Z",
        "26-03-04, 2026-03-03T23:00:00Z",
        "04Mar2026 11:32:07, 2026-03-04T10:32:07Z",
        "04mar26 11:32:07, 2026-03-04T10:32:07Z",
        "04MAR2026 11:32, 2026-03-04T10:32:00Z",
        "4Mar26 11:32, 2026-03-04T10:32:00Z",
        "04Mar2026, 2026-03-03T23:00:00Z",
        "04Mar26, 2026-03-03T23:00:00Z",
        "Mar 04 11:32:07, 2026-03-04T10:32:07Z",
        "Jul 4 11:32:07.25, 2026-07-04T09:32:07.25Z",
        "11:32:07, 2026-03-10T10:32:07Z",
        "11:32, 2026-03-10T10:32:00Z",
        "90s, 2026-03-10T08:58:30Z",
        "1Day, 2026-03-09T09:00:00Z",
        "2 hour, 2026-03-10T07:00:00Z",
        "3min, 2026-03-10T08:57:00Z",
        "1500ms, 2026-03-10T08:59:58.5Z",
        "7usec, 2026-03-10T08:59:59.999993Z",
        "0ns, 2026-03-10T09:00:00Z",
    })
    void readsEachFormOfTheReference(String text, Instant time) throws CommandFailure {
        assertEquals(time, TimeArgument.parse(text, NOW, BERLIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "12",
                "-5m",
                "2026-02-30",
                "25:00",
                "11:60",
                "04-Mar-2026",
                "Mär 04 11:32:07",
                "03/04",
                "1.5h"
            })
    void refusesWhatIsNoTime(String text) {
        assertThrows(CommandFailure.class, () -> TimeArgument.parse(text, NOW, BERLIN));
    }

    @Test
    void saysWhatFollowsATime() {
        CommandFailure failure =
                assertThrows(CommandFailure.class, () -> TimeArgument.parse("2026-03-04T11:32:07.1x", NOW, BERLIN));
        assertEquals("unexpected suffix after time 2026-03-04T11:32:07 -- .1x", failure.getMessage());
        assertEquals(ExitCode.USAGE, failure.exitCode());
    }

    @Test
    void readsWhatIsPrinted() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Instant time = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
            String utc = QueryJson.time(time);
            assertEquals(time, Times.parseUtc(utc).orElseThrow(), "seed " + seed);
            assertEquals(time, parsed(utc), "seed " + seed);
            assertEquals(time, parsed(instantText(time)), "seed " + seed);
        }
    }

    /** As {@code fmdump -V} prints it, with the words moved to where {@code -t} wants them. */
    private static String instantText(Instant time) {
        String full = Times.full(time, ZoneId.of("UTC"));
        return full.substring(4, 6) + full.substring(0, 3) + full.substring(7);
    }

    private static Instant parsed(String text) {
        try {
            return TimeArgument.parse(text, NOW, ZoneId.of("UTC"));
        } catch (CommandFailure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void neverFailsInAnotherWayThanByARefusal() {
        String letters = "0123456789/-:. TZMarsmhd";
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                TimeArgument.parse(text.toString(), NOW, BERLIN);
            } catch (CommandFailure e) {
                assertEquals(ExitCode.USAGE, e.exitCode(), "seed " + seed);
            }
        }
    }
}

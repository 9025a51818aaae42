// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fmd.core.time.ClockStep;

/**
 * The fault manager's time, which goes on evenly when the wall clock is set, and how it stands to the wall clock.
 *
 * <pre>
 *   wall clock   12:00 … 12:07 ┐ set back by an hour                ┌ 13:00 …
 *                              └ 11:07 …                  … 11:30 ──┘ set forward by 90 min
 *   here         12:00 … 12:07 …                          … 12:30 …
 *   ahead        0             1 h                                  −30 min
 * </pre>
 *
 * <p>The steps are ereports in the error log, so that handling it again gives the same time again.
 */
final class Timeline {
    /** How long an ereport may have been under way when the clock was set. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(60);

    private static final int MOST = 16;

    /** From when on, in time of the fault manager, it was so far ahead. */
    private record Stretch(Instant from, Duration ahead) {}

    private final List<Stretch> stretches = new ArrayList<>(List.of(new Stretch(Instant.MIN, Duration.ZERO)));

    Duration ahead() {
        return last().ahead();
    }

    private Stretch last() {
        return stretches.get(stretches.size() - 1);
    }

    /** Takes account of a step. */
    void add(ClockStep step) {
        Instant at = step.before().plus(ahead());
        stretches.add(new Stretch(at, ahead().plus(step.back())));
        if (stretches.size() > MOST) {
            stretches.remove(0);
        }
    }

    /** Returns what the wall clock says at a time. */
    Instant wall(Instant time) {
        return time.minus(ahead());
    }

    /** Returns the time at which the wall clock, as it goes now, says that. */
    Instant time(Instant wall) {
        return wall.plus(ahead());
    }

    /**
     * Returns by how much an ereport's time is to be moved that comes now: as the clock goes, unless it was under way when the clock
     * was set back and has the time of before.
     *
     * @param heard the latest time of an ereport, which the log alone tells: handled again it is moved as it was
     */
    Duration shift(Instant tod, Instant heard) {
        for (int i = stretches.size() - 1; i > 0; i--) {
            Stretch stretch = stretches.get(i);
            Stretch before = stretches.get(i - 1);
            boolean back = before.ahead().compareTo(stretch.ahead()) < 0;
            Instant then = tod.plus(before.ahead());
            boolean underWay = back && !then.isAfter(stretch.from()) && !then.isBefore(heard.minus(UNDER_WAY));
            if (!underWay) {
                return stretch.ahead();
            }
        }
        return stretches.get(0).ahead();
    }

    /** Returns it in words, for {@link #recall}. */
    List<String> remember() {
        return stretches.stream().map(s -> s.from() + " " + s.ahead()).toList();
    }

    /** Goes on from what was remembered; none leaves it as it is. Throws a {@link RuntimeException} of time for other words. */
    void recall(List<String> words) {
        if (words.isEmpty()) {
            return;
        }
        List<Stretch> read = new ArrayList<>();
        for (String word : words) {
            String[] parts = word.split(" ", 2);
            read.add(new Stretch(Instant.parse(parts[0]), Duration.parse(parts[parts.length - 1])));
        }
        stretches.clear();
        stretches.addAll(read);
    }
}

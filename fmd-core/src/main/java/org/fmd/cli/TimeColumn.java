// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * The column of times before a list of events: what {@link Times#ofEvent} says, and blanks up to 21 columns. Events of one day share
 * the text of the day, those of one second all of it, if that has no decimals; a list of millions is printed twice as fast. Not
 * thread-safe.
 */
final class TimeColumn {
    private static final long SECOND = 1_000_000_000L;
    private static final int DAY = 86_400;
    private static final int WIDTH = 21;

    private final long oldBefore;
    private final long aheadAfter;
    private final ZoneRules rules;
    private final char[] dated = new char[WIDTH];
    private final char[] recent = new char[WIDTH];

    private long second = -1;
    private long localDay = Long.MIN_VALUE;
    private String datedText = "";

    TimeColumn(Instant now, ZoneId zone) {
        this.oldBefore = nanos(now.minus(Duration.ofDays(180)));
        this.aheadAfter = nanos(now.plus(Duration.ofSeconds(60)));
        this.rules = zone.getRules();
        dated[WIDTH - 1] = ' ';
        recent[WIDTH - 1] = ' ';
    }

    private static long nanos(Instant time) {
        return Math.max(0, time.getEpochSecond()) * SECOND + time.getNano();
    }

    /** Returns the text for a time in nanoseconds since 1970, unsigned. */
    String text(long nanos) {
        long wanted = nanos >= 0 ? nanos / SECOND : Long.divideUnsigned(nanos, SECOND);
        if (wanted != second) {
            enter(wanted);
        }
        if (Long.compareUnsigned(nanos, oldBefore) < 0 || Long.compareUnsigned(nanos, aheadAfter) > 0) {
            return datedText;
        }
        int fraction = (int) (nanos - wanted * SECOND) / 100_000;
        pair(recent, 16, fraction / 100);
        pair(recent, 18, fraction % 100);
        return new String(recent);
    }

    private void enter(long newSecond) {
        second = newSecond;
        long local =
                newSecond + rules.getOffset(Instant.ofEpochSecond(newSecond)).getTotalSeconds();
        long day = Math.floorDiv(local, (long) DAY);
        if (day != localDay) {
            localDay = day;
            String date = Times.date(LocalDate.ofEpochDay(day));
            date.getChars(0, 12, dated, 0);
            date.getChars(0, 7, recent, 0);
        }
        int time = (int) Math.floorMod(local, (long) DAY);
        clock(dated, 12, time);
        clock(recent, 7, time);
        recent[15] = '.';
        datedText = new String(dated);
    }

    private static void clock(char[] text, int at, int time) {
        pair(text, at, time / 3600);
        text[at + 2] = ':';
        pair(text, at + 3, time / 60 % 60);
        text[at + 5] = ':';
        pair(text, at + 6, time % 60);
    }

    private static void pair(char[] text, int at, int value) {
        text[at] = (char) ('0' + value / 10);
        text[at + 1] = (char) ('0' + value % 10);
    }
}

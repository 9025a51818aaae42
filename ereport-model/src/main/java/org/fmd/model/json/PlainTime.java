// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Times of the plain form: {@code 2026-03-04T11:30:41.003123456Z}, always UTC, with any number of decimals up to nine. */
final class PlainTime {
    private static final int DATE_AND_TIME = "2026-03-04T11:30:41".length();
    private static final int NANO_DIGITS = 9;
    private static final String MARKS = "    -  -  T  :  :  ";

    private PlainTime() {}

    /** Returns the time, null if the nanoseconds are no part of a second or the seconds too many. */
    static @Nullable Instant of(long seconds, long nanos) {
        if (nanos < 0
                || nanos > 999_999_999
                || seconds < Instant.MIN.getEpochSecond()
                || seconds > Instant.MAX.getEpochSecond()) {
            return null;
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Reads a time, null if the bytes are none. */
    static @Nullable Instant parse(byte[] ascii, int from, int to) {
        int end = to - 1;
        if (end < from + DATE_AND_TIME || ascii[end] != 'Z') {
            return null;
        }
        for (int i = 0; i < DATE_AND_TIME; i++) {
            char mark = MARKS.charAt(i);
            int c = ascii[from + i];
            if (mark == ' ' ? c < '0' || c > '9' : c != mark) {
                return null;
            }
        }
        int nanos = nanos(ascii, from + DATE_AND_TIME, end);
        int hour = number(ascii, from + 11, 2);
        int minute = number(ascii, from + 14, 2);
        int second = number(ascii, from + 17, 2);
        if (nanos < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long day = LocalDate.of(number(ascii, from, 4), number(ascii, from + 5, 2), number(ascii, from + 8, 2))
                    .toEpochDay();
            return Instant.ofEpochSecond(day * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What stands between the seconds and the Z: nothing, or a point and one to nine digits; -1 for anything else. */
    private static int nanos(byte[] ascii, int from, int end) {
        if (from == end) {
            return 0;
        }
        int digits = end - from - 1;
        if (ascii[from] != '.' || digits < 1 || digits > NANO_DIGITS) {
            return -1;
        }
        int nanos = 0;
        for (int i = 0; i < NANO_DIGITS; i++) {
            int digit = i < digits ? ascii[from + 1 + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            nanos = 10 * nanos + digit;
        }
        return nanos;
    }

    private static int number(byte[] ascii, int from, int digits) {
        int number = 0;
        for (int i = 0; i < digits; i++) {
            number = 10 * number + ascii[from + i] - '0';
        }
        return number;
    }
}

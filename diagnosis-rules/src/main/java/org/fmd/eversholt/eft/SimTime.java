// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of a virtual clock, from 0 on, as people write them: {@code 1d2h}, {@code 1m30s}, {@code 1.500s}, {@code 250ms}. */
public final class SimTime {
    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d{1,6})d)?(?:(\\d{1,8})h)?(?:(\\d{1,8})m(?!s))?(?:(\\d{1,10})(?:\\.(\\d{1,9}))?s)?(?:(\\d{1,10})ms)?");
    private static final long MILLI = 1_000_000;
    private static final long[] UNITS = {86_400_000 * MILLI, 3_600_000 * MILLI, 60_000 * MILLI, 1000 * MILLI};
    private static final String LETTERS = "dhms";

    private SimTime() {}

    /** Nanoseconds; empty if the text has another form or is beyond 200 years. */
    public static OptionalLong parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.isEmpty() || !form.matches()) {
            return OptionalLong.empty();
        }
        double about = 0;
        long nanos = 0;
        for (int i = 0; i < UNITS.length; i++) {
            long amount = number(form.group(i + 1));
            about += (double) amount * UNITS[i];
            nanos += amount * UNITS[i];
        }
        String fraction = form.group(5);
        if (fraction != null) {
            nanos += Long.parseLong((fraction + "00000000").substring(0, 9));
        }
        nanos += number(form.group(6)) * MILLI;
        return about > 200.0 * 366 * UNITS[0] ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The shortest form: {@code 0s}, {@code 1d}, {@code 1h0.500s}. */
    public static String text(long nanos) {
        if (nanos < 0) {
            return "-" + text(-nanos);
        }
        StringBuilder text = new StringBuilder();
        long rest = nanos;
        for (int i = 0; i < 3; i++) {
            long amount = rest / UNITS[i];
            rest %= UNITS[i];
            if (amount > 0) {
                text.append(amount).append(LETTERS.charAt(i));
            }
        }
        if (rest > 0 || text.isEmpty()) {
            text.append(rest / UNITS[3]).append(fraction(rest % UNITS[3])).append('s');
        }
        return text.toString();
    }

    /** Three digits, or as many more as are needed. */
    private static String fraction(long nanos) {
        if (nanos == 0) {
            return "";
        }
        String digits = String.format("%09d", nanos);
        int end = digits.length();
        while (end > 3 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return "." + digits.substring(0, end);
    }
}

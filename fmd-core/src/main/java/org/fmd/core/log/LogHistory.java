// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the files of one kind of log are named and ordered in their directory.
 *
 * <pre>
 *   oldest                                                    newest
 *   errlog.1   errlog.0   errlog-00000001   errlog-00000002   errlog      one history
 *   errlog+, errlog-00000002+           a new file before it is whole: nobody reads it
 *   errlog.torn.0, errlog.bad.0         what was cut off, and files that were damaged: not history
 * </pre>
 *
 * <p>A rotated file has the next number, and keeps it. Names with a point are those of administrators and their tools; we make
 * none.
 */
final class LogHistory {

    private static final int DIGITS = 8;

    private LogHistory() {}

    /** The names of one history, oldest first. */
    static List<String> names(LogFiles files, String current) throws IOException {
        List<Long> shifted = new ArrayList<>();
        List<Long> numbered = new ArrayList<>();
        boolean hasCurrent = false;
        for (String name : files.names()) {
            if (name.equals(current)) {
                hasCurrent = true;
            } else if (shiftedNumberOf(name, current) >= 0) {
                shifted.add(shiftedNumberOf(name, current));
            } else if (numberOf(name, current) >= 0) {
                numbered.add(numberOf(name, current));
            }
        }
        shifted.sort(Comparator.reverseOrder());
        numbered.sort(Comparator.naturalOrder());
        List<String> names = new ArrayList<>();
        for (long number : shifted) {
            names.add(current + "." + number);
        }
        for (long number : numbered) {
            names.add(rotated(current, number));
        }
        if (hasCurrent) {
            names.add(current);
        }
        return Collections.unmodifiableList(names);
    }

    /** The number in the name of a rotated file; negative if it is none. */
    private static long numberOf(String name, String current) {
        int from = current.length() + 1;
        boolean ours = name.startsWith(current + "-") && name.length() >= from + DIGITS;
        long number = ours ? number(name, from, 18) : -1;
        return number >= 0 && name.equals(rotated(current, number)) ? number : -1;
    }

    private static long number(String name, int from, int most) {
        if (name.length() == from || name.length() > from + most) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static String rotated(String current, long number) {
        String digits = Long.toString(number);
        return current + "-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    /** The name for the next file that is rotated. */
    static String nextRotated(LogFiles files, String current) throws IOException {
        long last = 0;
        for (String name : files.names()) {
            last = Math.max(last, numberOf(name, current));
        }
        return rotated(current, last + 1);
    }

    /** Sealed files that are not whole yet, or never became so: {@code errlog-00000002+}. */
    static List<String> unborn(LogFiles files, String current) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : files.names()) {
            if (name.endsWith("+") && isRotated(name.substring(0, name.length() - 1), current)) {
                names.add(name);
            }
        }
        return names;
    }

    private static boolean isRotated(String name, String current) {
        return numberOf(name, current) >= 0 || shiftedNumberOf(name, current) >= 0;
    }

    /** The number in {@code errlog.1}; negative if it is none. */
    private static long shiftedNumberOf(String name, String current) {
        long number = name.startsWith(current + ".") ? number(name, current.length() + 1, 9) : -1;
        return number >= 0 && name.equals(current + "." + number) ? number : -1;
    }

    /** Files of no history that only take room, those of one kind oldest first. */
    static List<String> leftovers(LogFiles files, String current) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : files.names()) {
            if (name.startsWith(current + ".torn.") || name.startsWith(current + ".bad.")) {
                names.add(name);
            }
        }
        names.sort(Comparator.comparing(String::length)
                .thenComparing(Comparator.naturalOrder())
                .reversed());
        return names;
    }

    /**
     * Makes room for {@code base.0} by moving each file up one number, as far as the first number that is free. A crash in
     * the middle leaves a gap and the same order.
     *
     * @param limit how many numbers there are; the file with the last one is replaced when none is free
     * @return the name {@code base.0}, which is now free
     */
    static String makeRoom(LogFiles files, String base, int limit) throws IOException {
        Set<String> names = new HashSet<>(files.names());
        int free = 0;
        while (free < limit - 1 && names.contains(base + "." + free)) {
            free++;
        }
        for (int number = free; number > 0; number--) {
            files.rename(base + "." + (number - 1), base + "." + number);
        }
        return base + ".0";
    }

    /** Renames a file to {@code base.0}, after making room, durably; returns the new name. */
    static String setAside(LogFiles files, String name, String base) throws IOException {
        String newest = makeRoom(files, base, Integer.MAX_VALUE);
        files.rename(name, newest);
        files.forceNames();
        return newest;
    }

    /** Renames the current file to that of a rotated one, durably; returns the new name. */
    static String retire(LogFiles files, String current) throws IOException {
        String rotated = nextRotated(files, current);
        files.rename(current, rotated);
        files.forceNames();
        return rotated;
    }
}

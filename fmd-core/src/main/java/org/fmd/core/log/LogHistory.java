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
 *   oldest                                newest
 *   errlog.2    errlog.1    errlog.0    errlog        one history
 *   errlog+                                           a new file before it is whole: nobody reads it
 *   errlog.torn.0, errlog.bad.0                       what was cut off, and files without a readable header: not history
 * </pre>
 */
final class LogHistory {

    private LogHistory() {}

    /** The names of one history, oldest first. */
    static List<String> names(LogFiles files, String current) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        boolean hasCurrent = false;
        for (String name : files.names()) {
            if (name.equals(current)) {
                hasCurrent = true;
            } else if (name.startsWith(current + ".")
                    && name.substring(current.length() + 1).matches("0|[1-9][0-9]{0,8}")) {
                numbers.add(Integer.valueOf(name.substring(current.length() + 1)));
            }
        }
        numbers.sort(Comparator.reverseOrder());
        List<String> names = new ArrayList<>();
        for (int number : numbers) {
            names.add(current + "." + number);
        }
        if (hasCurrent) {
            names.add(current);
        }
        return Collections.unmodifiableList(names);
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
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import java.util.List;
import org.fmd.plugins.kernel.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks: the beginning of a line that a driver puts before its messages.
 *
 * @param partPrefix what stands before the hole {@code part} of the head in the name of the speaker
 * @param head the beginning of the line
 * @param rows what may follow
 */
record Speaker(String partPrefix, Template head, List<Row> rows) {

    static Speaker of(String partPrefix, String head, List<Row> rows) {
        return new Speaker(partPrefix, Template.of(head + "*"), rows);
    }

    /** Returns what the line says, null if nobody of that name says anything that is known. */
    @Nullable
    Observation read(String line, int to) {
        String[] found = head.match(line, 0, to);
        if (found == null) {
            return null;
        }
        String name = partPrefix;
        int from = head.beginning().length();
        for (int i = 0; i < found.length; i++) {
            if (head.holes().get(i).name().equals("part")) {
                name = partPrefix + found[i];
            }
            from += found[i].length() + head.literal(i + 1).length();
        }
        for (Row row : rows) {
            if (line.startsWith(row.beginning(), from)) {
                Observation said = row.read(line, from, to, name, null);
                if (said != null) {
                    return said;
                }
            }
        }
        return null;
    }
}

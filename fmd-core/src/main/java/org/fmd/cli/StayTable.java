// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.fmd.core.topo.Part;
import org.fmd.core.topo.Stay;
import org.jspecify.annotations.Nullable;

/** Stays in columns: the history of parts, or the slots at one time. */
final class StayTable {
    private static final int LONGEST = 40;

    private StayTable() {}

    /** Prints who was where from when to when. */
    static void history(List<Stay> stays, ZoneId zone, PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"FROM", "TO", "SLOT", "SERIAL", "NAMES", "PART", "PLACE"});
        for (Stay stay : stays) {
            Part part = stay.part();
            rows.add(new String[] {
                time(stay.from(), stay.fromAfter(), zone),
                stay.to() == null ? "now" : time(stay.to(), stay.toAfter(), zone),
                part.label(),
                part.serial(),
                String.join(" ", part.names()),
                part.part(),
                part.place()
            });
        }
        print(rows, out);
    }

    /** Prints what was in each place. */
    static void slots(List<Stay> stays, ZoneId zone, PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"SLOT", "SERIAL", "NAMES", "PART", "FIRMWARE", "SINCE", "PLACE"});
        for (Stay stay : stays) {
            Part part = stay.part();
            rows.add(new String[] {
                part.label(),
                part.serial(),
                String.join(" ", part.names()),
                part.part(),
                part.revision(),
                time(stay.from(), stay.fromAfter(), zone),
                part.place()
            });
        }
        print(rows, out);
    }

    /** A change that was found at a start of the daemon happened by then, not then. */
    private static String time(Instant time, @Nullable Instant after, ZoneId zone) {
        String text = Times.full(time, zone).substring(0, 20);
        return after == null ? text : "by " + text;
    }

    private static void print(List<String[]> rows, PrintWriter out) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                row[i] = TopoWords.printable(row[i].isEmpty() ? "-" : row[i]);
                widths[i] = Math.max(widths[i], Math.min(LONGEST, row[i].length()));
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(i == columns - 1 ? row[i] : Columns.left(row[i], widths[i]) + "  ");
            }
            out.print(line.append('\n'));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import org.fmd.core.log.LogRecord;
import org.fmd.model.json.JsonProblem;

/** The error log and the information log, a line for each event. */
final class ReportPrinter implements RecordPrinter {

    /** What a line says beside time and class. */
    enum Detail {
        NONE("TIME                 CLASS"),
        /** The error numeric association: {@code fmdump -e -v}. */
        ENA("TIME                 CLASS                                 ENA"),
        /** What the event belongs to: {@code fmdump -i -v}. */
        UUID("TIME                 UUID                                 CLASS"),
        /** What an event belongs to, where that is nothing its ENA: {@code fmdump -A -v}. */
        UUID_OR_ENA("TIME                 UUID OR ENA                          CLASS");

        private final String heading;

        Detail(String heading) {
            this.heading = heading;
        }
    }

    private final TimeColumn times;
    private final Detail detail;

    ReportPrinter(Instant now, ZoneId zone, Detail detail) {
        this.times = new TimeColumn(now, zone);
        this.detail = detail;
    }

    @Override
    public String heading() {
        return detail.heading;
    }

    @Override
    public void print(LoggedEvent event, PrintWriter out) throws JsonProblem {
        // In pieces: most time of a long listing would go into putting them together.
        String rest = switch (detail) {
            case NONE -> event.eventClass();
            case ENA -> Columns.left(event.eventClass(), 37) + " " + ena(event);
            case UUID -> event.uuid() + " " + event.eventClass();
            case UUID_OR_ENA ->
                Columns.left(
                                event.uuid().equals(LogRecord.NO_UUID)
                                        ? ena(event)
                                        : event.uuid().toString(),
                                36)
                        + " " + event.eventClass();
        };
        out.write(times.text(event.timeNanos()));
        out.write(rest);
        out.write('\n');
    }

    /** Returns the ENA in 16 digits. */
    static String ena(LoggedEvent event) throws JsonProblem {
        String digits = Long.toHexString(event.members().number("ena").orElse(0));
        return "0x" + "0".repeat(16 - digits.length()) + digits;
    }
}

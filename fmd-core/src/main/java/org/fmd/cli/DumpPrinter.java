// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.fmd.core.log.LogLabel;
import org.fmd.model.nv.NvList;

/** {@code -V}: everything about each event; before a list the ereports that it was made of. */
final class DumpPrinter implements RecordPrinter {
    private final Instant now;
    private final ZoneId zone;
    private final LogLabel label;
    private final boolean pretty;
    private final Evidence evidence;

    /**
     * Makes a printer.
     *
     * @param pretty print each FMRI as its string
     * @param evidence where the ereports are that a list refers to
     */
    DumpPrinter(Instant now, ZoneId zone, LogLabel label, boolean pretty, Evidence evidence) {
        this.now = now;
        this.zone = zone;
        this.label = label;
        this.pretty = pretty;
        this.evidence = evidence;
    }

    @Override
    public String heading() {
        return label == LogLabel.FAULT
                ? "TIME                           UUID                                 SUNW-MSG-ID"
                : "TIME                           CLASS";
    }

    @Override
    public void print(LoggedEvent event, PrintWriter out) throws IOException {
        NvList members = event.members();
        List<LoggedEvent> causes = label == LogLabel.FAULT ? evidence.of(members) : List.of();
        out.print(Times.full(event.tod(), zone) + " ");
        if (label == LogLabel.FAULT) {
            out.print(Columns.left(event.uuid().toString(), 32) + " "
                    + members.string("code").orElse("-") + "\n\n");
            printEvidence(causes, out);
        } else {
            out.print(event.eventClass() + "\n");
        }
        new NvDump(out, pretty).print(members);
        out.print("\n");
    }

    private void printEvidence(List<LoggedEvent> ereports, PrintWriter out) throws IOException {
        ReportPrinter lines = new ReportPrinter(now, zone, ReportPrinter.Detail.ENA);
        for (int i = 0; i < ereports.size(); i++) {
            if (i == 0) {
                out.print("  " + lines.heading() + "\n");
            }
            out.print("  ");
            lines.print(ereports.get(i), out);
        }
        if (!ereports.isEmpty()) {
            out.print("\n");
        }
    }
}

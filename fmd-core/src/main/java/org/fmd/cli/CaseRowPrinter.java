// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;

/** A line for each case: all of {@code fmadm faulty -s}, and the head of each record without it. */
final class CaseRowPrinter {
    private static final String RULE =
            "--------------- ------------------------------------  -------------- ---------\n";

    private final Instant now;
    private final ZoneId zone;
    private final String idHeading;

    /** Makes a printer; {@code idHeading} is what the column of the UUID is called. */
    CaseRowPrinter(Instant now, ZoneId zone, String idHeading) {
        this.now = now;
        this.zone = zone;
        this.idHeading = idHeading;
    }

    void printHeading(PrintWriter out) {
        out.print(RULE);
        out.print("TIME            " + Columns.left(idHeading, 37) + " MSG-ID         SEVERITY\n");
        out.print(RULE);
    }

    void print(ShownCase one, PrintWriter out) {
        out.print(Times.ofCase(one.diagnosed(), now, zone));
        out.print(' ');
        out.print(Columns.left(one.uuid(), 37));
        out.print(' ');
        out.print(Columns.left(one.code(), 14));
        out.print(' ');
        out.print(Columns.left(one.severity(), 9));
        out.print(one.injected() ? " injected\n" : " \n");
    }
}

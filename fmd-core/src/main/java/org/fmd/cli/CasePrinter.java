// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.fmd.cli.NameList.Kind;

/** The long form of {@code fmadm faulty}: all there is to know about a case, or about several of one kind. */
final class CasePrinter {
    private static final int TEXT_INDENT = 14;

    private final CaseRowPrinter rows;
    private final Instant now;
    private final ZoneId zone;
    private final boolean full;

    /** Makes a printer; {@code full} is {@code -v}. */
    CasePrinter(CaseRowPrinter rows, Instant now, ZoneId zone, boolean full) {
        this.rows = rows;
        this.now = now;
        this.zone = zone;
        this.full = full;
    }

    /** Prints one record, which speaks of one case or of several alike. */
    void print(List<ShownCase> group, PrintWriter out) {
        ShownCase first = group.get(0);
        rows.printHeading(out);
        for (ShownCase one : group) {
            rows.print(one, out);
        }
        printHost(first.host(), out);
        printSuspects(group, out);
        if (full) {
            for (ShownCase one : group) {
                printHistory(one, group.size() > 1, out);
            }
        }
        new AnswerPrinter(now, zone, full).print(group, out);
        out.print('\n');
        printText("Description :", first.texts().description(), out);
        printText("Response    :", first.texts().response(), out);
        printText("Impact      :", first.texts().impact(), out);
        printText("Action      :", first.texts().action(), out);
    }

    private static void printHost(ShownCase.Host host, PrintWriter out) {
        out.print("\nHost        : " + host.server());
        if (host.domain() != null) {
            out.print("\tDomain      : " + host.domain());
        }
        out.print("\nPlatform    : " + host.product() + "\tChassis_id  : " + host.chassis());
        out.print("\nProduct_sn  : " + host.productSerial() + "\n\n");
    }

    private void printSuspects(List<ShownCase> group, PrintWriter out) {
        NameList classes = new NameList(Kind.CLASS);
        NameList affects = new NameList(Kind.AFFECTS);
        NameList problems = new NameList(Kind.PROBLEM_IN);
        NameList frus = new NameList(Kind.FRU);
        boolean incomplete = false;
        for (ShownCase one : group) {
            for (ShownCase.Suspect suspect : one.suspects()) {
                String label = suspect.location();
                classes.add(suspect.eventClass(), null, suspect.certainty(), suspect.status());
                affects.add(suspect.asru(), null, suspect.certainty(), suspect.status());
                frus.add(suspect.fru(), label, suspect.certainty(), suspect.status());
                // The label is the FRU's; where no FRU is known it says at least where to look.
                String place = suspect.fru() == null ? label : null;
                problems.add(suspect.resource(), place, suspect.certainty(), suspect.status());
                incomplete |= suspect.asru() == null || suspect.fru() == null;
            }
        }
        classes.print(out, full);
        affects.print(out, full);
        if (full || incomplete) {
            problems.print(out, full);
        }
        frus.print(out, full);
        printSerials(group, out);
    }

    /** A serial number is told where no name has it. */
    private static void printSerials(List<ShownCase> group, PrintWriter out) {
        String label = "Serial ID.  :";
        for (ShownCase one : group) {
            for (ShownCase.Suspect suspect : one.suspects()) {
                String serial = suspect.serial();
                String names = suspect.fru() + "\n" + suspect.asru();
                if (serial != null && !names.contains(serial)) {
                    out.print(label + " " + serial + "\n");
                    label = " ".repeat(label.length());
                }
            }
        }
    }

    private void printHistory(ShownCase one, boolean named, PrintWriter out) {
        String which = named ? one.uuid() + ": " : "";
        out.print("Case state  : " + which + one.state() + " since "
                + Times.ofCase(one.changed(), now, zone).strip() + ", diagnosed by " + one.engine() + "\n");
        if (one.ereports() > 0) {
            out.print("Evidence    : " + counted(one.ereports(), "ereport") + ", see 'fmdump -e -u " + one.uuid()
                    + "'\n");
        }
        if (one.duplicates() > 0) {
            out.print("Seen again  : " + counted(one.duplicates(), "time") + ", last "
                    + Times.ofCase(one.lastSeen(), now, zone).strip() + "\n");
        }
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void printText(String label, String text, PrintWriter out) {
        out.print(label);
        out.print(' ');
        out.print(Columns.wrapped(text.strip(), TEXT_INDENT));
        out.print("\n\n");
    }
}

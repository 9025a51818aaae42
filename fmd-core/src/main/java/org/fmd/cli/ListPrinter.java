// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;

/** The fault log, a line for each event; with {@code -v} its suspects below. */
final class ListPrinter implements RecordPrinter {
    private final Instant now;
    private final ZoneId zone;
    private final boolean withSuspects;

    ListPrinter(Instant now, ZoneId zone, boolean withSuspects) {
        this.now = now;
        this.zone = zone;
        this.withSuspects = withSuspects;
    }

    @Override
    public String heading() {
        return "TIME                 UUID                                 SUNW-MSG-ID EVENT";
    }

    @Override
    public void print(LoggedEvent event, PrintWriter out) throws JsonProblem {
        NvList list = event.members();
        out.print(Columns.left(Times.ofEvent(event.tod(), now, zone), 20));
        out.print(' ');
        out.print(Columns.left(event.uuid().toString(), 32));
        out.print(' ');
        out.print(list.string("code").orElse("-"));
        out.print(' ');
        out.print(word(event.eventClass()));
        out.print(list.bool("__injected").orElse(false) ? " injected\n" : "\n");
        if (withSuspects) {
            printSuspects(list, out);
        }
    }

    private static String word(String eventClass) {
        Optional<EventClass> known = EventClass.parse(eventClass);
        Optional<ListKind> kind = known.isPresent() ? ListKind.of(known.get()) : Optional.empty();
        return kind.isPresent() ? kind.get().word() : eventClass;
    }

    private static void printSuspects(NvList list, PrintWriter out) {
        List<NvList> suspects = list.nvlists("fault-list");
        NvValue bits = list.get("fault-status");
        for (int i = 0; i < suspects.size(); i++) {
            NvList suspect = suspects.get(i);
            SuspectStatus status = bits instanceof NvValue.Ints all && i < all.size()
                    ? new SuspectStatus((int) all.get(i) & 0x7F)
                    : SuspectStatus.FAULTY;
            String certainty = Long.toString(suspect.number("certainty").orElse(0));
            out.print("  " + Columns.right(certainty, 3) + "%  "
                    + suspect.string("class").orElse("-") + reason(status) + "\n\n");
            out.print("        Problem in: " + name(suspect, "resource") + "\n");
            out.print("           Affects: " + name(suspect, "asru") + "\n");
            out.print("               FRU: " + name(suspect, "fru") + "\n");
            out.print("          Location: " + suspect.string("location").orElse("-") + "\n\n");
        }
    }

    /** Why a suspect is no longer faulty, if it is not. */
    private static String reason(SuspectStatus status) {
        if (status.isFaulty()) {
            return "";
        }
        if (status.has(Bit.REPLACED)) {
            return "\tReplaced";
        }
        if (status.has(Bit.REPAIRED)) {
            return "\tRepair Attempted";
        }
        return status.has(Bit.ACQUITTED) ? "\tAcquitted" : "\tRemoved";
    }

    private static String name(NvList suspect, String member) {
        Optional<NvList> fmri = suspect.nvlist(member);
        return fmri.isPresent() ? Fmri.of(fmri.get()).toString() : "-";
    }
}

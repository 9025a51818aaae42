// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.fault.SuspectStatus;
import org.jspecify.annotations.Nullable;

/**
 * The names that several suspects have for one thing, each name once, under a label of 13 columns (fmd reference §5.1):
 *
 * <pre>
 * FRU         : "Slot 07" (hc://…/bay=7/disk=0) 60%
 *               "Slot 08" (hc://…/bay=8/disk=0) 40%
 *                   faulty
 * </pre>
 */
final class NameList {
    private static final int LABEL_WIDTH = 13;
    private static final int SHORT = 8;
    private static final String STATUS_INDENT = " ".repeat(LABEL_WIDTH + 5);

    /** How the states of a list are put into words. */
    enum Kind {
        CLASS("Fault class :"),
        AFFECTS("Affects     :"),
        PROBLEM_IN("Problem in  :"),
        FRU("FRU         :");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String words(SuspectStatus status) {
            return switch (this) {
                case CLASS -> "";
                case AFFECTS -> StatusWords.affects(status);
                case PROBLEM_IN -> StatusWords.problemIn(status);
                case FRU -> StatusWords.fru(status);
            };
        }
    }

    private static final class Entry {
        final String text;
        int count = 1;
        int certainty;
        SuspectStatus status;

        Entry(String text, int certainty, SuspectStatus status) {
            this.text = text;
            this.certainty = certainty;
            this.status = status;
        }
    }

    private final Kind kind;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    NameList(Kind kind) {
        this.kind = kind;
    }

    /** Adds a name, if there is one; suspects with the same name share an entry, which has the states of all. */
    void add(@Nullable String name, @Nullable String label, int certainty, SuspectStatus status) {
        if (name == null) {
            return;
        }
        Entry known = entries.get(name);
        if (known == null) {
            String text = label == null ? name : '"' + label + "\" (" + name + ")";
            entries.put(name, new Entry(text, certainty, status));
            return;
        }
        known.count++;
        known.certainty = Math.max(known.certainty, certainty);
        known.status = worse(known.status, status);
    }

    /** Of two states of one thing, the one with trouble in it counts. */
    private static SuspectStatus worse(SuspectStatus one, SuspectStatus other) {
        if (one.isFaulty() == other.isFaulty()) {
            return new SuspectStatus(one.bits() | other.bits());
        }
        return one.isFaulty() ? one : other;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void print(PrintWriter out, boolean full) {
        List<Entry> all = new ArrayList<>(entries.values());
        // Hiding exactly one would save nothing: the line that says so takes its place.
        int shown = full || all.size() <= SHORT + 1 ? all.size() : SHORT;
        boolean alike = true;
        for (Entry entry : all) {
            alike &= kind.words(entry.status).equals(kind.words(all.get(0).status));
        }
        for (int i = 0; i < shown; i++) {
            Entry entry = all.get(i);
            out.print(i == 0 ? kind.label : " ".repeat(LABEL_WIDTH));
            out.print(' ');
            out.print(entry.text);
            out.print(certainty(entry, full));
            out.print('\n');
            if (!alike) {
                printStatus(out, entry.status);
            }
        }
        if (shown < all.size()) {
            out.print(" ".repeat(LABEL_WIDTH));
            out.print(" ... " + (all.size() - shown) + " more entries suppressed, use -v option for full list\n");
        }
        if (alike && !all.isEmpty()) {
            printStatus(out, all.get(0).status);
        }
    }

    private void printStatus(PrintWriter out, SuspectStatus status) {
        String words = kind.words(status);
        if (!words.isEmpty()) {
            out.print(STATUS_INDENT);
            out.print(words);
            out.print('\n');
        }
    }

    private static String certainty(Entry entry, boolean full) {
        if (entry.certainty <= 0 || entry.certainty >= 100) {
            return "";
        }
        if (entry.count == 1) {
            return " " + entry.certainty + "%";
        }
        return (full ? " " + entry.count + " @" : "") + " max " + entry.certainty + "%";
    }
}

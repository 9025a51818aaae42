// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;

/** {@code fmadm faulty -f}: what a person would replace, and which cases say so. */
final class FruPrinter {
    private static final String RULE = "-".repeat(78) + "\n";

    private record Entry(ShownCase owner, ShownCase.Suspect suspect) {}

    private final boolean all;

    /** Makes a printer; {@code all} shows parts without trouble as well. */
    FruPrinter(boolean all) {
        this.all = all;
    }

    void print(List<ShownCase> cases, PrintWriter out) {
        Map<String, List<Entry>> frus = new LinkedHashMap<>();
        for (ShownCase one : cases) {
            for (ShownCase.Suspect suspect : one.suspects()) {
                String fru = suspect.fru();
                if (fru != null && (all || isFaultyHere(suspect.status()))) {
                    frus.computeIfAbsent(fru, name -> new ArrayList<>()).add(new Entry(one, suspect));
                }
            }
        }
        for (Map.Entry<String, List<Entry>> fru : frus.entrySet()) {
            printFru(fru.getKey(), fru.getValue(), out);
        }
    }

    private static boolean isFaultyHere(SuspectStatus status) {
        return status.isFaulty() && !status.has(Bit.NOT_PRESENT);
    }

    private static void printFru(String name, List<Entry> entries, PrintWriter out) {
        Entry worst = entries.get(0);
        boolean injected = false;
        Map<ShownCase, List<ShownCase.Suspect>> byCase = new LinkedHashMap<>();
        for (Entry entry : entries) {
            injected |= entry.owner().injected();
            worst = !worst.suspect().status().isFaulty()
                            && entry.suspect().status().isFaulty()
                    ? entry
                    : worst;
            byCase.computeIfAbsent(entry.owner(), key -> new ArrayList<>()).add(entry.suspect());
        }
        String label = worst.suspect().location();
        out.print(RULE);
        out.print(label == null ? name : '"' + label + "\" (" + name + ")");
        out.print(" " + StatusWords.fru(worst.suspect().status()) + (injected ? " injected\n" : "\n"));
        for (Map.Entry<ShownCase, List<ShownCase.Suspect>> one : byCase.entrySet()) {
            int sum = 0;
            int most = 0;
            for (ShownCase.Suspect suspect : one.getValue()) {
                sum += suspect.certainty();
                most = Math.max(most, suspect.certainty());
            }
            out.print(one.getKey().uuid() + " " + one.getValue().size() + " suspects in this FRU "
                    + (sum == 100 ? "total certainty 100%" : "max certainty " + most + "%") + "\n");
        }
    }
}

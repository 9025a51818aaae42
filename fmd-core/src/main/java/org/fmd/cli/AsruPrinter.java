// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;

/** {@code fmadm faulty -r}: what software takes out of service, and whether it is. */
final class AsruPrinter {
    private final boolean all;

    /** Makes a printer; {@code all} shows what has no trouble as well. */
    AsruPrinter(boolean all) {
        this.all = all;
    }

    void print(List<ShownCase> cases, PrintWriter out) {
        Map<String, SuspectStatus> asrus = new TreeMap<>();
        for (ShownCase one : cases) {
            for (ShownCase.Suspect suspect : one.suspects()) {
                // A suspect that nothing can take out of service is in trouble all the same.
                String name = suspect.asru() == null ? suspect.resource() : suspect.asru();
                boolean shown =
                        all || (suspect.status().isFaulty() && !suspect.status().has(Bit.NOT_PRESENT));
                SuspectStatus known = name == null ? null : asrus.get(name);
                if (name != null && shown && (known == null || !known.isFaulty())) {
                    asrus.put(name, suspect.status());
                }
            }
        }
        for (Map.Entry<String, SuspectStatus> asru : asrus.entrySet()) {
            out.print(Columns.left(asru.getKey(), 69) + " " + StatusWords.asru(asru.getValue()) + "\n");
        }
    }
}

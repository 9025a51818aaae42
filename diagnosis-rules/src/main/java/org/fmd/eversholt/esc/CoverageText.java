// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.util.List;
import java.util.Locale;
import org.fmd.eversholt.eft.RuleCoverage;
import org.fmd.eversholt.eft.RuleCoverage.Kind;
import org.fmd.eversholt.eft.RuleCoverage.Part;
import org.fmd.eversholt.eft.RuleCoverage.Share;

/** Which parts of rules were used, as a table and a list of what was not. */
final class CoverageText {
    private CoverageText() {}

    /** The share of a kind in several rule sets together. */
    static Share share(List<RuleCoverage> coverages, Kind kind) {
        int covered = 0;
        int all = 0;
        for (RuleCoverage coverage : coverages) {
            covered += coverage.share(kind).covered();
            all += coverage.share(kind).all();
        }
        return new Share(covered, all);
    }

    static String table(List<RuleCoverage> coverages) {
        StringBuilder table = new StringBuilder();
        for (Kind kind : Kind.values()) {
            Share share = share(coverages, kind);
            table.append(String.format(
                    Locale.ROOT,
                    "%-20s %6d of %6d  %3d %%%n",
                    kind.words(),
                    share.covered(),
                    share.all(),
                    share.percent()));
        }
        return table.toString();
    }

    /** What was not used: propagations and engines, or all of it. */
    static String gaps(List<RuleCoverage> coverages, boolean all) {
        StringBuilder text = new StringBuilder();
        for (RuleCoverage coverage : coverages) {
            for (Part part : coverage.gaps()) {
                if (all || part.kind() == Kind.PROPAGATIONS || part.kind() == Kind.FIRED) {
                    text.append(part.span())
                            .append(": ")
                            .append(part.kind().gap())
                            .append(": ");
                    text.append(part.text()).append('\n');
                }
            }
        }
        return text.toString();
    }
}

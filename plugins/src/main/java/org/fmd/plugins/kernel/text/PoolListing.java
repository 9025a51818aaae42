// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.event.EventClass;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.EreportListed;

/** The output of {@code zpool status}: errors counted for each leaf of a pool. */
final class PoolListing implements ProgramReader.Listing {
    private static final EventClass CHECKSUM = new EventClass("ereport.fs.zfs.checksum");
    private static final EventClass IO = new EventClass("ereport.fs.zfs.io");
    private static final Set<String> HEADINGS =
            Set.of("state:", "status:", "action:", "scan:", "scrub:", "see:", "config:", "errors:");
    private static final Pattern POOL = Pattern.compile("\\s*pool: (\\S{1,64})\\s*");
    private static final Pattern ROW = Pattern.compile(
            "\\s+(\\S{1,200})\\s+(ONLINE|DEGRADED|FAULTED|OFFLINE|UNAVAIL|REMOVED)\\s+(\\d{1,12}[.\\d]{0,6}[KMGT]?)\\s+(\\d{1,12}[.\\d]{0,6}[KMGT]?)\\s+(\\d{1,12}[.\\d]{0,6}[KMGT]?)(?:\\s.{0,200})?");
    private static final Pattern INNER = Pattern.compile(
            "(?:mirror|raidz[1-3]?|draid[^-]{0,40}|replacing|spare|special|logs|cache|spares|dedup|indirect)(?:-\\d{1,6})?");

    private String pool = "";
    private boolean inTable;

    @Override
    public Optional<List<Observation>> read(String line) {
        Matcher begin = POOL.matcher(line);
        if (begin.matches()) {
            pool = begin.group(1);
            inTable = false;
            return Optional.of(List.of());
        }
        if (pool.isEmpty()) {
            return Optional.empty();
        }
        String first = line.strip().split("\\s+", 2)[0];
        if (HEADINGS.contains(first)) {
            inTable = false;
            return Optional.of(List.of());
        }
        if (first.equals("NAME")) {
            inTable = true;
            return Optional.of(List.of());
        }
        if (!inTable) {
            return line.startsWith("  ") ? Optional.of(List.of()) : Optional.empty();
        }
        Matcher row = ROW.matcher(line);
        return row.matches() ? Optional.of(errors(row)) : Optional.empty();
    }

    private List<Observation> errors(Matcher row) {
        String name = row.group(1);
        if (name.equals(pool) || INNER.matcher(name).matches()) {
            return List.of();
        }
        List<Observation> said = new ArrayList<>();
        long io = count(row.group(3)) + count(row.group(4));
        if (io > 0) {
            said.add(listed(name, IO, io));
        }
        long checksum = count(row.group(5));
        if (checksum > 0) {
            said.add(listed(name, CHECKSUM, checksum));
        }
        return said;
    }

    private Observation listed(String name, EventClass eventClass, long count) {
        return new EreportListed(
                name,
                eventClass,
                NvList.builder().uint64("count", count).string("pool", pool).build());
    }

    /** {@code 1.2K} is 1,200 or so. */
    private static long count(String text) {
        int unit = "KMGT".indexOf(text.charAt(text.length() - 1));
        String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
        try {
            return Math.round(Double.parseDouble(digits) * Math.pow(1000, unit + 1.0));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

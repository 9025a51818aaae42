// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.MdMemberFailed;

/** The output of {@code mdadm --detail}, and of {@code /proc/mdstat}: members that failed. */
final class ArrayListing implements ProgramReader.Listing {
    private static final Pattern BEGIN = Pattern.compile("/dev/(md[\\w/.-]{1,64}):\\s*");
    private static final Pattern HEADING = Pattern.compile("\\s{1,24}[A-Z][\\w /-]{2,24} : .{0,100}");
    private static final Pattern COLUMNS = Pattern.compile("\\s*Number\\s+Major\\s+Minor\\s+RaidDevice\\s+State\\s*");
    private static final Pattern ROW = Pattern.compile(
            "\\s+(?:\\d{1,6}|-)\\s+\\d{1,6}\\s+\\d{1,7}\\s+(?:\\d{1,6}|-)\\s+([a-z][\\w -]{1,60}?)(?:\\s+/dev/([\\w/.-]{1,64}))?\\s*");
    private static final Pattern MDSTAT = Pattern.compile("(md\\w{1,30}) : (?:active|inactive)\\b.{0,400}");
    private static final Pattern MEMBER = Pattern.compile("([\\w/-]{1,64})\\[\\d{1,6}\\]\\(F\\)");

    private String array = "";

    @Override
    public Optional<List<Observation>> read(String line) {
        Matcher begin = BEGIN.matcher(line);
        if (begin.matches()) {
            array = begin.group(1);
            return Optional.of(List.of());
        }
        Matcher stat = MDSTAT.matcher(line);
        if (stat.matches()) {
            return Optional.of(MEMBER.matcher(line)
                    .results()
                    .<Observation>map(member -> new MdMemberFailed(stat.group(1), member.group(1)))
                    .toList());
        }
        if (array.isEmpty()) {
            return Optional.empty();
        }
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
            boolean faulty = row.group(2) != null && row.group(1).startsWith("faulty");
            return Optional.of(faulty ? List.of(new MdMemberFailed(array, row.group(2))) : List.of());
        }
        return HEADING.matcher(line).matches() || COLUMNS.matcher(line).matches()
                ? Optional.of(List.of())
                : Optional.empty();
    }
}

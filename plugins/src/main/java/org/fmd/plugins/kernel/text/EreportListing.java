// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.EreportListed;

/** The ereports of a disk counted by class, as scripts around {@code fmdump -e} of illumos print them. */
final class EreportListing implements ProgramReader.Listing {
    private static final Pattern FIELD =
            Pattern.compile("(Device Path|Disk Location|Disk Model|Total ereports):\\s+(\\S.{0,300}?)\\s*");
    private static final Pattern COUNT = Pattern.compile("(ereport(?:\\.[a-z0-9_-]+){2,10})\\s+(\\d{1,15})\\s*");
    private static final Pattern HEADING = Pattern.compile(
            "class\\s+# occur+ences\\s*|-{5,}(?:\\s+-{5,})?\\s*|Event Occurr?ence Distribution\\s*|\\d{4}-\\d\\d-\\d\\d\\s+\\d{1,12}\\s*");

    private String part = "";

    @Override
    public Optional<List<Observation>> read(String line) {
        Matcher field = FIELD.matcher(line);
        if (field.matches()) {
            if (field.group(1).equals("Device Path") || field.group(1).equals("Disk Location")) {
                part = field.group(2);
            }
            return Optional.of(List.of());
        }
        if (part.isEmpty()) {
            return Optional.empty();
        }
        Matcher count = COUNT.matcher(line);
        if (!count.matches()) {
            return HEADING.matcher(line).matches() ? Optional.of(List.of()) : Optional.empty();
        }
        return Optional.of(FaultListing.registered(count.group(1))
                .<List<Observation>>map(eventClass -> List.of(new EreportListed(part, eventClass, facts(count))))
                .orElse(List.of()));
    }

    private static NvList facts(Matcher count) {
        NvList.Builder facts = NvList.builder().uint64("count", Long.parseLong(count.group(2)));
        String name = count.group(1);
        if (name.endsWith(".tran")) {
            facts.string("driver-assessment", "retry");
        } else if (name.endsWith(".recovered")) {
            facts.string("driver-assessment", "recovered");
        }
        return facts.build();
    }
}

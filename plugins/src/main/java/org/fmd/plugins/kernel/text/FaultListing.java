// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.event.EventClass;
import org.fmd.model.nv.NvList;
import org.fmd.model.registry.EventRegistry;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.EreportListed;

/**
 * The output of {@code fmadm faulty} of Solaris and illumos: a diagnosis that another fault manager made. Each suspect stands
 * for the error that its class is named after, so that what was found there is seen here.
 */
final class FaultListing implements ProgramReader.Listing {
    private static final Pattern FIELD = Pattern.compile("\\s*([A-Z][A-Za-z ]{1,30}?)\\s*: (\\S.{0,300}?)\\s*");
    private static final Pattern LINE = Pattern.compile("-{20,}|[- ]{40,}|TIME\\s+EVENT-ID\\s.*");
    private static final Pattern EVENT = Pattern.compile(
            "\\w{3} +\\d{1,2} [\\d:]{8} [\\da-f-]{36} +[A-Z0-9]+-\\d{4}-\\w{2} +(?:Critical|Major|Minor)\\s*");

    /** Suspects that are not named as the error is. */
    private static final Map<String, String> ERRORS =
            Map.of("fault.io.scsi.disk.probe-failure", "ereport.io.scsi.disk.attach-failure");

    private boolean inListing;
    private String problem = "";

    @Override
    public Optional<List<Observation>> read(String line) {
        if (EVENT.matcher(line).matches()) {
            inListing = true;
            problem = "";
            return Optional.of(List.of());
        }
        if (LINE.matcher(line.strip()).matches()) {
            return Optional.of(List.of());
        }
        if (!inListing) {
            return Optional.empty();
        }
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            return Optional.of(List.of());
        }
        if (field.group(1).equals("Problem class")) {
            problem = field.group(2);
        } else if (field.group(1).equals("Location") && !problem.isEmpty()) {
            String location = field.group(2).replace("\"", "");
            Optional<EventClass> error = error(problem);
            problem = "";
            if (error.isPresent()) {
                return Optional.of(List.of(new EreportListed(
                        location,
                        error.get(),
                        NvList.builder().string("driver-assessment", "fatal").build())));
            }
        }
        return Optional.of(List.of());
    }

    private static Optional<EventClass> error(String problem) {
        String name = ERRORS.get(problem);
        if (name == null && problem.startsWith("fault.io.")) {
            name = "ereport.io." + problem.substring("fault.io.".length());
        }
        return name == null ? Optional.empty() : registered(name);
    }

    /** Returns the class, empty if it is none that is known here. */
    static Optional<EventClass> registered(String name) {
        if (!name.matches("ereport(\\.[a-z0-9_-]+){2,10}")) {
            return Optional.empty();
        }
        EventClass eventClass = new EventClass(name);
        return EventRegistry.shipped().find(eventClass).isPresent() ? Optional.of(eventClass) : Optional.empty();
    }
}

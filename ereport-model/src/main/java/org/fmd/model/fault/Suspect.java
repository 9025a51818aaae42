// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fault;

import java.util.Set;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * One possible explanation of a case: a fault or defect, what it is in, and what can be done about it.
 *
 * @param eventClass a class below {@code fault.} or {@code defect.}
 * @param certainty per cent, 0 to 100
 * @param resource what is broken
 * @param asru what software would take out of service
 * @param fru what a person would replace
 * @param location the label of the FRU, for instance {@code Slot 07}
 * @param retire false if retire agents are to keep their hands off
 * @param response false if agents are not to respond
 * @param message false if nobody is to be told
 * @param payload members that the rules promoted from the ereports: key, asc, ascq, lba
 */
public record Suspect(
        EventClass eventClass,
        int certainty,
        @Nullable Fmri resource,
        @Nullable Fmri asru,
        @Nullable Fmri fru,
        @Nullable String location,
        boolean retire,
        boolean response,
        boolean message,
        NvList payload) {

    /** Member names that a payload cannot use, since they are the suspect's own. */
    public static final Set<String> OWN_MEMBERS = Set.of(
            "class", "version", "certainty", "resource", "asru", "fru", "location", "retire", "response", "message");

    /** Refuses with {@link IllegalArgumentException} another class, a certainty out of range, a payload member of a taken name. */
    public Suspect {
        if (!eventClass.isA("fault") && !eventClass.isA("defect")) {
            throw new IllegalArgumentException("'" + eventClass + "' is no class of a fault or defect");
        }
        if (certainty < 0 || certainty > 100) {
            throw new IllegalArgumentException("certainty " + certainty + " is not between 0 and 100");
        }
        for (String name : payload.asMap().keySet()) {
            if (OWN_MEMBERS.contains(name)) {
                throw new IllegalArgumentException("a suspect's payload cannot have a member '" + name + "'");
            }
        }
    }

    /** Returns a suspect of full certainty with a resource and nothing else. */
    public static Suspect of(EventClass eventClass, @Nullable Fmri resource) {
        return new Suspect(eventClass, 100, resource, null, null, null, true, true, true, NvList.EMPTY);
    }

    /** Returns whether both name the same trouble: class, resource, asru and fru are equal (fmd reference §3.10). */
    public boolean sameAs(Suspect other) {
        return eventClass.equals(other.eventClass)
                && same(resource, other.resource)
                && same(asru, other.asru)
                && same(fru, other.fru);
    }

    public Suspect withCertainty(int percent) {
        return new Suspect(eventClass, percent, resource, asru, fru, location, retire, response, message, payload);
    }

    public Suspect withUnits(@Nullable Fmri newAsru, @Nullable Fmri newFru, @Nullable String newLocation) {
        return new Suspect(
                eventClass, certainty, resource, newAsru, newFru, newLocation, retire, response, message, payload);
    }

    private static boolean same(@Nullable Fmri one, @Nullable Fmri other) {
        return one == null ? other == null : other != null && one.sameAs(other);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.Value;
import org.jspecify.annotations.Nullable;

/**
 * A suspect as the rules name it, before topology has its say.
 *
 * @param event a fault or defect
 * @param at the component that is suspected
 * @param certainty per cent
 * @param asru what the rules would take out of service, null where they do not say
 * @param fru what the rules would replace, null where they do not say
 * @param message null where the rules do not say, like the next two
 * @param payload what the rules promoted
 */
public record Diagnosis(
        Event event,
        Component at,
        int certainty,
        @Nullable Component asru,
        @Nullable Component fru,
        @Nullable Boolean message,
        @Nullable Boolean retire,
        @Nullable Boolean response,
        Map<String, Value> payload) {
    public Diagnosis {
        payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
    }

    public String eventClass() {
        return event.name().eventClass();
    }

    /** Whether nobody is to be told. */
    boolean silent() {
        return Boolean.FALSE.equals(message);
    }

    Diagnosis withCertainty(int percent) {
        return new Diagnosis(event, at, percent, asru, fru, message, retire, response, payload);
    }
}

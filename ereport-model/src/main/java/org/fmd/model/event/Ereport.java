// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.time.Instant;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * An error as a detector observed it.
 *
 * @param eventClass a class below {@code ereport.}
 * @param tod when the error happened, by the wall clock
 * @param ena ties the reports of one error together
 * @param detector who observed it; null where the detector could not be named
 * @param payload the members of the class, without class, version, ena and detector
 */
public record Ereport(
        EventClass eventClass,
        Instant tod,
        Ena ena,
        @Nullable Fmri detector,
        NvList payload) implements Event {

    /** Refuses with {@link IllegalArgumentException} a class of another family. */
    public Ereport {
        if (!eventClass.isA("ereport")) {
            throw new IllegalArgumentException("'" + eventClass + "' is no class of an ereport");
        }
    }

    /** Returns the driver's own verdict, null if the report has none (fmd reference §2.1). */
    public @Nullable String driverAssessment() {
        return payload.string("driver-assessment").orElse(null);
    }
}

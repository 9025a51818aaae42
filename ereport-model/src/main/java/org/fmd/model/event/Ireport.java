// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.time.Instant;
import java.util.UUID;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * Something noteworthy that is no error, for instance what an agent did about a case.
 *
 * @param eventClass a class below {@code ireport.}
 * @param tod when it happened, by the wall clock
 * @param uuid what it belongs to, a case where it speaks of one
 * @param detector who says so; null if nobody can be named
 * @param attributes what is said
 */
public record Ireport(
        EventClass eventClass,
        Instant tod,
        UUID uuid,
        @Nullable Fmri detector,
        NvList attributes) implements Event {

    /** Refuses with {@link IllegalArgumentException} a class of another family. */
    public Ireport {
        if (!eventClass.isA("ireport")) {
            throw new IllegalArgumentException("'" + eventClass + "' is no class of an ireport");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.util.List;
import java.util.UUID;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.jspecify.annotations.Nullable;

/**
 * What an engine concluded, before it is known whether it is news.
 *
 * @param uuid of the case
 * @param engine name of the engine
 * @param version its version, null if the engine is gone
 * @param suspects as the engine gave them
 * @param ereports the evidence
 * @param injected whether some of it was made by fminject
 */
record Diagnosis(
        UUID uuid,
        String engine,
        @Nullable String version,
        List<Suspect> suspects,
        List<LogRef> ereports,
        boolean injected) {

    Diagnosis {
        suspects = List.copyOf(suspects);
        ereports = List.copyOf(ereports);
    }
}

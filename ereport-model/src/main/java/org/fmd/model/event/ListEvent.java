// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fmri.Fmri;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a case: diagnosed, updated, repaired, resolved.
 *
 * @param kind which step
 * @param tod when the step was taken
 * @param uuid the case; the same in all events of its life
 * @param code the message code
 * @param diagTime when the case was diagnosed; kept to microseconds (fmd reference §1.3)
 * @param engine the diagnosis engine, an FMRI of scheme fmd
 * @param severity the severity of the code, null where it is not known
 * @param message false if nobody is to be told
 * @param injected whether the evidence was made by fminject
 * @param suspects the suspects, with what was known of them at diagnosis
 * @param statuses the state of each suspect, parallel to {@code suspects}
 * @param ereports the ereports that caused the diagnosis, by their place in the error log
 */
public record ListEvent(
        ListKind kind,
        Instant tod,
        UUID uuid,
        String code,
        Instant diagTime,
        Fmri engine,
        @Nullable String severity,
        boolean message,
        boolean injected,
        List<Suspect> suspects,
        List<SuspectStatus> statuses,
        List<LogRef> ereports)
        implements Event {

    /** Refuses with {@link IllegalArgumentException} lists of different length. */
    public ListEvent {
        suspects = List.copyOf(suspects);
        statuses = List.copyOf(statuses);
        ereports = List.copyOf(ereports);
        if (suspects.size() != statuses.size()) {
            throw new IllegalArgumentException(suspects.size() + " suspects have " + statuses.size() + " states");
        }
    }

    @Override
    public EventClass eventClass() {
        return kind.eventClass();
    }
}

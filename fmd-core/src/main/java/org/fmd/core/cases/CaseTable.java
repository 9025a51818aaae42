// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.cases;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.Fmri;
import org.jspecify.annotations.Nullable;

/** The current value of each solved case, in order of diagnosis. Belongs to the fault-manager thread. */
public final class CaseTable {
    private final Map<UUID, Case> cases = new LinkedHashMap<>();

    public @Nullable Case get(UUID uuid) {
        return cases.get(uuid);
    }

    /** Returns all cases, oldest diagnosis first; the collection follows the table. */
    public Collection<Case> all() {
        return Collections.unmodifiableCollection(cases.values());
    }

    /** Sets the current value of the case. */
    public void put(Case value) {
        cases.put(value.uuid(), value);
    }

    /** Returns whether an open fault of the resource has a class that matches the pattern; an empty pattern matches all. */
    public boolean hasFault(Fmri resource, String classPattern) {
        for (Case value : cases.values()) {
            List<Suspect> suspects = value.diagnosis().suspects();
            for (int i = 0; i < suspects.size(); i++) {
                Suspect suspect = suspects.get(i);
                if (value.statuses().get(i).isFaulty()
                        && suspect.resource() != null
                        && suspect.resource().sameAs(resource)
                        && (classPattern.isEmpty() || suspect.eventClass().matches(classPattern))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Applies a list event read back from the fault log. An event of a case whose diagnosis is not in the table (its log was
     * rotated away) starts the case anew from what the event says.
     */
    public void restore(ListEvent event) {
        Case known = cases.get(event.uuid());
        if (known == null || event.kind() == ListKind.SUSPECT) {
            put(Case.of(event)
                    .withState(stateAfter(event.kind(), CaseState.SOLVED))
                    .settled());
        } else {
            put(known.withEvent(event)
                    .withState(stateAfter(event.kind(), known.state()))
                    .settled());
        }
    }

    private static CaseState stateAfter(ListKind kind, CaseState before) {
        return switch (kind) {
            case SUSPECT, UPDATED -> before;
            case ISOLATED -> CaseState.CLOSED;
            case REPAIRED -> CaseState.REPAIRED;
            case RESOLVED -> CaseState.RESOLVED;
        };
    }

    /** Drops the cases that were resolved longer than {@code age} ago, and returns them. */
    public List<Case> expire(Instant now, Duration age) {
        List<Case> expired = new ArrayList<>();
        for (Case value : cases.values()) {
            if (value.state() == CaseState.RESOLVED
                    && value.last().tod().plus(age).isBefore(now)) {
                expired.add(value);
            }
        }
        expired.forEach(value -> cases.remove(value.uuid()));
        return expired;
    }
}

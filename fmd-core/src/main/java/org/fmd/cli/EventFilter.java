// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.fmd.core.log.LogLabel;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * Which events are shown (fmd reference §5.2): conditions of one kind are alternatives, those of different kinds must all hold.
 *
 * @param all also lists that nobody is to be told of
 * @param since not before; null for no bound
 * @param until not after; null for no bound
 * @param classes patterns of classes; empty for any
 * @param uuids cases; empty for any
 * @param members conditions on members; empty for none
 */
record EventFilter(
        boolean all,
        @Nullable Instant since,
        @Nullable Instant until,
        List<ClassGlob> classes,
        Set<UUID> uuids,
        List<MemberFilter> members) {

    /** Whether what stands on the envelope can decide that a record is not shown. */
    boolean looksAtEnvelope() {
        return since != null || until != null || !classes.isEmpty() || !uuids.isEmpty();
    }

    /** Decides by the envelope; the classes of suspects and all members are for {@link #acceptsMembers}. */
    boolean acceptsEnvelope(LoggedEvent event, LogLabel label) {
        if ((since != null && event.tod().isBefore(since))
                || (until != null && event.tod().isAfter(until))) {
            return false;
        }
        if (label != LogLabel.ERROR && !uuids.isEmpty() && !uuids.contains(event.uuid())) {
            return false;
        }
        return label == LogLabel.FAULT || classes.isEmpty() || matchesAny(event.eventClass());
    }

    /** Decides by the members what the envelope left open. */
    boolean acceptsMembers(LoggedEvent event, LogLabel label) throws JsonProblem {
        if (label == LogLabel.FAULT) {
            NvList list = event.members();
            boolean silent = !list.bool("message").orElse(true);
            if ((silent && !all) || (!classes.isEmpty() && !matchesList(event.eventClass(), list))) {
                return false;
            }
        }
        if (members.isEmpty()) {
            return true;
        }
        for (MemberFilter filter : members) {
            if (filter.matches(event.members())) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesList(String eventClass, NvList list) {
        if (matchesAny(eventClass)) {
            return true;
        }
        for (NvList suspect : list.nvlists("fault-list")) {
            if (matchesAny(suspect.string("class").orElse(""))) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesAny(String eventClass) {
        for (ClassGlob glob : classes) {
            if (glob.matches(eventClass)) {
                return true;
            }
        }
        return false;
    }
}

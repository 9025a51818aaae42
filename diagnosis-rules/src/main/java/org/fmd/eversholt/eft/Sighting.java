// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.Set;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * An event that was seen: an ereport at its component, or one that a SERD engine delivers inside when it fires.
 *
 * @param at the component at the path, null if it is not known whether there is one
 * @param cause the ereport itself, or the one that made the engine fire
 * @param trips the trip ereports that led to this one, itself included
 */
record Sighting(
        String eventClass, TopoPath path, @Nullable Component at, NvList payload, Report cause, Set<EventKey> trips) {
    /** The hash code of the key. */
    int hash() {
        return at == null ? key().hashCode() : EventKey.hash(eventClass, at.pathHash());
    }

    EventKey key() {
        return new EventKey(eventClass, path);
    }

    /** The ereport that has the payload; null if a SERD engine delivers the event. */
    @SuppressWarnings("ReferenceEquality") // two ereports with equal payloads are two
    @Nullable
    Report source() {
        return payload == cause.payload() ? cause : null;
    }
}

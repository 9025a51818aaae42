// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.fmd.model.event.Event;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.EventCodec;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * An event that was read from a text.
 *
 * @param line where it begins, from 1
 * @param eventClass any class, those of sysevents and the like included
 * @param tod when it happened
 * @param members all members, {@code class} and {@code __tod} among them
 * @param ref the place that it had in the log which it was printed from; null if the text does not say
 */
public record TextEvent(
        long line,
        EventClass eventClass,
        Instant tod,
        NvList members,
        @Nullable LogRef ref) implements TextItem {

    /** Returns it as an ereport, ireport or list; empty if it is of another family, or lacks what its family must have. */
    public Optional<Event> event() {
        return EventCodec.fromNvList(members);
    }

    /** Returns the case that it belongs to; all zeros if none. */
    public UUID uuid() {
        String text = members.string("uuid").orElse("");
        try {
            return text.length() == 36 ? UUID.fromString(text) : new UUID(0, 0);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}

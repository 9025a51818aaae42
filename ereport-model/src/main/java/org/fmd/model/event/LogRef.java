// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a record stands: the identity of an event from the moment it is durable.
 *
 * @param logId identity of the log file, which survives renaming and copying
 * @param offset byte offset of the record in that file, unsigned
 */
public record LogRef(UUID logId, long offset) {

    /** Reads the form that {@link #toString} writes; empty if the text has another. */
    public static Optional<LogRef> parse(String text) {
        int colon = text.indexOf(':');
        if (colon != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogRef(
                    UUID.fromString(text.substring(0, colon)), Long.parseUnsignedLong(text.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return logId + ":" + Long.toUnsignedString(offset);
    }
}

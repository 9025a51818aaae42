// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.topo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One part in one place under the same names, from when to when.
 *
 * @param part what and where
 * @param from when it was seen there first
 * @param fromAfter when it was not yet there for certain; null if {@code from} is exact, {@link Instant#EPOCH} if that is not known
 * @param to when it was there no more; null if it still is
 * @param toAfter when it was there for certain; null if {@code to} is exact or there is none
 */
public record Stay(
        Part part,
        Instant from,
        @Nullable Instant fromAfter,
        @Nullable Instant to,
        @Nullable Instant toAfter) {

    /** Returns whether it was there at that time, as far as is known. */
    public boolean covers(Instant time) {
        return !time.isBefore(from) && (to == null || time.isBefore(to));
    }
}

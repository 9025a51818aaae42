// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What an {@link EventLog} is given from outside.
 *
 * @param minFree {@code log.minfree}: bytes to leave free on the file system; an append which would go below is refused
 * @param clock gives the creation time of a new file
 * @param ids gives the UUID of a new file
 */
public record LogOptions(long minFree, InstantSource clock, Supplier<UUID> ids) {

    /** 2 MiB left free, the system's clock, random UUIDs. */
    public static final LogOptions DEFAULT = new LogOptions(2L << 20, InstantSource.system(), UUID::randomUUID);

    public LogOptions {
        if (minFree < 0) {
            throw new IllegalArgumentException("minFree is negative: " + minFree);
        }
    }
}

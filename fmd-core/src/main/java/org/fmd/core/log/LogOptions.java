// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What an {@link EventLog} is given from outside.
 *
 * @param minFree {@code log.minfree}: bytes to leave free on the file system; an {@linkplain EventLog#append ordinary append} which would go
 *     below is refused
 * @param rotateSize {@code log.rotate.size}: a file of that length or more is rotated after the next sync
 * @param rotateAge {@code log.rotate.age}: a file that was begun so long ago is rotated after the next sync
 * @param reserve room for {@linkplain EventLog#appendVital what is vital} when the disk is full; shared by all logs of a directory
 * @param clock gives the creation time of a new file
 * @param ids gives the UUID of a new file
 */
public record LogOptions(
        long minFree,
        long rotateSize,
        Duration rotateAge,
        LogReserve reserve,
        InstantSource clock,
        Supplier<UUID> ids) {

    /** An age that no file reaches. */
    public static final Duration NEVER = Duration.ofDays(365_000);

    /** 2 MiB left free, the system's clock, random UUIDs; one file that grows without a limit. */
    public static final LogOptions DEFAULT = new LogOptions(2L << 20, InstantSource.system(), UUID::randomUUID);

    public LogOptions {
        if (minFree < 0) {
            throw new IllegalArgumentException("minFree is negative: " + minFree);
        }
        if (rotateSize <= LogHeader.START) {
            throw new IllegalArgumentException("rotateSize leaves no room for records: " + rotateSize);
        }
        if (rotateAge.isNegative() || rotateAge.isZero()) {
            throw new IllegalArgumentException("rotateAge is not positive: " + rotateAge);
        }
    }

    /** Options of a log without a reserve. */
    public LogOptions(long minFree, long rotateSize, Duration rotateAge, InstantSource clock, Supplier<UUID> ids) {
        this(minFree, rotateSize, rotateAge, LogReserve.NONE, clock, ids);
    }

    /** Options of a log that is not rotated. */
    public LogOptions(long minFree, InstantSource clock, Supplier<UUID> ids) {
        this(minFree, Long.MAX_VALUE, NEVER, clock, ids);
    }

    /** The same with other limits of a file. */
    public LogOptions rotating(long size, Duration age) {
        return new LogOptions(minFree, size, age, reserve, clock, ids);
    }

    /** The same with something in reserve. */
    public LogOptions reserving(LogReserve kept) {
        return new LogOptions(minFree, rotateSize, rotateAge, kept, clock, ids);
    }
}

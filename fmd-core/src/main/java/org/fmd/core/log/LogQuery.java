// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a log are wanted. Conditions of different kinds must all hold; one that was not set holds always.
 * Immutable: each method returns a query with one condition more, or with that condition replaced.
 *
 * <pre>{@code
 * LogQuery.ALL.from(start).until(end).device("id1,sd@n5000c5540f00001f")
 * LogQuery.ALL.eventClass(glob::matches).last(100)
 * }</pre>
 *
 * <p>Everything here is answered from the columns of a sealed file and from the envelopes of another, without bodies; alone the
 * device of a record in a file that is not sealed is looked for in its body.
 */
public final class LogQuery {

    /** Every record. */
    public static final LogQuery ALL = new LogQuery(0, -1L, null, null, null, null, Long.MAX_VALUE);

    private final long from;
    private final long until;
    private final @Nullable Predicate<String> classes;
    private final @Nullable Set<UUID> uuids;
    private final @Nullable Predicate<String> devices;
    private final @Nullable String deviceText;
    private final long last;

    private LogQuery(
            long from,
            long until,
            @Nullable Predicate<String> classes,
            @Nullable Set<UUID> uuids,
            @Nullable Predicate<String> devices,
            @Nullable String deviceText,
            long last) {
        this.from = from;
        this.until = until;
        this.classes = classes;
        this.uuids = uuids;
        this.devices = devices;
        this.deviceText = deviceText;
        this.last = last;
    }

    /** Events of that time or later. */
    public LogQuery from(Instant earliest) {
        return new LogQuery(LogTime.of(earliest), until, classes, uuids, devices, deviceText, last);
    }

    /** Events of that time or earlier. */
    public LogQuery until(Instant latest) {
        return new LogQuery(from, LogTime.of(latest), classes, uuids, devices, deviceText, last);
    }

    /** Events whose class passes. Asked once for each class that occurs in a file, so it may be slow; it must not change its mind. */
    public LogQuery eventClass(Predicate<String> passes) {
        return new LogQuery(from, until, passes, uuids, devices, deviceText, last);
    }

    /** Events of one of these cases. */
    public LogQuery uuids(Set<UUID> cases) {
        return new LogQuery(from, until, classes, Set.copyOf(cases), devices, deviceText, last);
    }

    /** Events about the device that has this name, as {@link DeviceNames} gives them: a devid, a device path, a serial number, … */
    public LogQuery device(String name) {
        return new LogQuery(from, until, classes, uuids, new IsName(name), name, last);
    }

    /** Events about a device one of whose names passes. Asked once for each name that occurs in a sealed file. */
    public LogQuery device(Predicate<String> passes) {
        return new LogQuery(from, until, classes, uuids, passes, null, last);
    }

    /**
     * Of the events which meet all other conditions the last ones, in the order of the log: those at hand when reading begins, and
     * all that follow.
     *
     * @throws IllegalArgumentException when negative
     */
    public LogQuery last(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("negative count " + count);
        }
        return new LogQuery(from, until, classes, uuids, devices, deviceText, count);
    }

    /** Not a lambda: a command's first one takes longer than its reading. */
    private record IsName(String name) implements Predicate<String> {
        @Override
        public boolean test(String candidate) {
            return name.equals(candidate);
        }
    }

    /** How many at most, {@link Long#MAX_VALUE} for all. */
    long last() {
        return last;
    }

    boolean isAll() {
        return from == 0 && until == -1L && classes == null && uuids == null && devices == null;
    }

    boolean acceptsTime(long nanos) {
        return Long.compareUnsigned(nanos, from) >= 0 && Long.compareUnsigned(nanos, until) <= 0;
    }

    /** Whether all times between these two, both included, are accepted. */
    boolean acceptsAllTimes(long earliest, long latest) {
        return acceptsTime(earliest) && acceptsTime(latest);
    }

    /** Whether any time between these two, both included, may be accepted. */
    boolean overlaps(long earliest, long latest) {
        return Long.compareUnsigned(latest, from) >= 0 && Long.compareUnsigned(earliest, until) <= 0;
    }

    boolean asksForClass() {
        return classes != null;
    }

    boolean asksForUuid() {
        return uuids != null;
    }

    boolean asksForDevice() {
        return devices != null;
    }

    boolean acceptsClass(String eventClass) {
        return classes == null || classes.test(eventClass);
    }

    boolean acceptsUuid(UUID uuid) {
        return uuids == null || uuids.contains(uuid);
    }

    /** Whether one of the names of a device is accepted. */
    boolean acceptsDevice(Iterable<String> names) {
        if (devices == null) {
            return true;
        }
        for (String name : names) {
            if (devices.test(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a body speaks of a device that is accepted. */
    boolean acceptsDeviceIn(byte[] body) {
        if (devices == null) {
            return true;
        }
        return (deviceText == null || DeviceNames.mayContain(body, deviceText)) && acceptsDevice(DeviceNames.of(body));
    }
}

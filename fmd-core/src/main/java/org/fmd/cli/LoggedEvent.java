// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogReader;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * A record of a log as printers see it. What stands on the record's envelope costs nothing; the members are read from its body when
 * somebody asks, so that a short listing of a large log does not read them.
 */
final class LoggedEvent {
    private final LogRef ref;
    private final long timeNanos;
    private final UUID uuid;
    private final String eventClass;
    private final @Nullable LogReader reader;
    private byte @Nullable [] body;
    private @Nullable NvList members;

    private LoggedEvent(LogRef ref, long timeNanos, UUID uuid, String eventClass, @Nullable LogReader reader) {
        this.ref = ref;
        this.timeNanos = timeNanos;
        this.uuid = uuid;
        this.eventClass = eventClass;
        this.reader = reader;
    }

    /** Returns the current record of a reader, to be used before the reader moves on. */
    static LoggedEvent currentOf(LogReader reader) {
        return new LoggedEvent(reader.ref(), reader.timeNanos(), reader.uuid(), reader.eventClass(), reader);
    }

    static LoggedEvent of(LogEntry entry) {
        LoggedEvent event = new LoggedEvent(
                entry.ref(),
                entry.record().timeNanos(),
                entry.record().uuid(),
                entry.record().eventClass(),
                null);
        event.body = entry.record().body();
        return event;
    }

    LogRef ref() {
        return ref;
    }

    Instant tod() {
        return Instant.ofEpochSecond(
                Long.divideUnsigned(timeNanos, 1_000_000_000L), Long.remainderUnsigned(timeNanos, 1_000_000_000L));
    }

    /** Returns the time in nanoseconds since 1970, unsigned. */
    long timeNanos() {
        return timeNanos;
    }

    /** Returns the case that the record belongs to; all zeros if none. */
    UUID uuid() {
        return uuid;
    }

    String eventClass() {
        return eventClass;
    }

    /** Returns the body of the record. */
    byte[] body() {
        byte[] known = body;
        if (known == null) {
            known = Objects.requireNonNull(reader).body();
            body = known;
        }
        return known;
    }

    /** Returns all members of the event; throws if the body is no list, which a program other than ours may have written. */
    NvList members() throws JsonProblem {
        NvList known = members;
        if (known == null) {
            known = TypedJson.read(body());
            members = known;
        }
        return known;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * One event as the log keeps it: an envelope which can be searched without reading the body, and a body which the log does
 * not interpret. Immutable.
 */
public final class LogRecord {

    /** The uuid of a record that belongs to no case: all zeros. */
    public static final UUID NO_UUID = new UUID(0, 0);

    private final long timeNanos;
    private final UUID uuid;
    private final String eventClass;
    private final byte[] body;

    private LogRecord(long timeNanos, UUID uuid, String eventClass, byte[] body) {
        this.timeNanos = timeNanos;
        this.uuid = Objects.requireNonNull(uuid, "uuid");
        this.eventClass = Objects.requireNonNull(eventClass, "eventClass");
        this.body = body;
    }

    /**
     * A record of an event.
     *
     * @param tod when the event happened, not when it is written; before 1970 counts as 1970, after 2554 as 2554
     * @param uuid the case it belongs to, {@link #NO_UUID} if none
     * @param eventClass such as {@code ereport.io.scsi.cmd.disk.dev.rqs.merr}
     * @param body what the codec made of the event; copied
     */
    public static LogRecord of(Instant tod, UUID uuid, String eventClass, byte[] body) {
        return new LogRecord(LogTime.of(tod), uuid, eventClass, body.clone());
    }

    /** A record around a body that nobody else will touch. */
    static LogRecord owning(long timeNanos, UUID uuid, String eventClass, byte[] body) {
        return new LogRecord(timeNanos, uuid, eventClass, body);
    }

    /** Nanoseconds since the epoch, unsigned. */
    public long timeNanos() {
        return timeNanos;
    }

    public Instant tod() {
        return LogTime.instant(timeNanos);
    }

    public UUID uuid() {
        return uuid;
    }

    public String eventClass() {
        return eventClass;
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** The body read as UTF-8. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body itself, for code of this package which only reads it. */
    byte[] sharedBody() {
        return body;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogRecord that
                && timeNanos == that.timeNanos
                && uuid.equals(that.uuid)
                && eventClass.equals(that.eventClass)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeNanos, uuid, eventClass, Arrays.hashCode(body));
    }

    @Override
    public String toString() {
        return tod() + " " + eventClass + " " + uuid + " " + body.length + " bytes";
    }
}

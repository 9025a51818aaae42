// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.fmd.core.log.LogException.Condition;
import org.fmd.model.event.LogRef;

/**
 * Writes one log: the current file of a label. Appending gathers records in memory; {@link #sync} makes all of them durable
 * at once, so that the journal pays for one sync however many events arrived together.
 *
 * <pre>
 *   file:  │ header │ durable records │ written, not synced │          memory: │ pending │
 *                                     └ synced: a failure cuts the file here and drops the rest, memory included
 * </pre>
 *
 * <p>A {@link LogRef} from {@link #append} may be acted on after the next {@code sync} returned. When {@code append} or
 * {@code sync} throws {@link Condition#WRITE_FAILED} or {@link Condition#NO_SPACE}, each reference since the last good sync
 * is void and those records are not in the log; it is for the caller to append them again or to count them as lost. The log
 * stays usable.
 *
 * <p>Belongs to one thread. The directory must have no other writer.
 */
public final class EventLog implements Closeable {

    private static final int BATCH = 64 << 10;

    /** A file that was begun so far in the future is rotated: the clock was set back. */
    private static final Duration CLOCK_SET_BACK = Duration.ofMinutes(1);

    /** By how much a file grows before a rotation that failed is tried again. */
    private static final int RETRY_AFTER = 1 << 20;

    private final LogFiles files;
    private final LogLabel label;
    private final LogOrigin origin;
    private final String path;
    private final LogOptions options;
    private final List<LogNotice> notices;

    private LogFile file;
    private LogHeader header;
    private RecordCodec codec;
    private long rotateAt;
    private Runnable rotated = () -> {};
    private Consumer<IOException> notRotated = failure -> {};

    private ByteBuffer pending = ByteBuffer.allocateDirect(BATCH).order(ByteOrder.LITTLE_ENDIAN);
    private int filled;
    private int unsynced;
    /** How many of them are not vital; while there is one, the reserve is not touched. */
    private int ordinary;

    private long synced;
    private long written;
    private long space;
    private boolean rollbackDue;
    private boolean renameDue;
    private boolean namesDue;
    private boolean closed;

    EventLog(LogFiles files, LogLabel label, LogOrigin origin, LogOpening.Opened opened, LogOptions options) {
        this.files = files;
        this.label = label;
        this.origin = origin;
        this.path = files.path(label.fileName());
        this.rotateAt = options.rotateSize();
        this.file = opened.file();
        this.header = opened.header();
        this.options = options;
        this.codec = new RecordCodec(header.id());
        this.notices = opened.notices();
        this.synced = opened.length();
        this.written = opened.length();
    }

    /**
     * Opens the current log of a label for appending, and creates or repairs it as necessary: a torn tail is trimmed, a
     * damaged file is set aside. {@link #notices} tells what was done. What can be read when this returns is durable.
     *
     * @throws LogException {@code NEWER_VERSION}, {@code INCOMPATIBLE} or {@code WRONG_LABEL}: the file is another
     *     program's and stays as it is
     * @throws IOException when the file system refuses
     */
    public static EventLog open(LogFiles files, LogLabel label, LogOrigin origin, LogOptions options)
            throws IOException {
        return new EventLog(files, label, origin, new LogOpening(files, label, origin, options).open(), options);
    }

    /** What opening found and did, in order; empty when the log was as it had been left. */
    public List<LogNotice> notices() {
        return notices;
    }

    public LogHeader header() {
        return header;
    }

    /** The file. */
    public String path() {
        return path;
    }

    /** Length of the file once everything pending is written: the offset of the next record. */
    public long length() {
        return written + filled;
    }

    /** Length of the part that is durable: each reference below it may be acted on. */
    public long synced() {
        return synced;
    }

    /** Records appended since the last good sync. */
    public int unsynced() {
        return unsynced;
    }

    /**
     * Adds a record to those of the next sync.
     *
     * @return its place, good once {@link #sync} has returned
     * @throws LogException {@code LOG_MINFREE} or {@code RECORD_TOO_LARGE}: this record was not taken, all else stands;
     *     {@code WRITE_FAILED} or {@code NO_SPACE}: see the class comment; {@code ROLLBACK_FAILED}: still unusable
     */
    public LogRef append(LogRecord record) throws LogException {
        return append(record, false);
    }

    /**
     * Adds a record to those of the next sync, as {@link #append} does, but whatever {@code log.minfree} says. If the disk is full,
     * and nothing ordinary is in the same sync, what is in reserve is used up for it.
     */
    public LogRef appendVital(LogRecord record) throws LogException {
        return append(record, true);
    }

    /** Whether ordinary records have room: some more than {@code log.minfree} is free, and the reserve is full, or was filled by this call. */
    public boolean hasRoom() {
        long need = options.minFree() + options.reserve().missing() + LogReserve.MARGIN;
        return files.usableSpace() >= need && options.reserve().refill(options.minFree());
    }

    /** Whether nothing is missing in reserve. */
    public boolean isReserveFull() {
        return options.reserve().missing() == 0;
    }

    private LogRef append(LogRecord record, boolean vital) throws LogException {
        requireUsable();
        byte[] classUtf8 = record.eventClass().getBytes(StandardCharsets.UTF_8);
        int length = requireFits(record, classUtf8);
        if (!vital) {
            requireSpace(length);
        }
        space -= length;
        if (filled + length > pending.capacity()) {
            try {
                flush();
            } catch (IOException e) {
                throw failed(e);
            }
            if (length > pending.capacity()) {
                pending = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        long offset = written + filled;
        codec.encode(record, RecordCodec.KIND_EVENT, classUtf8, pending, filled, offset);
        filled += length;
        unsynced++;
        ordinary += vital ? 0 : 1;
        return new LogRef(header.id(), offset);
    }

    /**
     * Makes every record appended so far durable. Costs nothing when there is none.
     *
     * @throws LogException {@code WRITE_FAILED} or {@code NO_SPACE}: see the class comment
     */
    public void sync() throws LogException {
        requireUsable();
        space = 0; // others use the disk as well: measure anew for the next batch
        if (unsynced == 0) {
            return;
        }
        try {
            flush();
            file.force();
            settleNames();
        } catch (IOException e) {
            throw failed(e);
        }
        synced = written;
        unsynced = 0;
        ordinary = 0;
        if (isRotationDue()) {
            tryToRotate();
        }
    }

    /**
     * Has something called, on the thread of this log, whenever a file was rotated, or should have been and could not: the log
     * then goes on in the same file, and tries again later.
     */
    public void whenRotated(Runnable done, Consumer<IOException> failed) {
        rotated = done;
        notRotated = failed;
    }

    private boolean isRotationDue() {
        if (synced <= header.start()) {
            return false;
        }
        if (synced >= rotateAt) {
            return true;
        }
        boolean counts = rotateAt == options.rotateSize(); // after a failure, only growth makes it try again
        Instant now = options.clock().instant();
        boolean old = !now.isBefore(header.created().plus(options.rotateAge()));
        boolean unborn = now.isBefore(header.created().minus(CLOCK_SET_BACK)); // it would not grow old for as long
        return counts && (old || unborn);
    }

    private void tryToRotate() {
        try {
            rotate();
        } catch (IOException e) {
            notRotated.accept(e);
            if (!namesDue) {
                rotateAt = synced + RETRY_AFTER;
                return;
            }
        }
        rotated.run();
    }

    /**
     * Makes the current file a rotated one and begins another. All is durable before; a crash at any point leaves each record in
     * the one or the other file.
     */
    private void rotate() throws IOException {
        String name = label.fileName();
        LogHeader following = LogOpening.writeUnborn(files, label, origin, options);
        LogFile opened = files.open(name + "+", LogFiles.Mode.WRITE);
        try {
            files.rename(name, LogHistory.nextRotated(files, name));
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        renameDue = true;
        namesDue = true;
        LogFile finished = file;
        file = opened;
        header = following;
        codec = new RecordCodec(header.id());
        synced = header.start();
        written = header.start();
        rotateAt = options.rotateSize();
        try {
            settleNames();
        } finally {
            finished.close();
        }
    }

    /** Gives the new file its name, durably. What is in it counts for nothing before. */
    private void settleNames() throws IOException {
        if (renameDue) {
            files.rename(label.fileName() + "+", label.fileName());
            renameDue = false;
        }
        if (namesDue) {
            files.forceNames();
            namesDue = false;
        }
    }

    /** Syncs and closes. The file is closed even when the sync fails. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            sync();
        } finally {
            closed = true;
            file.close();
        }
    }

    private void requireUsable() throws LogException {
        if (closed) {
            throw new LogException(Condition.CLOSED, path, synced, "'" + path + "' is closed", null);
        }
        if (rollbackDue) {
            rollBack();
        }
    }

    private int requireFits(LogRecord record, byte[] classUtf8) throws LogException {
        long length = (long) RecordCodec.ENVELOPE + classUtf8.length + record.sharedBody().length;
        if (classUtf8.length > RecordCodec.MAX_CLASS) {
            throw refused(
                    Condition.RECORD_TOO_LARGE,
                    "its class has " + classUtf8.length + " bytes, the log takes up to " + RecordCodec.MAX_CLASS);
        }
        if (length > RecordCodec.MAX_RECORD) {
            throw refused(
                    Condition.RECORD_TOO_LARGE,
                    "a record of class '" + record.eventClass() + "' with " + length + " bytes; the log takes up to "
                            + RecordCodec.MAX_RECORD);
        }
        return (int) length;
    }

    private void requireSpace(int length) throws LogException {
        if (length > space) {
            long free = files.usableSpace();
            long missing = options.reserve().missing();
            space = free - options.minFree() - missing - filled;
            if (length > space) {
                throw refused(
                        Condition.LOG_MINFREE,
                        free + " bytes are free, and log.minfree keeps " + options.minFree()
                                + (missing > 0 ? ", log.reserve lacks " + missing : ""));
            }
        }
    }

    private LogException refused(Condition condition, String why) {
        return new LogException(
                condition, path, length(), "Append to '" + path + "' at offset " + length() + " refused: " + why, null);
    }

    private void flush() throws IOException {
        int end = filled;
        pending.limit(end);
        try {
            while (filled > 0) {
                pending.position(end - filled);
                int count = write();
                if (count <= 0) {
                    throw new IOException("the system took none of " + pending.remaining() + " bytes");
                }
                written += count;
                filled -= count;
            }
        } finally {
            pending.clear();
        }
    }

    private int write() throws IOException {
        int from = pending.position();
        while (true) {
            try {
                return file.write(pending, written);
            } catch (IOException e) {
                // Whatever the reason is: a quota looks like no full disk, and what is released for nothing grows back.
                if (ordinary > 0 || !options.reserve().release()) {
                    throw e;
                }
                pending.position(from);
            }
        }
    }

    /** Takes back what is not durable, and says so. */
    private LogException failed(IOException cause) {
        long reached = written;
        int lost = unsynced;
        boolean full = files.usableSpace() < Math.max(length() - written, options.minFree());
        if (full && ordinary == 0) {
            options.reserve().release(); // some file systems find out in the sync; the next attempt has that much
        }
        ordinary = 0;
        filled = 0;
        unsynced = 0;
        space = 0;
        rollbackDue = true;
        LogException failure = new LogException(
                full ? Condition.NO_SPACE : Condition.WRITE_FAILED,
                path,
                synced,
                "Write to '" + path + "' failed at offset " + reached + ": " + cause.getMessage()
                        + ". Taken back to offset " + synced + "; " + lost + " records are not in the log.",
                cause);
        try {
            rollBack();
        } catch (LogException stillDue) {
            failure.addSuppressed(stillDue);
        }
        return failure;
    }

    /** Cuts the file to its durable length. Durably: a crash must not bring back what the caller was told is lost. */
    private void rollBack() throws LogException {
        try {
            file.truncate(synced);
            file.force();
        } catch (IOException e) {
            throw new LogException(
                    Condition.ROLLBACK_FAILED,
                    path,
                    synced,
                    "Cannot take '" + path + "' back to offset " + synced + ": " + e.getMessage()
                            + "; trying again later",
                    e);
        }
        written = synced;
        rollbackDue = false;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import org.fmd.model.event.LogRef;

/**
 * The records of one file in order, whatever form the file has. Offsets are those of the file as it was written, before it was
 * sealed. What cannot be read is told as {@link Damage} and stepped over. Not thread-safe.
 */
interface RecordSource extends Closeable {

    /** From now on shows what a query takes and nothing else; {@link LogQuery#last()} is none of its business. */
    void select(LogQuery wanted);

    /** From now on nobody writes this file: what is unfinished is torn. */
    void seal();

    boolean sealed();

    LogHeader header();

    /** Where the next record is looked for. */
    long next();

    /** Goes to an offset, unsigned; what is there need not be a record. Past the end means the last record's end. */
    void seek(long to);

    /** Goes to the event at exactly this offset, selected or not; false if none begins there. A damaged body is told. */
    boolean at(long where) throws IOException;

    /** Bytes in the file behind the last whole record. */
    long unread() throws IOException;

    /** Moves to the next record; false if there is none (yet). */
    boolean advance() throws IOException;

    /** Offset of the current record, negative before the first. */
    long offset();

    /** Bytes of the current record, as it was written. */
    int length();

    long timeNanos();

    UUID uuid();

    String eventClass();

    /** A fresh array; empty when the body turns out to be lost. */
    byte[] body();

    boolean bodyValid();

    /** Reads what is no record and was not read yet, so that its damage is told. */
    default void touchRest() throws IOException {
        // there is nothing else
    }

    default LogRef ref() {
        return new LogRef(header().id(), offset());
    }

    default LogEntry entry() {
        return new LogEntry(ref(), LogRecord.owning(timeNanos(), uuid(), eventClass(), body()));
    }

    /**
     * The offset of the first of the last selected records, at most {@code count} of them.
     *
     * @param place receives the offset; unchanged if there is none
     * @return how many records were found
     */
    default long findLast(long count, long[] place) throws IOException {
        long[] ring = new long[(int) Math.min(count, 1024)];
        long found = 0;
        while (advance()) {
            if (found >= ring.length && ring.length < count) {
                ring = Arrays.copyOf(ring, (int) Math.min(count, 2L * ring.length));
            }
            ring[(int) (found % ring.length)] = offset();
            found++;
        }
        if (found > 0) {
            place[0] = ring[found <= ring.length ? 0 : (int) (found % ring.length)];
        }
        return Math.min(found, count);
    }

    /** Counts the selected records from here to the end. */
    default void count(LogTally tally) throws IOException {
        while (advance()) {
            tally.add(
                    timeNanos(),
                    eventClass(),
                    tally.tellsDevicesApart() ? LogTally.deviceOf(DeviceNames.of(body())) : "",
                    1);
        }
    }
}

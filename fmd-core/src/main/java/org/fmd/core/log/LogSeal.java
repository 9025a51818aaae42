// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.ByteBuffer;

/**
 * What the header of a sealed file says about its content.
 *
 * @param records events in it
 * @param earliest time of the earliest event, nanoseconds since the epoch, unsigned; all ones if there is none
 * @param latest time of the latest event; 0 if there is none
 * @param end length of the file before it was sealed: references lie below it
 * @param lost bytes of the file before it was sealed that could not be read
 * @param columns where the blocks end and the columns begin
 * @param index where the index begins
 * @param indexLength bytes of the index, with which the file ends
 * @param indexCrc CRC-32C of the index
 */
public record LogSeal(
        long records,
        long earliest,
        long latest,
        long end,
        long lost,
        long columns,
        long index,
        int indexLength,
        int indexCrc) {

    /** Where it stands in each copy of the header: its last bytes. */
    static final int AT = LogHeader.COPY - 64;

    void put(ByteBuffer copy) {
        copy.putLong(AT, records)
                .putLong(AT + 8, earliest)
                .putLong(AT + 16, latest)
                .putLong(AT + 24, end)
                .putLong(AT + 32, lost)
                .putLong(AT + 40, columns)
                .putLong(AT + 48, index)
                .putInt(AT + 56, indexLength)
                .putInt(AT + 60, indexCrc);
    }

    static LogSeal of(ByteBuffer copy) {
        return new LogSeal(
                copy.getLong(AT),
                copy.getLong(AT + 8),
                copy.getLong(AT + 16),
                copy.getLong(AT + 24),
                copy.getLong(AT + 32),
                copy.getLong(AT + 40),
                copy.getLong(AT + 48),
                copy.getInt(AT + 56),
                copy.getInt(AT + 60));
    }

    /** Length of the sealed file. */
    long length() {
        return index + Integer.toUnsignedLong(indexLength);
    }
}

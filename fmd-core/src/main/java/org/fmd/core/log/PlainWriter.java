// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a whole file of a log at one go, every record at the offset that it has had before. Not thread-safe. */
final class PlainWriter implements Closeable {

    /** The kind of a record that stands where others were lost. */
    static final byte KIND_GAP = 2;

    private final LogFile file;
    private final RecordCodec codec;
    private ByteBuffer buffer = ByteBuffer.allocate(256 << 10).order(ByteOrder.LITTLE_ENDIAN);
    private int filled;
    private long written;

    PlainWriter(LogFiles files, String name, LogHeader like) throws IOException {
        LogHeader header = like.plain();
        codec = new RecordCodec(header.id());
        file = files.open(name, LogFiles.Mode.CREATE);
        try {
            ByteBuffer head = header.encode();
            buffer.put(0, head, head.position(), head.remaining());
            filled = head.remaining();
            if (header.start() > filled) {
                throw new IOException("records at " + header.start() + " are not supported");
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Offset of the next record. */
    long next() {
        return written + filled;
    }

    /** Fills the space up to an offset with gaps, which must be none or have room for one: 44 bytes. */
    void skipTo(long offset) throws IOException {
        while (next() < offset) {
            long space = offset - next();
            long length = Math.min(space, RecordCodec.MAX_RECORD);
            if (space > length && space - length < RecordCodec.ENVELOPE) {
                length -= RecordCodec.ENVELOPE;
            }
            if (length < RecordCodec.ENVELOPE) {
                throw new IOException("no gap fits into the " + space + " bytes before offset " + offset);
            }
            LogRecord gap = LogRecord.owning(0, LogRecord.NO_UUID, "", new byte[(int) length - RecordCodec.ENVELOPE]);
            put(gap, KIND_GAP);
        }
    }

    void append(LogRecord record) throws IOException {
        put(record, RecordCodec.KIND_EVENT);
    }

    void force() throws IOException {
        flush();
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void put(LogRecord record, byte kind) throws IOException {
        byte[] classUtf8 = record.eventClass().getBytes(StandardCharsets.UTF_8);
        int length = RecordCodec.ENVELOPE + classUtf8.length + record.sharedBody().length;
        if (filled + length > buffer.capacity()) {
            flush();
            if (length > buffer.capacity()) {
                buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        codec.encode(record, kind, classUtf8, buffer, filled, next());
        filled += length;
    }

    private void flush() throws IOException {
        buffer.limit(filled).position(0);
        while (buffer.hasRemaining()) {
            int count = file.write(buffer, written);
            if (count <= 0) {
                throw new IOException("the system took none of " + buffer.remaining() + " bytes");
            }
            written += count;
        }
        buffer.clear();
        filled = 0;
    }
}

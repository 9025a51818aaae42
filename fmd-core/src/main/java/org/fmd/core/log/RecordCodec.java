// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The bytes of one record, drawn in {@code docs/log-format.md}. Buffers are little-endian and addressed absolutely; their
 * position and limit are of no meaning on entry and cleared on return. Not thread-safe.
 */
final class RecordCodec {

    /** The mark each record begins with, F5 'f' 'm' 'r': its first byte never occurs in UTF-8 text, so in no body of ours. */
    static final int MAGIC = 0x72_6D_66_F5;

    static final byte MAGIC_FIRST = (byte) 0xF5;

    /** Bytes before the class name. */
    static final int ENVELOPE = 44;

    static final int MAX_CLASS = 1024;

    /** Longest record in bytes, all included: 4 MiB. */
    static final int MAX_RECORD = 4 << 20;

    /** The kind of a record which holds an event; readers pass over other kinds. */
    static final byte KIND_EVENT = 1;

    private static final int LENGTH_AT = 4;
    private static final int HEADER_CRC_AT = 8;
    private static final int BODY_CRC_AT = 12;
    private static final int TIME_AT = 16;
    private static final int UUID_AT = 24;
    private static final int KIND_AT = 40;
    private static final int CLASS_LENGTH_AT = 42;

    private final CRC32C crc = new CRC32C();

    /** File UUID and record offset: they begin each header checksum, so that a record is valid in its place alone. */
    private final ByteBuffer place = ByteBuffer.allocate(24);

    RecordCodec(UUID logId) {
        place.putLong(0, logId.getMostSignificantBits()).putLong(8, logId.getLeastSignificantBits());
    }

    /** Writes a record at an index of the buffer, which must have room, for an offset of the file. */
    void encode(LogRecord record, byte kind, byte[] classUtf8, ByteBuffer out, int at, long offset) {
        byte[] body = record.sharedBody();
        crc.reset();
        crc.update(body);
        out.putInt(at, MAGIC);
        out.putInt(at + LENGTH_AT, ENVELOPE + classUtf8.length + body.length);
        out.putInt(at + BODY_CRC_AT, (int) crc.getValue());
        out.putLong(at + TIME_AT, record.timeNanos());
        out.putLong(at + UUID_AT, Long.reverseBytes(record.uuid().getMostSignificantBits()));
        out.putLong(at + UUID_AT + 8, Long.reverseBytes(record.uuid().getLeastSignificantBits()));
        out.put(at + KIND_AT, kind);
        out.put(at + KIND_AT + 1, (byte) 0);
        out.putShort(at + CLASS_LENGTH_AT, (short) classUtf8.length);
        out.put(at + ENVELOPE, classUtf8);
        out.put(at + ENVELOPE + classUtf8.length, body);
        out.putInt(at + HEADER_CRC_AT, headerCrc(out, at, offset));
    }

    static int length(ByteBuffer in, int at) {
        return in.getInt(at + LENGTH_AT);
    }

    /** Whether length and class length can be those of a record. */
    static boolean plausible(ByteBuffer in, int at) {
        int length = length(in, at);
        int classLength = classLength(in, at);
        return classLength <= MAX_CLASS && length >= ENVELOPE + classLength && length <= MAX_RECORD;
    }

    static int classLength(ByteBuffer in, int at) {
        return Short.toUnsignedInt(in.getShort(at + CLASS_LENGTH_AT));
    }

    /** The header checksum as it stands there: it tells one record from another. */
    static int stamp(ByteBuffer in, int at) {
        return in.getInt(at + HEADER_CRC_AT);
    }

    static byte kind(ByteBuffer in, int at) {
        return in.get(at + KIND_AT);
    }

    static long timeNanos(ByteBuffer in, int at) {
        return in.getLong(at + TIME_AT);
    }

    static UUID uuid(ByteBuffer in, int at) {
        return new UUID(Long.reverseBytes(in.getLong(at + UUID_AT)), Long.reverseBytes(in.getLong(at + UUID_AT + 8)));
    }

    static String eventClass(ByteBuffer in, int at) {
        byte[] utf8 = new byte[classLength(in, at)];
        in.get(at + ENVELOPE, utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static byte[] body(ByteBuffer in, int at) {
        int classLength = classLength(in, at);
        byte[] body = new byte[length(in, at) - ENVELOPE - classLength];
        in.get(at + ENVELOPE + classLength, body);
        return body;
    }

    /** Whether envelope and class, which must be in the buffer, are what was written for this place. */
    boolean headerValid(ByteBuffer in, int at, long offset) {
        return in.getInt(at + HEADER_CRC_AT) == headerCrc(in, at, offset);
    }

    /** Whether the body of a record whose header is valid is what was written. */
    boolean bodyValid(ByteBuffer in, int at) {
        crc.reset();
        update(in, at + ENVELOPE + classLength(in, at), at + length(in, at));
        return in.getInt(at + BODY_CRC_AT) == (int) crc.getValue();
    }

    private int headerCrc(ByteBuffer in, int at, long offset) {
        place.putLong(16, Long.reverseBytes(offset)).clear();
        crc.reset();
        crc.update(place);
        update(in, at, at + HEADER_CRC_AT);
        update(in, at + BODY_CRC_AT, at + ENVELOPE + classLength(in, at));
        return (int) crc.getValue();
    }

    private void update(ByteBuffer in, int from, int to) {
        crc.update(in.limit(to).position(from));
        in.clear();
    }
}

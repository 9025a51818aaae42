// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.fmd.model.scsi.Octets;
import org.fmd.plugins.kernel.trace.EventFormat.Field;

/** The body of the record at hand. One object serves all records of a reader: its values are to be taken out at once. */
public final class TraceRecord {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final boolean swap;
    private byte[] bytes = {};
    private int start;
    private int length;
    private long nanos;

    TraceRecord(ByteOrder order) {
        this.swap = order != ByteOrder.LITTLE_ENDIAN;
    }

    void at(byte[] page, int bodyStart, int bodyLength, long stampNanos) {
        bytes = page;
        start = bodyStart;
        length = bodyLength;
        nanos = stampNanos;
    }

    /** When it was written, in nanoseconds of the trace clock. */
    public long nanos() {
        return nanos;
    }

    /** The number of its event; -1 if the body is too short to have one. */
    int event() {
        return length < Short.BYTES ? -1 : u16(bytes, start);
    }

    /** Whether the body reaches as far as the field does. */
    boolean has(Field field) {
        return field.offset() + field.size() <= length;
    }

    /** The field as a number of 1, 2, 4 or 8 bytes; 0 if the body does not reach as far. */
    long number(Field field) {
        if (!has(field)) {
            return 0;
        }
        int at = start + field.offset();
        return switch (field.size()) {
            case 1 -> field.signed() ? bytes[at] : bytes[at] & 0xff;
            case 2 -> field.signed() ? (short) u16(bytes, at) : u16(bytes, at);
            case 4 -> field.signed() ? i32(bytes, at) : i32(bytes, at) & 0xffff_ffffL;
            case 8 -> i64(bytes, at);
            default -> 0;
        };
    }

    /** The octets of an array, wherever they stand; none if the body does not reach as far. */
    Octets octets(Field field) {
        long place = place(field);
        int from = (int) (place >>> 32);
        int count = (int) place;
        byte[] copy = new byte[count];
        System.arraycopy(bytes, from, copy, 0, count);
        return Octets.of(copy);
    }

    /** The text of an array of characters up to its first zero. */
    String text(Field field) {
        long place = place(field);
        int from = (int) (place >>> 32);
        int end = from;
        while (end < from + (int) place && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /** Index and length of an array, in the upper and the lower half. */
    private long place(Field field) {
        if (!has(field)) {
            return 0;
        }
        int from = field.offset();
        int count = field.size();
        if (field.located()) {
            int location = field.size() == Integer.BYTES ? i32(bytes, start + from) : 0;
            from = location & 0xffff;
            count = location >>> 16;
        }
        return from + count > length ? 0 : (long) (start + from) << 32 | count;
    }

    int u16(byte[] in, int at) {
        short value = (short) SHORTS.get(in, at);
        return (swap ? Short.reverseBytes(value) : value) & 0xffff;
    }

    int i32(byte[] in, int at) {
        int value = (int) INTS.get(in, at);
        return swap ? Integer.reverseBytes(value) : value;
    }

    long i64(byte[] in, int at) {
        long value = (long) LONGS.get(in, at);
        return swap ? Long.reverseBytes(value) : value;
    }
}

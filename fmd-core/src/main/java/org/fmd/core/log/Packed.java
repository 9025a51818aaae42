// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.util.Arrays;

/**
 * Bytes being put together: whole numbers in as few bytes as they need, seven bits a byte, the lowest first; and columns of
 * numbers as planes.
 *
 * <pre>
 *   column:  0 0 m m k k k k │ base, unless m is 0 │ plane k-1 │ … │ plane 0        one byte of each number a plane
 *                m = 0  the numbers     m = 1  what they exceed the base by     m = 2  zigzag of the step from the one before
 * </pre>
 */
final class Packed {

    private static final int RAW = 0;
    private static final int ABOVE = 1;
    private static final int STEPS = 2;

    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = 0;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    Packed put(byte[] data) {
        return put(data, 0, data.length);
    }

    Packed put(byte[] data, int from, int to) {
        room(to - from);
        System.arraycopy(data, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    Packed put1(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    Packed put4(int value) {
        return put1(value).put1(value >>> 8).put1(value >>> 16).put1(value >>> 24);
    }

    Packed put8(long value) {
        return put4((int) value).put4((int) (value >>> 32));
    }

    /** A number as unsigned. */
    Packed number(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            put1((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        return put1((int) left);
    }

    /** Bytes with their length before them. */
    Packed sized(byte[] data) {
        return number(data.length).put(data);
    }

    /** The first numbers of an array, in whichever of the three forms is shortest. */
    Packed column(long[] values, int count) {
        long all = 0;
        long least = count == 0 ? 0 : values[0];
        long steps = 0;
        for (int i = 0; i < count; i++) {
            all |= values[i];
            least = Long.compareUnsigned(values[i], least) < 0 ? values[i] : least;
            steps |= i == 0 ? 0 : zigzag(values[i] - values[i - 1]);
        }
        long above = 0;
        for (int i = 0; i < count; i++) {
            above |= values[i] - least;
        }
        int mode = width(above) < width(all) ? ABOVE : RAW;
        int width = Math.min(width(above), width(all));
        if (width(steps) < width) {
            mode = STEPS;
            width = width(steps);
        }
        put1(mode << 4 | width);
        if (mode != RAW) {
            number(mode == ABOVE ? least : values[0]);
        }
        for (int plane = width - 1; plane >= 0; plane--) {
            for (int i = 0; i < count; i++) {
                long value = values[i];
                if (mode == ABOVE) {
                    value -= least;
                } else if (mode == STEPS) {
                    value = i == 0 ? 0 : zigzag(value - values[i - 1]);
                }
                put1((int) (value >>> (8 * plane)));
            }
        }
        return this;
    }

    private static int width(long bits) {
        return (71 - Long.numberOfLeadingZeros(bits)) / 8;
    }

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.util.Arrays;
import java.util.UUID;

/** Takes apart what {@link Packed} has put together. Whatever the bytes are, it reads nothing beyond their end and ends in time. */
final class Unpacked {

    /** What stands there cannot have been written so. Preallocated: damage is ordinary, and nobody reads the trace. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    Unpacked(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    byte[] array() {
        return bytes;
    }

    private void require(long count) throws Malformed {
        if (count < 0 || count > end - at) {
            throw new Malformed("it ends too early");
        }
    }

    /** Steps over bytes and returns where they begin in {@link #array}. */
    int skip(long count) throws Malformed {
        require(count);
        int from = at;
        at += (int) count;
        return from;
    }

    int take1() throws Malformed {
        require(1);
        return bytes[at++] & 0xFF;
    }

    int take4() throws Malformed {
        return take1() | take1() << 8 | take1() << 16 | take1() << 24;
    }

    long take8() throws Malformed {
        return Integer.toUnsignedLong(take4()) | (long) take4() << 32;
    }

    UUID takeUuid() throws Malformed {
        return new UUID(Long.reverseBytes(take8()), Long.reverseBytes(take8()));
    }

    long number() throws Malformed {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = take1();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new Malformed("a number has no end");
    }

    /** A number that must not exceed a limit. */
    int number(long limit, String what) throws Malformed {
        long value = number();
        if (value < 0 || value > limit) {
            throw new Malformed(Long.toUnsignedString(value) + " " + what + " are too many");
        }
        return (int) value;
    }

    byte[] sized() throws Malformed {
        long length = number();
        require(length);
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** A column of that many numbers. */
    long[] column(int count) throws Malformed {
        int head = take1();
        int mode = head >>> 4;
        int width = head & 15;
        if (mode > 2 || width > 8) {
            throw new Malformed("no column begins with " + head);
        }
        long base = mode == 0 ? 0 : number();
        require((long) width * count);
        long[] values = new long[count];
        byte[] in =
                bytes; // local variables, since the first compiler, which is all that a command gets, keeps no field
        int next = at;
        for (int plane = width - 1; plane >= 0; plane--) {
            for (int i = 0; i < count; i++) {
                values[i] = values[i] << 8 | (in[next++] & 0xFF);
            }
        }
        at = next;
        if (mode == 1) {
            for (int i = 0; i < count; i++) {
                values[i] += base;
            }
        } else if (mode == 2) {
            long before = base;
            for (int i = 0; i < count; i++) {
                before += Packed.unzigzag(values[i]);
                values[i] = before;
            }
        }
        return values;
    }
}

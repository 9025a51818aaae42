// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.tracefs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fmd.plugins.kernel.trace.FormatProblem;
import org.jspecify.annotations.Nullable;

/**
 * Where the members of a kernel's structures stand: its type information as {@code /sys/kernel/btf} gives it ({@code
 * include/uapi/linux/btf.h}). The types of a module go on where those of the kernel end, and so do its strings.
 */
final class Btf {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER = 24;
    private static final int TYPE = 12;
    private static final int MEMBER = 12;
    private static final int KIND_PTR = 2;
    private static final int KIND_STRUCT = 4;
    private static final int KIND_TYPEDEF = 8;
    private static final int KIND_VOLATILE = 9;
    private static final int KIND_CONST = 10;
    /** Bytes behind the head of a type: fixed, and for each of its elements; by kind, from 0. */
    private static final int[] FIXED = {0, 4, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0};

    private static final int[] EACH = {0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12};

    /**
     * A member of a structure.
     *
     * @param offset in bytes
     * @param pointer whether it is a pointer, and not the thing itself
     */
    record Member(int offset, boolean pointer) {}

    private final ByteBuffer bytes;
    private final @Nullable Btf base;
    private final int firstType;
    private final int firstString;
    private final int strings;
    private final int stringsLength;
    /** Where each type stands; type 0 is void and has no place. */
    private int[] places = new int[1024];

    private int types;

    private Btf(byte[] raw, @Nullable Btf base) throws FormatProblem {
        this.bytes = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
        this.base = base;
        this.firstType = base == null ? 1 : base.firstType + base.types;
        this.firstString = base == null ? 0 : base.stringsLength;
        if (raw.length < HEADER || (bytes.getShort(0) & 0xffff) != MAGIC) {
            throw new FormatProblem("this is no type information");
        }
        int header = bytes.getInt(4);
        long from = header + (bytes.getInt(8) & 0xffff_ffffL);
        long length = bytes.getInt(12) & 0xffff_ffffL;
        long text = header + (bytes.getInt(16) & 0xffff_ffffL);
        long textLength = bytes.getInt(20) & 0xffff_ffffL;
        if (header < HEADER || from + length > raw.length || text + textLength > raw.length) {
            throw new FormatProblem("the type information ends before what its head announces");
        }
        this.strings = (int) text;
        this.stringsLength = (int) textLength;
        index((int) from, (int) (from + length));
    }

    /** Reads the types of the kernel. */
    static Btf ofKernel(byte[] raw) throws FormatProblem {
        return new Btf(raw, null);
    }

    /** Reads the types of a module on top of these. */
    Btf withModule(byte[] raw) throws FormatProblem {
        return new Btf(raw, this);
    }

    private void index(int from, int end) throws FormatProblem {
        int at = from;
        while (at < end) {
            int kind = end - at < TYPE ? FIXED.length : kind(at);
            if (kind == 0 || kind >= FIXED.length) {
                throw new FormatProblem("type " + (firstType + types) + " is of a kind that is not known");
            }
            if (types == places.length) {
                places = Arrays.copyOf(places, 2 * types);
            }
            places[types++] = at;
            at += TYPE + FIXED[kind] + EACH[kind] * elements(at);
        }
        if (at != end) {
            throw new FormatProblem("the last type is cut off");
        }
    }

    private int kind(int at) {
        return bytes.getInt(at + 4) >>> 24 & 0x1f;
    }

    private int elements(int at) {
        return bytes.getInt(at + 4) & 0xffff;
    }

    /** Returns a member of a structure of that name; null if there is none. */
    @Nullable
    Member member(String structure, String name) {
        byte[] wanted = structure.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < types; i++) {
            int at = places[i];
            if (kind(at) == KIND_STRUCT && elements(at) > 0 && isString(bytes.getInt(at), wanted)) {
                return member(at, name.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return base == null ? null : base.member(structure, name);
    }

    private @Nullable Member member(int at, byte[] wanted) {
        boolean bitfields = bytes.getInt(at + 4) < 0;
        for (int i = 0; i < elements(at); i++) {
            int member = at + TYPE + i * MEMBER;
            int bits = bytes.getInt(member + 8);
            if (isString(bytes.getInt(member), wanted)) {
                return new Member(
                        (bitfields ? bits & 0xffffff : bits) / Byte.SIZE, isPointer(bytes.getInt(member + 4)));
            }
        }
        return null;
    }

    private boolean isPointer(int type) {
        int id = type;
        for (int depth = 0; depth < 16; depth++) {
            Btf holder = base != null && id < firstType ? base : this;
            int index = id - holder.firstType;
            if (index < 0 || index >= holder.types) {
                return false;
            }
            int at = holder.places[index];
            int kind = holder.kind(at);
            if (kind != KIND_TYPEDEF && kind != KIND_VOLATILE && kind != KIND_CONST) {
                return kind == KIND_PTR;
            }
            id = holder.bytes.getInt(at + 8);
        }
        return false;
    }

    private boolean isString(int offset, byte[] wanted) {
        if (base != null && offset < firstString) {
            return base.isString(offset, wanted);
        }
        int from = offset - firstString;
        if (from < 0 || from + wanted.length >= stringsLength) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(strings + from + i) != wanted[i]) {
                return false;
            }
        }
        return bytes.get(strings + from + wanted.length) == 0;
    }
}

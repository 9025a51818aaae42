// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;

/** Lists as a kernel packs them, native encoding of a little-endian machine: what text was printed from, with every type. */
final class PackedList {
    private final ByteBuffer in;

    private PackedList(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the lists of a file of records: length in four bytes, list. */
    static List<NvList> readAll(byte[] file) {
        List<NvList> all = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            int length = in.getInt();
            ByteBuffer record = in.slice(in.position(), length);
            in.position(in.position() + length);
            PackedList list = new PackedList(record);
            list.in.position(12);
            all.add(list.pairs());
        }
        return all;
    }

    private NvList pairs() {
        NvList.Builder list = NvList.builder();
        while (true) {
            int start = in.position();
            int size = in.getInt();
            if (size == 0) {
                return list.build();
            }
            int nameLength = in.getShort();
            in.getShort();
            int count = in.getInt();
            int type = in.getInt();
            byte[] name = new byte[nameLength - 1];
            in.get(name);
            in.position(start + (16 + nameLength + 7) / 8 * 8);
            NvValue value = value(type, count, start + size);
            list.put(new String(name, StandardCharsets.UTF_8), value);
        }
    }

    private NvValue value(int type, int count, int end) {
        NvValue value = switch (type) {
            case 1 -> NvValue.Flag.PRESENT;
            case 5 -> new NvValue.Int(NvType.INT32, in.getInt());
            case 6 -> new NvValue.Int(NvType.UINT32, Integer.toUnsignedLong(in.getInt()));
            case 7 -> new NvValue.Int(NvType.INT64, in.getLong());
            case 8 -> new NvValue.Int(NvType.UINT64, in.getLong());
            case 9 -> new NvValue.Str(text());
            case 14 -> ints(NvType.UINT32, count);
            case 15 -> ints(NvType.INT64, count);
            case 16 -> ints(NvType.UINT64, count);
            case 17 -> texts(count);
            case 19 -> {
                in.position(end);
                yield new NvValue.Nested(pairs());
            }
            case 23 -> new NvValue.Int(NvType.UINT8, Byte.toUnsignedLong(in.get()));
            default -> throw new AssertionError("type " + type + " in a fixture");
        };
        if (type != 19) {
            in.position(end);
        }
        return value;
    }

    private String text() {
        int start = in.position();
        while (in.get() != 0) {
            // up to the NUL
        }
        return new String(in.array(), in.arrayOffset() + start, in.position() - 1 - start, StandardCharsets.UTF_8);
    }

    private NvValue ints(NvType type, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = type == NvType.UINT32 ? Integer.toUnsignedLong(in.getInt()) : in.getLong();
        }
        return new NvValue.Ints(type, values);
    }

    private NvValue texts(int count) {
        in.position(in.position() + 8 * count);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return new NvValue.Strs(texts);
    }
}

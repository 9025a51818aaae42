// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts records together to what a block of a sealed file is before it is compressed: bodies of one shape become columns, and a
 * column that follows from another is not written. {@code docs/log-format.md} gives each byte. Not thread-safe.
 */
final class BlockWriter {

    /** How a column is written. */
    static final int NUMBERS = 0;

    static final int TEXTS = 1;
    static final int EQUAL = 2;
    static final int FUNCTION = 3;
    static final int BYTE_OF = 4;

    /** Columns that each shape has before those of its values: class, seconds and nanoseconds of the time. */
    static final int GIVEN = 3;

    /** The records of one shape. */
    private static final class Rows {
        private final int number;
        private final List<byte[]> values = new ArrayList<>();
        private final List<Integer> records = new ArrayList<>();
        private final int width;

        Rows(int number, int width) {
            this.number = number;
            this.width = width;
        }
    }

    /** The values of a column: numbers, or the numbers of texts; a root is one from which others may follow. */
    private static final class Column {
        private final boolean text;
        private final long[] values;
        private final boolean root;

        Column(boolean text, long[] values, boolean root) {
            this.text = text;
            this.values = values;
            this.root = root;
        }

        boolean text() {
            return text;
        }

        long[] values() {
            return values;
        }

        boolean root() {
            return root;
        }
    }

    private final Map<ByteKey, Long> texts = new LinkedHashMap<>();
    private final Map<ByteKey, Rows> shapes = new LinkedHashMap<>();
    private final Map<UUID, Long> uuids = new LinkedHashMap<>();
    private final List<long[]> envelopes = new ArrayList<>();
    private final BodyShape cutter = new BodyShape();
    private long first;
    private long end;

    int count() {
        return envelopes.size();
    }

    /** Offset of the first record. */
    long first() {
        return first;
    }

    /** Offset behind the last record. */
    long end() {
        return end;
    }

    void add(long offset, LogRecord record) {
        byte[] body = record.sharedBody();
        byte[] classUtf8 = record.eventClass().getBytes(StandardCharsets.UTF_8);
        if (envelopes.isEmpty()) {
            first = offset;
            end = offset;
        }
        cutter.cut(body);
        byte[] shape = cutter.shape();
        Rows rows = shapes.computeIfAbsent(new ByteKey(shape), key -> new Rows(shapes.size(), cutter.count()));
        long number = rows.number;
        for (int i = 0; i < rows.width; i++) {
            rows.values.add(cutter.value(i));
        }
        rows.records.add(envelopes.size());
        long uuid = uuids.computeIfAbsent(record.uuid(), key -> (long) uuids.size());
        envelopes.add(new long[] {offset - end, record.timeNanos(), uuid, text(classUtf8), number});
        end = offset + RecordCodec.ENVELOPE + classUtf8.length + body.length;
    }

    private long text(byte[] value) {
        return texts.computeIfAbsent(new ByteKey(value), key -> (long) texts.size());
    }

    /** The block; the writer is empty afterwards. */
    byte[] take() {
        Packed shapePart = new Packed();
        for (Rows rows : shapes.values()) {
            columns(rows, shapePart);
        }
        Packed out = new Packed();
        int count = envelopes.size();
        out.number(count).number(first);
        for (int field = 0; field < 2; field++) {
            out.column(field(field), count);
        }
        out.number(uuids.size());
        for (UUID uuid : uuids.keySet()) {
            out.put8(Long.reverseBytes(uuid.getMostSignificantBits()))
                    .put8(Long.reverseBytes(uuid.getLeastSignificantBits()));
        }
        for (int field = 2; field < 5; field++) {
            out.column(field(field), count);
        }
        byteStrings(out, texts.keySet().toArray(new ByteKey[0]));
        byteStrings(out, shapes.keySet().toArray(new ByteKey[0]));
        out.put(shapePart.toBytes());
        texts.clear();
        shapes.clear();
        uuids.clear();
        envelopes.clear();
        return out.toBytes();
    }

    private long[] field(int field) {
        long[] values = new long[envelopes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = envelopes.get(i)[field];
        }
        return values;
    }

    /** Their number, their lengths, and all of them. */
    private static void byteStrings(Packed out, ByteKey[] strings) {
        long[] lengths = new long[strings.length];
        for (int i = 0; i < strings.length; i++) {
            lengths[i] = strings[i].bytes().length;
        }
        out.number(strings.length).column(lengths, strings.length);
        for (ByteKey string : strings) {
            out.put(string.bytes());
        }
    }

    private void columns(Rows rows, Packed out) {
        int count = rows.records.size();
        Column[] columns = new Column[GIVEN + rows.width];
        long[] classes = new long[count];
        long[] seconds = new long[count];
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long[] envelope = envelopes.get(rows.records.get(i));
            classes[i] = envelope[3];
            seconds[i] = Long.divideUnsigned(envelope[1], 1_000_000_000L);
            nanos[i] = Long.remainderUnsigned(envelope[1], 1_000_000_000L);
        }
        columns[0] = new Column(true, classes, true);
        columns[1] = new Column(false, seconds, true);
        columns[2] = new Column(false, nanos, true);
        for (int hole = 0; hole < rows.width; hole++) {
            columns[GIVEN + hole] = column(rows, hole, count);
        }
        for (int i = GIVEN; i < columns.length; i++) {
            columns[i] = write(columns, i, out);
        }
    }

    private Column column(Rows rows, int hole, int count) {
        boolean numbers = true;
        for (int i = 0; i < count && numbers; i++) {
            numbers = BodyShape.isNumber(rows.values.get(i * rows.width + hole));
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            byte[] value = rows.values.get(i * rows.width + hole);
            values[i] = numbers ? BodyShape.number(value) : text(value);
        }
        return new Column(!numbers, values, false);
    }

    /** Writes a column, shortest form first; the answer tells whether later ones may refer to it as a root. */
    private static Column write(Column[] columns, int index, Packed out) {
        Column column = columns[index];
        boolean constant = isConstant(column.values());
        for (int j = 0; j < index && !constant; j++) {
            if (columns[j].text() == column.text() && Arrays.equals(columns[j].values(), column.values())) {
                out.put1(EQUAL).number(j);
                return column;
            }
        }
        if (!column.text() && !constant && isBytes(column.values())) {
            int[] source = byteOf(columns, index);
            if (source != null) {
                out.put1(BYTE_OF).number(source[0]).number(source[1]);
                return column;
            }
        }
        if (column.text() && !constant) {
            for (int j = GIVEN; j < index; j++) {
                long[] images = columns[j].root() ? images(columns[j].values(), column.values()) : null;
                if (images != null) {
                    out.put1(FUNCTION).number(j).number(images.length).column(images, images.length);
                    return column;
                }
            }
        }
        out.put1(column.text() ? TEXTS : NUMBERS).column(column.values(), column.values().length);
        return new Column(column.text(), column.values(), column.text() && !constant);
    }

    private static boolean isConstant(long[] values) {
        for (long value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBytes(long[] values) {
        long all = 0;
        for (long value : values) {
            all |= value;
        }
        return all >>> 8 == 0;
    }

    /** A column of larger numbers, before or behind, one byte of which this is, and which byte. */
    private static int @Nullable [] byteOf(Column[] columns, int index) {
        long[] bytes = columns[index].values();
        for (int j = GIVEN; j < columns.length; j++) {
            long[] wide = columns[j].values();
            if (columns[j].text() || isBytes(wide)) {
                continue;
            }
            for (int place = 0; place < 8; place++) {
                int i = 0;
                while (i < bytes.length && (wide[i] >>> (8 * place) & 0xFF) == bytes[i]) {
                    i++;
                }
                if (i == bytes.length) {
                    return new int[] {j, place};
                }
            }
        }
        return null;
    }

    /** What each value of a root stands for, in order of first appearance; null if one stands for several. */
    private static long @Nullable [] images(long[] root, long[] values) {
        Map<Long, Long> seen = new LinkedHashMap<>();
        for (int i = 0; i < root.length; i++) {
            Long before = seen.putIfAbsent(root[i], values[i]);
            if (before != null && before != values[i]) {
                return null;
            }
        }
        if (2 * seen.size() > root.length) {
            return null;
        }
        long[] images = new long[seen.size()];
        int next = 0;
        for (long image : seen.values()) {
            images[next++] = image;
        }
        return images;
    }
}

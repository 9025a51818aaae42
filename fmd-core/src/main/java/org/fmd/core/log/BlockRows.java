// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.fmd.core.log.Unpacked.Malformed;
import org.jspecify.annotations.Nullable;

/** The records of one block of a sealed file, taken apart from what {@link BlockWriter} has put together. Immutable. */
final class BlockRows {

    /** Most records of a block. */
    static final int MAX_ROWS = 1 << 16;

    private static final long SECOND = 1_000_000_000L;

    private final long[] offsets;
    private final long[] times;
    private final UUID[] uuids;
    private final long[] uuidOf;
    private final long[] classOf;
    private final String[] classes;
    private final byte[][] texts;
    private final byte[][] shapes;
    private final long[] shapeOf;
    private final int[] rowOf;
    private final boolean[][] isText;
    private final long[][][] columns;

    private BlockRows(Unpacked in) throws Malformed {
        int count = in.number(MAX_ROWS, "records");
        long first = in.number();
        long[] gaps = in.column(count);
        times = in.column(count);
        uuids = new UUID[in.number(count, "cases")];
        for (int i = 0; i < uuids.length; i++) {
            uuids[i] = in.takeUuid();
        }
        uuidOf = indexes(in, count, uuids.length);
        classOf = in.column(count);
        shapeOf = in.column(count);
        texts = byteStrings(in);
        shapes = byteStrings(in);
        requireBelow(classOf, texts.length);
        requireBelow(shapeOf, shapes.length);
        classes = new String[texts.length];
        rowOf = new int[count];
        int[] rows = new int[shapes.length];
        for (int i = 0; i < count; i++) {
            rowOf[i] = rows[(int) shapeOf[i]]++;
        }
        isText = new boolean[shapes.length][];
        columns = new long[shapes.length][][];
        for (int shape = 0; shape < shapes.length; shape++) {
            readColumns(in, shape, rows[shape]);
        }
        offsets = new long[count + 1];
        long at = first;
        for (int i = 0; i < count; i++) {
            offsets[i] = at + gaps[i];
            at = offsets[i] + length(i);
        }
        offsets[count] = at;
    }

    /** Takes a block apart. */
    static BlockRows of(byte[] block) throws Malformed {
        Unpacked in = new Unpacked(block, 0, block.length);
        BlockRows rows = new BlockRows(in);
        if (in.left() != 0) {
            throw new Malformed(in.left() + " bytes are too many");
        }
        return rows;
    }

    private static long[] indexes(Unpacked in, int count, int limit) throws Malformed {
        long[] indexes = in.column(count);
        requireBelow(indexes, limit);
        return indexes;
    }

    private static void requireBelow(long[] values, long limit) throws Malformed {
        for (long value : values) {
            if (value < 0 || value >= limit) {
                throw new Malformed("there is no number " + value + " of " + limit);
            }
        }
    }

    private static byte[][] byteStrings(Unpacked in) throws Malformed {
        int count = in.number(in.left(), "strings");
        long[] lengths = in.column(count);
        byte[][] strings = new byte[count][];
        for (int i = 0; i < count; i++) {
            int from = in.skip(lengths[i]);
            strings[i] = Arrays.copyOfRange(in.array(), from, in.at());
        }
        return strings;
    }

    private void readColumns(Unpacked in, int shape, int count) throws Malformed {
        int width = 0;
        for (byte b : shapes[shape]) {
            width += b == BodyShape.HOLE ? 1 : 0;
        }
        long[] @Nullable [] found = new long[BlockWriter.GIVEN + width][];
        boolean[] text = new boolean[found.length];
        given(shape, count, found);
        text[0] = true;
        int[] from = new int[found.length];
        int[] place = new int[found.length];
        for (int i = BlockWriter.GIVEN; i < found.length; i++) {
            int form = in.take1();
            place[i] = -1;
            switch (form) {
                case BlockWriter.NUMBERS, BlockWriter.TEXTS -> {
                    found[i] = in.column(count);
                    text[i] = form == BlockWriter.TEXTS;
                }
                case BlockWriter.EQUAL -> {
                    from[i] = in.number(i - 1L, "columns");
                    found[i] = found[from[i]];
                    text[i] = text[from[i]];
                }
                case BlockWriter.FUNCTION -> {
                    from[i] = in.number(i - 1L, "columns");
                    long[] images = in.column(in.number(count, "values"));
                    found[i] = mapped(found[from[i]], images);
                    text[i] = true;
                }
                case BlockWriter.BYTE_OF -> {
                    from[i] = in.number(found.length - 1L, "columns");
                    place[i] = in.number(7, "bytes");
                }
                default -> throw new Malformed("no column has the form " + form);
            }
        }
        for (int i = BlockWriter.GIVEN; i < found.length; i++) {
            if (place[i] >= 0) {
                found[i] = bytes(found[from[i]], place[i]);
            } else if (found[i] == null) {
                found[i] = found[from[i]];
            }
        }
        long[][] all = new long[found.length][];
        for (int i = 0; i < all.length; i++) {
            long[] column = found[i];
            if (column == null) {
                throw new Malformed("a column follows from itself");
            }
            if (text[i]) {
                requireBelow(column, texts.length);
            }
            all[i] = column;
        }
        columns[shape] = all;
        isText[shape] = text;
    }

    private void given(int shape, int count, long[] @Nullable [] found) {
        long[] ofClass = new long[count];
        long[] seconds = new long[count];
        long[] nanos = new long[count];
        int row = 0;
        for (int i = 0; i < shapeOf.length; i++) {
            if (shapeOf[i] == shape) {
                ofClass[row] = classOf[i];
                seconds[row] = Long.divideUnsigned(times[i], SECOND);
                nanos[row++] = times[i] - seconds[row - 1] * SECOND;
            }
        }
        found[0] = ofClass;
        found[1] = seconds;
        found[2] = nanos;
    }

    private static long[] mapped(long @Nullable [] root, long[] images) throws Malformed {
        if (root == null) {
            throw new Malformed("a column follows from one that is not there yet");
        }
        requireBelow(root, 1L << 24);
        long most = -1;
        for (long value : root) {
            most = Math.max(most, value);
        }
        int[] order = new int[(int) most + 1];
        int seen = 0;
        long[] values = new long[root.length];
        for (int i = 0; i < root.length; i++) {
            int key = (int) root[i];
            if (order[key] == 0) {
                order[key] = ++seen;
                if (seen > images.length) {
                    throw new Malformed("a column has too few values");
                }
            }
            values[i] = images[order[key] - 1];
        }
        return values;
    }

    private static long[] bytes(long @Nullable [] wide, int place) throws Malformed {
        if (wide == null) {
            throw new Malformed("a byte of a column that is not there");
        }
        long[] values = new long[wide.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = wide[i] >>> (8 * place) & 0xFF;
        }
        return values;
    }

    int count() {
        return shapeOf.length;
    }

    /** Offset of a record; of the number behind the last: where the last one ends. */
    long offset(int row) {
        return offsets[row];
    }

    long timeNanos(int row) {
        return times[row];
    }

    UUID uuid(int row) {
        return uuids[(int) uuidOf[row]];
    }

    String eventClass(int row) {
        int number = (int) classOf[row];
        String known = classes[number];
        if (known == null) {
            known = new String(texts[number], StandardCharsets.UTF_8);
            classes[number] = known;
        }
        return known;
    }

    /** The record that begins at an offset; negative if none does. */
    int rowAt(long offset) {
        return search(offsets, count(), offset);
    }

    static int search(long[] offsets, int count, long offset) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (offsets[middle] == offset) {
                return middle;
            }
            if (offsets[middle] < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Bytes of a record before it was sealed. */
    int length(int row) {
        int length = RecordCodec.ENVELOPE + texts[(int) classOf[row]].length;
        int shape = (int) shapeOf[row];
        length += shapes[shape].length;
        long[][] values = columns[shape];
        for (int i = BlockWriter.GIVEN; i < values.length; i++) {
            long value = values[i][rowOf[row]];
            length += (isText[shape][i] ? texts[(int) value].length : digits(value)) - 1;
        }
        return length;
    }

    private static int digits(long value) {
        if (value < 0) {
            return value >= -8_446_744_073_709_551_616L ? 20 : 19;
        }
        int digits = 1;
        for (long left = value; left >= 10; left /= 10) {
            digits++;
        }
        return digits;
    }

    /** The body of a record, made anew. */
    byte[] body(int row) {
        int shape = (int) shapeOf[row];
        byte[] text = shapes[shape];
        Packed out = new Packed();
        int column = BlockWriter.GIVEN;
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == BodyShape.HOLE) {
                out.put(text, from, i);
                long value = columns[shape][column][rowOf[row]];
                if (isText[shape][column]) {
                    out.put(texts[(int) value]);
                } else {
                    BodyShape.putNumber(out, value);
                }
                column++;
                from = i + 1;
            }
        }
        return out.put(text, from, text.length).toBytes();
    }
}

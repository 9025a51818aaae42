// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The part of {@link SecondReader} for sealed files, likewise written from {@code docs/log-format.md} alone. */
final class SecondSealedReader {

    /** What the columns say of a record. */
    record Entry(long offset, long length, long time, UUID uuid, String eventClass, List<String> names) {}

    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private final byte[] bytes;
    private int at;

    private SecondSealedReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** All records, from the blocks. */
    static List<SecondReader.Row> records(byte[] file) {
        Map<String, String> header = SecondReader.header(file);
        expect("2", header.get("version"), "version");
        expect("1", header.get("incompatible"), "flags");
        List<SecondReader.Row> rows = new ArrayList<>();
        int at = 8192;
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (at < in.getLong(4072)) {
            expect(0x626D66F5, in.getInt(at), "mark");
            int length = in.getInt(at + 4);
            ByteBuffer place = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            place.put(file, 32, 16).putLong(at);
            int crc = SecondReader.crc32c(0, place.array(), 0, 24);
            crc = SecondReader.crc32c(crc, file, at, at + 8);
            expect(SecondReader.crc32c(crc, file, at + 12, at + 40), in.getInt(at + 8), "frame checksum");
            expect(SecondReader.crc32c(0, file, at + 40, at + length), in.getInt(at + 12), "block checksum");
            byte[] content = inflate(file, at + 40, at + length, in.getInt(at + 36));
            int before = rows.size();
            long end = new SecondSealedReader(content, 0).content(rows);
            expect(in.getInt(at + 32), rows.size() - before, "records of the block");
            expect(in.getLong(at + 16), rows.get(before).offset(), "first offset");
            expect(in.getLong(at + 24), end, "last offset");
            at += length;
        }
        return rows;
    }

    /** All records, from the columns and the index. */
    static List<Entry> entries(byte[] file) {
        Map<String, String> header = SecondReader.header(file);
        expect("sealed", header.get("features"), "features");
        ByteBuffer head = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int indexAt = (int) head.getLong(4080);
        int indexEnd = indexAt + head.getInt(4088);
        expect(file.length, indexEnd, "end of the index");
        expect(head.getInt(4092), SecondReader.crc32c(0, file, indexAt, indexEnd), "index checksum");
        SecondSealedReader in = new SecondSealedReader(file, indexAt);
        String[] classes = new String[(int) in.number()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = in.text();
        }
        UUID[] uuids = new UUID[(int) in.number()];
        for (int i = 0; i < uuids.length; i++) {
            uuids[i] = in.uuid();
        }
        int columnsAt = (int) in.number();
        expect(head.getLong(4072), (long) columnsAt, "columns");
        int devicesAt = columnsAt + (int) in.number();
        List<List<String>> devices = new ArrayList<>();
        int deviceCount = (int) in.number();
        int devicesLength = (int) in.number();
        byte[] plain = inflate(file, devicesAt, devicesAt + devicesLength, (int) in.number());
        expect(SecondReader.crc32c(0, file, devicesAt, devicesAt + devicesLength), in.four(), "devices checksum");
        SecondSealedReader names = new SecondSealedReader(plain, 0);
        expect((long) deviceCount, names.number(), "devices");
        for (int i = 0; i < deviceCount; i++) {
            List<String> device = new ArrayList<>();
            for (long left = names.number(); left > 0; left--) {
                device.add(names.text());
            }
            devices.add(device);
        }
        List<Entry> entries = new ArrayList<>();
        long offset = 0;
        long earliestOfAll = -1;
        SecondSealedReader columns = new SecondSealedReader(file, columnsAt);
        for (long left = in.number(); left > 0; left--) {
            in.number();
            in.number();
            offset += in.number();
            long end = offset + in.number();
            int rows = (int) in.number();
            long earliest = in.eight();
            long latest = in.eight();
            int from = columns.at;
            int to = from + (int) in.number();
            expect(SecondReader.crc32c(0, file, from, to), in.four(), "columns checksum");
            long[] ofClass = columns.column(rows);
            long[] ofDevice = columns.column(rows);
            long[] ofCase = columns.column(rows);
            long[] time = columns.column(rows);
            long[] length = columns.column(rows);
            long[] gap = columns.column(rows);
            expect(to, columns.at, "end of columns");
            Map<Long, Long> counts = new LinkedHashMap<>();
            for (int i = 0; i < rows; i++) {
                offset += gap[i];
                entries.add(new Entry(
                        offset, length[i], time[i], uuids[(int) ofCase[i]], classes[(int) ofClass[i]], devices.get((int)
                                ofDevice[i])));
                offset += length[i];
                counts.merge(ofClass[i], 1L, Long::sum);
                expect(true, Long.compareUnsigned(time[i], earliest) >= 0, "earliest");
                expect(true, Long.compareUnsigned(time[i], latest) <= 0, "latest");
            }
            expect(end, offset, "end of the block");
            expect((long) counts.size(), in.number(), "classes of the block");
            for (int i = 0; i < counts.size(); i++) {
                long number = in.number();
                expect(counts.get(number), in.number(), "records of class " + number);
            }
            earliestOfAll = Long.compareUnsigned(earliest, earliestOfAll) < 0 ? earliest : earliestOfAll;
        }
        expect(indexEnd, in.at, "end of the index");
        expect(head.getLong(4040), earliestOfAll, "earliest");
        expect(head.getLong(4032), (long) entries.size(), "records");
        return entries;
    }

    private long content(List<SecondReader.Row> rows) {
        int count = (int) number();
        long offset = number();
        long[] gaps = column(count);
        long[] times = column(count);
        UUID[] uuids = new UUID[(int) number()];
        for (int i = 0; i < uuids.length; i++) {
            uuids[i] = uuid();
        }
        long[] ofCase = column(count);
        long[] ofClass = column(count);
        long[] ofShape = column(count);
        byte[][] texts = strings();
        byte[][] shapes = strings();
        byte[][][] bodies = new byte[shapes.length][][];
        for (int shape = 0; shape < shapes.length; shape++) {
            bodies[shape] = bodies(shapes[shape], shape, ofShape, ofClass, times, texts);
        }
        int[] next = new int[shapes.length];
        for (int i = 0; i < count; i++) {
            int shape = (int) ofShape[i];
            byte[] body = bodies[shape][next[shape]++];
            byte[] eventClass = texts[(int) ofClass[i]];
            offset += gaps[i];
            rows.add(new SecondReader.Row(
                    offset,
                    times[i],
                    uuids[(int) ofCase[i]],
                    1,
                    0,
                    new String(eventClass, StandardCharsets.UTF_8),
                    new String(body, StandardCharsets.UTF_8)));
            offset += 44 + eventClass.length + body.length;
        }
        expect(bytes.length, at, "end of the block");
        return offset;
    }

    private byte[][] bodies(byte[] shape, int number, long[] ofShape, long[] ofClass, long[] times, byte[][] texts) {
        List<Long> classes = new ArrayList<>();
        List<Long> seconds = new ArrayList<>();
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < ofShape.length; i++) {
            if (ofShape[i] == number) {
                BigInteger[] parts = big(times[i]).divideAndRemainder(BigInteger.valueOf(1_000_000_000));
                classes.add(ofClass[i]);
                seconds.add(parts[0].longValueExact());
                nanos.add(parts[1].longValueExact());
            }
        }
        int rows = classes.size();
        List<List<Long>> columns = new ArrayList<>(List.of(classes, seconds, nanos));
        List<Boolean> isText = new ArrayList<>(List.of(true, false, false));
        Map<Integer, int[]> later = new LinkedHashMap<>();
        for (byte b : shape) {
            if (b != (byte) 0xFF) {
                continue;
            }
            int form = bytes[at++];
            List<Long> values = new ArrayList<>();
            boolean text = form == 1 || form == 3;
            if (form <= 1) {
                for (long value : column(rows)) {
                    values.add(value);
                }
            } else if (form == 2) {
                int j = (int) number();
                later.put(columns.size(), new int[] {j, -1});
                text = isText.get(j);
            } else if (form == 3) {
                List<Long> root = columns.get((int) number());
                List<Long> different = root.stream().distinct().toList();
                long[] images = column((int) number());
                expect(different.size(), images.length, "different entries");
                for (Long value : root) {
                    values.add(images[different.indexOf(value)]);
                }
            } else {
                expect(4, form, "form");
                later.put(columns.size(), new int[] {(int) number(), (int) number()});
            }
            columns.add(values);
            isText.add(text);
        }
        byte[][] bodies = new byte[rows][];
        for (int row = 0; row < rows; row++) {
            ByteBuffer body = ByteBuffer.allocate(4 << 20);
            int column = 3;
            for (byte b : shape) {
                if (b != (byte) 0xFF) {
                    body.put(b);
                    continue;
                }
                long value = value(columns, later, column, row);
                body.put(
                        isText.get(column)
                                ? texts[(int) value]
                                : big(value).toString().getBytes(StandardCharsets.US_ASCII));
                column++;
            }
            bodies[row] = Arrays.copyOf(body.array(), body.position());
        }
        return bodies;
    }

    private static long value(List<List<Long>> columns, Map<Integer, int[]> later, int column, int row) {
        int[] reference = later.get(column);
        if (reference == null) {
            return columns.get(column).get(row);
        }
        long value = value(columns, later, reference[0], row);
        return reference[1] < 0 ? value : value >>> (8 * reference[1]) & 0xFF;
    }

    private byte[][] strings() {
        byte[][] strings = new byte[(int) number()][];
        long[] lengths = column(strings.length);
        for (int i = 0; i < strings.length; i++) {
            strings[i] = Arrays.copyOfRange(bytes, at, at + (int) lengths[i]);
            at += (int) lengths[i];
        }
        return strings;
    }

    private long[] column(int count) {
        int head = bytes[at++];
        BigInteger base = head >> 4 == 0 ? BigInteger.ZERO : big(number());
        BigInteger[] entries = new BigInteger[count];
        Arrays.fill(entries, BigInteger.ZERO);
        for (int plane = (head & 15) - 1; plane >= 0; plane--) {
            for (int i = 0; i < count; i++) {
                entries[i] =
                        entries[i].or(BigInteger.valueOf(bytes[at++] & 0xFF).shiftLeft(8 * plane));
            }
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            if (head >> 4 == 2) {
                BigInteger half = entries[i].shiftRight(1);
                base = base.add(entries[i].testBit(0) ? half.not() : half).mod(TWO_64);
                values[i] = base.longValue();
            } else {
                values[i] = base.add(entries[i]).mod(TWO_64).longValue();
            }
        }
        return values;
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value).mod(TWO_64);
    }

    private long number() {
        BigInteger value = BigInteger.ZERO;
        for (int shift = 0; ; shift += 7) {
            int b = bytes[at++] & 0xFF;
            value = value.or(BigInteger.valueOf(b & 0x7F).shiftLeft(shift));
            if (b < 0x80) {
                return value.longValue();
            }
        }
    }

    private String text() {
        int length = (int) number();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    private int four() {
        at += 4;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at - 4);
    }

    private long eight() {
        at += 8;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at - 8);
    }

    private UUID uuid() {
        at += 16;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new UUID(in.getLong(at - 16), in.getLong(at - 8));
    }

    private static byte[] inflate(byte[] file, int from, int to, int length) {
        Inflater inflater = new Inflater(true);
        try {
            byte[] plain = new byte[length];
            inflater.setInput(file, from, to - from);
            expect(length, length == 0 ? 0 : inflater.inflate(plain), "inflated");
            return plain;
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    private static void expect(Object expected, Object found, String what) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }
}

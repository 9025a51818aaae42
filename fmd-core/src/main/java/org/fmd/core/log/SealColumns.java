// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;

/**
 * Gathers what a sealed file keeps apart from its bodies: six columns for each block, the devices, and the index over both. Made
 * when a file is sealed, and made again from the blocks when it was damaged. Not thread-safe.
 */
final class SealColumns {

    /** The three parts, in their order in the file. */
    static final class Parts {
        private final byte[] columns;
        private final byte[] devices;
        private final byte[] index;

        private Parts(byte[] columns, byte[] devices, byte[] index) {
            this.columns = columns;
            this.devices = devices;
            this.index = index;
        }

        byte[] columns() {
            return columns;
        }

        byte[] devices() {
            return devices;
        }

        byte[] index() {
            return index;
        }
    }

    private final Map<String, Long> classes = new LinkedHashMap<>();
    private final Map<UUID, Long> uuids = new LinkedHashMap<>();
    private final Map<List<String>, Long> devices = new LinkedHashMap<>();
    private final Packed columns = new Packed();
    private final Packed blocks = new Packed();
    private int blockCount;
    private long place = LogHeader.START;

    private long[][] rows = new long[6][64];
    private int rowCount;
    private long first;
    private long end;
    private long before;
    private long earliest;
    private long latest;
    private long records;
    private long earliestOfAll = -1L;
    private long latestOfAll;

    SealColumns() {
        devices.put(List.of(), 0L);
    }

    void add(long offset, int length, long time, UUID uuid, String eventClass, List<String> names) {
        if (rowCount == rows[0].length) {
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Arrays.copyOf(rows[i], 2 * rowCount);
            }
        }
        if (rowCount == 0) {
            first = offset;
            end = offset;
            earliest = time;
            latest = time;
        }
        rows[0][rowCount] = numberOf(classes, eventClass);
        rows[1][rowCount] = numberOf(devices, names);
        rows[2][rowCount] = numberOf(uuids, uuid);
        rows[3][rowCount] = time;
        rows[4][rowCount] = length;
        rows[5][rowCount++] = offset - end;
        end = offset + length;
        earliest = Long.compareUnsigned(time, earliest) < 0 ? time : earliest;
        latest = Long.compareUnsigned(time, latest) > 0 ? time : latest;
        earliestOfAll = Long.compareUnsigned(time, earliestOfAll) < 0 ? time : earliestOfAll;
        latestOfAll = Long.compareUnsigned(time, latestOfAll) > 0 ? time : latestOfAll;
        records++;
    }

    private static <T> long numberOf(Map<T, Long> numbers, T key) {
        Long known = numbers.get(key);
        if (known == null) {
            known = (long) numbers.size();
            numbers.put(key, known);
        }
        return known;
    }

    /** Ends a block, which stands at a place of the file and has a length there. */
    void endBlock(long at, int length) {
        Packed chunk = new Packed();
        for (long[] column : rows) {
            chunk.column(column, rowCount);
        }
        byte[] bytes = chunk.toBytes();
        columns.put(bytes);
        blocks.number(at - place)
                .number(length)
                .number(first - before)
                .number(end - first)
                .number(rowCount);
        blocks.put8(earliest).put8(latest).number(bytes.length).put4(BlockFrame.checksum(bytes));
        int[] counts = new int[classes.size()];
        int different = 0;
        for (int i = 0; i < rowCount; i++) {
            different += counts[(int) rows[0][i]]++ == 0 ? 1 : 0;
        }
        blocks.number(different);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                blocks.number(i).number(counts[i]);
            }
        }
        blockCount++;
        place = at + length;
        before = end;
        rowCount = 0;
    }

    long records() {
        return records;
    }

    long earliest() {
        return earliestOfAll;
    }

    long latest() {
        return latestOfAll;
    }

    /** Everything, for a file whose blocks end at a place. */
    Parts finish(long columnsAt) {
        Packed names = new Packed().number(devices.size());
        for (List<String> device : devices.keySet()) {
            names.number(device.size());
            for (String name : device) {
                names.sized(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] plain = names.toBytes();
        byte[] packed = deflated(plain);
        Packed index = new Packed();
        index.number(classes.size());
        for (String eventClass : classes.keySet()) {
            index.sized(eventClass.getBytes(StandardCharsets.UTF_8));
        }
        index.number(uuids.size());
        for (UUID uuid : uuids.keySet()) {
            index.put8(Long.reverseBytes(uuid.getMostSignificantBits()))
                    .put8(Long.reverseBytes(uuid.getLeastSignificantBits()));
        }
        index.number(columnsAt).number(columns.size());
        index.number(devices.size()).number(packed.length).number(plain.length).put4(BlockFrame.checksum(packed));
        index.number(blockCount).put(blocks.toBytes());
        return new Parts(columns.toBytes(), packed, index.toBytes());
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            byte[] packed = new byte[plain.length + plain.length / 1000 + 64];
            deflater.setInput(plain);
            deflater.finish();
            return Arrays.copyOf(packed, deflater.deflate(packed));
        } finally {
            deflater.end();
        }
    }

    /** Adds all records of a block that was read. */
    void addBlock(BlockRows block, long at, int length) {
        for (int row = 0; row < block.count(); row++) {
            byte[] body = block.body(row);
            String eventClass = block.eventClass(row);
            int size = RecordCodec.ENVELOPE + eventClass.getBytes(StandardCharsets.UTF_8).length + body.length;
            add(block.offset(row), size, block.timeNanos(row), block.uuid(row), eventClass, DeviceNames.of(body));
        }
        endBlock(at, length);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.fmd.core.log.Unpacked.Malformed;

/** The six columns of one block: what is known of its records without their bodies. Immutable. */
final class SealedColumns {

    private final SealIndex index;
    private final long[] classes;
    private final long[] devices;
    private final long[] uuids;
    private final long[] times;
    private final long[] lengths;
    private final long[] offsets;

    SealedColumns(byte[] bytes, SealIndex index, SealIndex.Block block) throws Malformed {
        this.index = index;
        Unpacked in = new Unpacked(bytes, 0, bytes.length);
        classes = in.column(block.rows);
        devices = in.column(block.rows);
        uuids = in.column(block.rows);
        times = in.column(block.rows);
        lengths = in.column(block.rows);
        offsets = in.column(block.rows);
        long at = block.first;
        for (int i = 0; i < block.rows; i++) {
            requireBelow(classes[i], index.classes.length);
            requireBelow(uuids[i], index.uuids.length);
            requireBelow(devices[i], index.deviceCount);
            requireBelow(lengths[i], RecordCodec.MAX_RECORD + 1L);
            offsets[i] += at;
            at = offsets[i] + lengths[i];
        }
        if (at != block.end || in.left() != 0) {
            throw new Malformed("its columns do not fit the block");
        }
    }

    private SealedColumns(SealIndex index, int count) {
        this.index = index;
        classes = new long[count];
        devices = new long[count];
        uuids = new long[count];
        times = new long[count];
        lengths = new long[count];
        offsets = new long[count];
    }

    static SealedColumns empty(SealIndex index) {
        return new SealedColumns(index, 0);
    }

    /** The columns of a block made anew from its records, in the numbers of an index. */
    static SealedColumns of(BlockRows rows, SealIndex index, List<List<String>> names) {
        SealedColumns made = new SealedColumns(index, rows.count());
        for (int i = 0; i < rows.count(); i++) {
            made.classes[i] = Math.max(0, Arrays.asList(index.classes).indexOf(rows.eventClass(i)));
            made.devices[i] = Math.max(0, names.indexOf(DeviceNames.of(rows.body(i))));
            made.uuids[i] = Math.max(0, Arrays.asList(index.uuids).indexOf(rows.uuid(i)));
            made.times[i] = rows.timeNanos(i);
            made.lengths[i] = rows.length(i);
            made.offsets[i] = rows.offset(i);
        }
        return made;
    }

    private static void requireBelow(long value, long limit) throws Malformed {
        if (value < 0 || value >= limit) {
            throw new Malformed("there is no number " + value + " of " + limit);
        }
    }

    int count() {
        return offsets.length;
    }

    int classNumber(int row) {
        return (int) classes[row];
    }

    String eventClass(int row) {
        return index.classes[(int) classes[row]];
    }

    int uuidNumber(int row) {
        return (int) uuids[row];
    }

    UUID uuid(int row) {
        return index.uuids[(int) uuids[row]];
    }

    int device(int row) {
        return (int) devices[row];
    }

    long timeNanos(int row) {
        return times[row];
    }

    int length(int row) {
        return (int) lengths[row];
    }

    long offset(int row) {
        return offsets[row];
    }

    /** The record that begins at an offset; negative if none does. */
    int rowAt(long offset) {
        return BlockRows.search(offsets, offsets.length, offset);
    }
}

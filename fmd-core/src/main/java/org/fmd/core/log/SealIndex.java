// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.fmd.core.log.Unpacked.Malformed;

/** The index of a sealed file: its blocks, and what classes and cases occur in it. Immutable once read. */
final class SealIndex {

    final String[] classes;
    final UUID[] uuids;
    final int deviceCount;
    final long devicesAt;
    final int devicesLength;
    final int devicesPlain;
    final int devicesCrc;

    /** One block: place and length in the file, offsets of the records, times, and its columns. */
    static final class Block {
        long at;
        int length;
        long first;
        long end;
        int rows;
        long earliest;
        long latest;
        long columnsAt;
        int columnsLength;
        int columnsCrc;
        int[] classes = {};
        int[] counts = {};
    }

    final Block[] blocks;

    /** Reads the index of a file; whatever is in the bytes, every place in the result lies within the given bounds. */
    SealIndex(byte[] bytes, long columnsAt, long indexAt) throws Malformed {
        Unpacked in = new Unpacked(bytes, 0, bytes.length);
        classes = new String[in.number(bytes.length, "classes")];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = new String(in.sized(), StandardCharsets.UTF_8);
        }
        uuids = new UUID[in.number(bytes.length / 16, "cases")];
        for (int i = 0; i < uuids.length; i++) {
            uuids[i] = in.takeUuid();
        }
        long place = in.number();
        long columnsLength = in.number();
        deviceCount = in.number(1 << 28, "devices");
        devicesLength = in.number(Integer.MAX_VALUE, "bytes of devices");
        devicesPlain = in.number(1 << 28, "bytes of devices");
        devicesCrc = in.take4();
        devicesAt = place + columnsLength;
        if (place != columnsAt || columnsLength < 0 || devicesAt + devicesLength != indexAt) {
            throw new Malformed("its parts do not follow each other");
        }
        blocks = new Block[in.number(bytes.length, "blocks")];
        long at = LogHeader.START;
        long end = 0;
        for (int i = 0; i < blocks.length; i++) {
            Block block = new Block();
            at += in.number();
            block.at = at;
            block.length = in.number(BlockFrame.MAX, "bytes of a block");
            at += block.length;
            block.first = end + in.number();
            end = block.first + in.number();
            block.end = end;
            block.rows = in.number(BlockRows.MAX_ROWS, "records");
            block.earliest = in.take8();
            block.latest = in.take8();
            block.columnsAt = place;
            block.columnsLength = in.number(1 << 24, "bytes of columns");
            block.columnsCrc = in.take4();
            place += block.columnsLength;
            int different = in.number(classes.length, "classes");
            block.classes = new int[different];
            block.counts = new int[different];
            for (int k = 0; k < different; k++) {
                block.classes[k] = in.number(classes.length - 1L, "classes");
                block.counts[k] = in.number(block.rows, "records");
            }
            if (at > columnsAt || block.at < LogHeader.START || place > devicesAt) {
                throw new Malformed("a block lies outside of the file");
            }
            blocks[i] = block;
        }
    }

    /** The names of each device. */
    List<List<String>> devices(byte[] packed) throws Malformed {
        byte[] plain = BlockFrame.inflate(packed, 0, packed.length, devicesPlain);
        Unpacked in = new Unpacked(plain, 0, plain.length);
        int count = in.number(plain.length, "devices");
        if (count != deviceCount) {
            throw new Malformed(count + " devices are there, not " + deviceCount);
        }
        List<List<String>> devices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int names = in.number(plain.length, "names");
            List<String> device = new ArrayList<>(Math.min(names, 16));
            for (int k = 0; k < names; k++) {
                device.add(new String(in.sized(), StandardCharsets.UTF_8));
            }
            devices.add(device);
        }
        return devices;
    }
}

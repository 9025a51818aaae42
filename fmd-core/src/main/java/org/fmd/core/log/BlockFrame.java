// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.fmd.core.log.Unpacked.Malformed;

/**
 * What stands before the compressed records of a block: enough to find the block, and to trust it, without the index. Not
 * thread-safe.
 */
final class BlockFrame {

    /** The mark F5 'f' 'm' 'b'. */
    static final int MARK = 0x62_6D_66_F5;

    /** Bytes before what is compressed. */
    static final int SIZE = 40;

    /** Longest block, frame included. */
    static final int MAX = 8 << 20;

    /** Longest block before it is compressed. */
    private static final int MAX_PLAIN = 64 << 20;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer place = ByteBuffer.allocate(24);

    BlockFrame(UUID id) {
        place.putLong(0, id.getMostSignificantBits()).putLong(8, id.getLeastSignificantBits());
    }

    /** A whole block for a place in the file. */
    byte[] wrap(byte[] plain, long first, long end, int records, long at) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        byte[] packed = new byte[plain.length + plain.length / 1000 + 64];
        int length;
        try {
            deflater.setInput(plain);
            deflater.finish();
            length = deflater.deflate(packed);
            if (!deflater.finished()) {
                throw new AssertionError("deflate took more than its bound for " + plain.length + " bytes");
            }
        } finally {
            deflater.end();
        }
        ByteBuffer block = ByteBuffer.allocate(SIZE + length).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(0, MARK).putInt(4, SIZE + length).putInt(12, checksum(packed, 0, length));
        block.putLong(16, first).putLong(24, end).putInt(32, records).putInt(36, plain.length);
        block.put(SIZE, packed, 0, length);
        block.putInt(8, headChecksum(block.array(), 0, at));
        return block.array();
    }

    /** Whether a frame begins at an index of the bytes, which hold all of it, for a place in the file. */
    boolean isFrame(byte[] bytes, int index, long at) {
        ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = block.getInt(index + 4);
        return block.getInt(index) == MARK
                && length >= SIZE
                && length <= MAX
                && block.getInt(index + 36) >= 0
                && block.getInt(index + 36) <= MAX_PLAIN
                && block.getInt(index + 8) == headChecksum(bytes, index, at);
    }

    static int length(byte[] block) {
        return intAt(block, 4);
    }

    static int records(byte[] block) {
        return intAt(block, 32);
    }

    static long first(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getLong(16);
    }

    static long end(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
    }

    /** Whether a block, which is there in its whole length, is as it was written. */
    boolean isSound(byte[] block, long at) {
        return block.length >= SIZE
                && isFrame(block, 0, at)
                && length(block) == block.length
                && intAt(block, 12) == checksum(block, SIZE, block.length);
    }

    /** The records of a sound block. */
    static BlockRows rows(byte[] block) throws Malformed {
        byte[] plain = inflate(block, SIZE, block.length, intAt(block, 36));
        BlockRows rows = BlockRows.of(plain);
        if (rows.count() != records(block)) {
            throw new Malformed(rows.count() + " records are there, not " + records(block));
        }
        return rows;
    }

    static byte[] inflate(byte[] packed, int from, int to, int length) throws Malformed {
        Inflater inflater = new Inflater(true);
        try {
            byte[] plain = new byte[length];
            inflater.setInput(packed, from, to - from);
            int got = 0;
            while (got < length) {
                int more = inflater.inflate(plain, got, length - got);
                if (more <= 0) {
                    throw new Malformed("it inflates to " + got + " bytes, not " + length);
                }
                got += more;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new Malformed("it cannot be inflated");
        } finally {
            inflater.end();
        }
    }

    static int checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, bytes.length);
        return (int) sum.getValue();
    }

    private int checksum(byte[] bytes, int from, int to) {
        crc.reset();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private int headChecksum(byte[] bytes, int index, long at) {
        place.putLong(16, Long.reverseBytes(at)).clear();
        crc.reset();
        crc.update(place);
        crc.update(bytes, index, 8);
        crc.update(bytes, index + 12, SIZE - 12);
        return (int) crc.getValue();
    }

    private static int intAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }
}

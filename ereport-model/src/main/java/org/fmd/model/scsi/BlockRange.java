// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.OptionalLong;

/** Where a CDB keeps its logical block address and its number of blocks: one constant for each layout of SBC-5. */
enum BlockRange {
    /** The command addresses no blocks. */
    NONE(0, 0, 0, 0, Zero.NOTHING),
    /** READ(6), WRITE(6): 21 bits of address, and a count of 0 is 256. */
    SIX(1, 3, 4, 1, Zero.BLOCKS_256),
    TEN(2, 4, 7, 2, Zero.NOTHING),
    /** As {@link #TEN}, 0 is everything up to the last block. */
    TEN_TO_END(2, 4, 7, 2, Zero.TO_END),
    TWELVE(2, 4, 6, 4, Zero.NOTHING),
    SIXTEEN(2, 8, 10, 4, Zero.NOTHING),
    SIXTEEN_TO_END(2, 8, 10, 4, Zero.TO_END),
    /** XDWRITE EXTENDED(16): a 32-bit address, a secondary address, then the count. */
    SIXTEEN_EXTENDED(2, 4, 10, 4, Zero.NOTHING),
    /** WRITE ATOMIC(16), WRITE STREAM(16). */
    SIXTEEN_SHORT_COUNT(2, 8, 12, 2, Zero.NOTHING),
    /** COMPARE AND WRITE. */
    SIXTEEN_OCTET_COUNT(2, 8, 13, 1, Zero.NOTHING),
    THIRTY_TWO(12, 8, 28, 4, Zero.NOTHING),
    THIRTY_TWO_TO_END(12, 8, 28, 4, Zero.TO_END),
    /** READ LONG, WRITE LONG: one block, whatever the octets. */
    TEN_ONE_BLOCK(2, 4, 0, 0, Zero.ONE_BLOCK),
    SIXTEEN_ONE_BLOCK(2, 8, 0, 0, Zero.ONE_BLOCK),
    /** An address, and no number of blocks: seeks, status queries, zones. */
    SIX_POINT(1, 3, 0, 0, Zero.UNKNOWN),
    TEN_POINT(2, 4, 0, 0, Zero.UNKNOWN),
    SIXTEEN_POINT(2, 8, 0, 0, Zero.UNKNOWN),
    THIRTY_TWO_POINT(12, 8, 0, 0, Zero.UNKNOWN);

    private enum Zero {
        NOTHING,
        BLOCKS_256,
        TO_END,
        ONE_BLOCK,
        UNKNOWN
    }

    private static final int SIX_ADDRESS_MASK = 0x1f_ffff;

    private final int lbaAt;
    private final int lbaSize;
    private final int countAt;
    private final int countSize;
    private final Zero zero;

    BlockRange(int lbaAt, int lbaSize, int countAt, int countSize, Zero zero) {
        this.lbaAt = lbaAt;
        this.lbaSize = lbaSize;
        this.countAt = countAt;
        this.countSize = countSize;
        this.zero = zero;
    }

    /** The first block, an unsigned number; empty if there is none. */
    OptionalLong lba(Octets cdb) {
        if (lbaSize == 0 || !cdb.has(lbaAt, lbaSize)) {
            return OptionalLong.empty();
        }
        long address = cdb.uint(lbaAt, lbaSize);
        return OptionalLong.of(lbaSize == 3 ? address & SIX_ADDRESS_MASK : address);
    }

    /** How many blocks, with 0 as it stands; empty if the CDB does not say. */
    OptionalLong blocks(Octets cdb) {
        if (zero == Zero.ONE_BLOCK) {
            return OptionalLong.of(1);
        }
        if (countSize == 0 || !cdb.has(countAt, countSize)) {
            return OptionalLong.empty();
        }
        long count = cdb.uint(countAt, countSize);
        return OptionalLong.of(count == 0 && zero == Zero.BLOCKS_256 ? 256 : count);
    }

    /** Whether a count of 0 means all blocks from the address to the last one. */
    boolean reachesToEnd(Octets cdb) {
        return zero == Zero.TO_END && cdb.has(countAt, countSize) && cdb.uint(countAt, countSize) == 0;
    }
}

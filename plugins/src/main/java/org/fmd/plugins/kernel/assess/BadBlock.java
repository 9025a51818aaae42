// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.util.Optional;
import java.util.OptionalLong;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.OpCode;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.jspecify.annotations.Nullable;

/**
 * Where on the medium a command failed.
 *
 * <p>The block layer's line names the first sector that it could not deliver, in units of 512 bytes. The kernel takes that
 * from the sense information only if the adapter told a residual count; else it is the first sector of the request. So a
 * sector inside the command's range, but not its first, is the bad one; the first one is only the start of a range in which
 * the bad one lies, unless the range is one block long (kernel channel reference §3).
 *
 * @param lba logical block, unsigned
 * @param exact whether it is the block itself, not the start of a range
 */
public record BadBlock(long lba, boolean exact) {
    private static final int SECTOR = 512;

    /** Sizes of a logical block that the disk driver of Linux accepts, the common ones first. */
    private static final int[] SIZES = {512, 4096, 1024, 2048};

    /** Returns the place, empty if the command addresses no blocks or nothing is told; the device's own word comes first. */
    static Optional<BadBlock> of(Command command, int blockSize) {
        Command.Sense sense = command.sense();
        if (sense != null && sense.information().isPresent()) {
            long told = sense.information().getAsLong();
            boolean possible = Cdb.parse(command.cdb())
                    .toOptional()
                    .map(cdb -> cdb.addressesBlocks() && cdb.covers(told))
                    .orElse(false);
            if (possible) {
                return Optional.of(new BadBlock(told, true));
            }
        }
        return of(command.cdb(), command.block(), blockSize);
    }

    /**
     * Returns the place, empty if the command addresses no blocks or nothing is told.
     *
     * @param cdb empty if it was not told
     * @param blockSize bytes in a logical block, 0 if not known
     */
    public static Optional<BadBlock> of(Octets cdb, @Nullable BlockError block, int blockSize) {
        Optional<Cdb> command =
                cdb.length() == 0 ? Optional.empty() : Cdb.parse(cdb).toOptional();
        if (command.isEmpty()) {
            return block == null ? Optional.empty() : ofSector(block.sector(), blockSize);
        }
        OptionalLong first = command.get().lba();
        boolean aboutBlocks =
                command.get().access() != OpCode.Access.NONE && command.get().access() != OpCode.Access.FLUSH;
        if (first.isEmpty() || !aboutBlocks) {
            return Optional.empty();
        }
        OptionalLong named =
                block == null ? OptionalLong.empty() : logicalBlock(command.get(), block.sector(), blockSize);
        boolean single = command.get().blocks().orElse(0) == 1;
        if (named.isPresent() && named.getAsLong() != first.getAsLong()) {
            return Optional.of(new BadBlock(named.getAsLong(), true));
        }
        return Optional.of(new BadBlock(first.getAsLong(), named.isPresent() && single));
    }

    /** Without the command nothing tells how far the request went. */
    private static Optional<BadBlock> ofSector(long sector, int blockSize) {
        if (sector < 0) {
            return Optional.empty();
        }
        return Optional.of(new BadBlock(blockSize == 0 ? sector : sector * SECTOR / blockSize, false));
    }

    /** Returns whether the request of a block line can be the one of the command. */
    static boolean canBelongTo(Octets cdb, BlockError block) {
        Optional<Cdb> command =
                cdb.length() == 0 ? Optional.empty() : Cdb.parse(cdb).toOptional();
        // A flush has no sector, and its line says -1.
        return command.isEmpty()
                || block.sector() < 0
                || !command.get().addressesBlocks()
                || logicalBlock(command.get(), block.sector(), 0).isPresent();
    }

    private static OptionalLong logicalBlock(Cdb command, long sector, int blockSize) {
        for (int size : blockSize == 0 ? SIZES : new int[] {blockSize}) {
            long perBlock = Math.max(1, size / SECTOR);
            if (sector >= 0 && command.covers(sector / perBlock)) {
                return OptionalLong.of(sector / perBlock);
            }
        }
        return OptionalLong.empty();
    }
}

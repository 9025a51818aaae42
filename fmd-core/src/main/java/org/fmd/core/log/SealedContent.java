// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fmd.core.log.Unpacked.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * Brings the parts of a sealed file into memory when they are asked for, and makes up for those that are damaged. Each damage is
 * told once. Not thread-safe.
 */
final class SealedContent {

    private static final int CHUNK = 256 << 10;

    private final LogFile file;
    private final String path;
    private final LogSeal seal;
    private final BlockFrame frame;
    private final Consumer<Damage> damage;

    private final SealIndex index;
    private final SealColumns.@Nullable Parts remade;
    private final boolean[] blockTold;
    private @Nullable List<List<String>> devices;
    private int lastRead = -1;
    private byte @Nullable [] lastBlock;

    private SealedContent(
            LogFile file,
            String path,
            LogSeal seal,
            BlockFrame frame,
            Consumer<Damage> damage,
            SealIndex index,
            SealColumns.@Nullable Parts remade) {
        this.file = file;
        this.path = path;
        this.seal = seal;
        this.frame = frame;
        this.damage = damage;
        this.index = index;
        this.remade = remade;
        this.blockTold = new boolean[index.blocks.length];
    }

    /** Reads the index, or makes it again from the blocks. */
    static SealedContent read(LogFile file, String path, LogHeader header, LogSeal seal, Consumer<Damage> damage)
            throws IOException {
        BlockFrame frame = new BlockFrame(header.id());
        long size = file.size();
        if (size < seal.length()) {
            damage.accept(new Damage(
                    path, size, seal.length() - size, "the file ends here, " + seal.length() + " bytes were written"));
        }
        byte[] bytes = seal.indexLength() < 0 ? null : bytes(file, seal.index(), seal.indexLength());
        String flaw = "the index is not there";
        if (bytes != null) {
            try {
                if (BlockFrame.checksum(bytes) != seal.indexCrc()) {
                    throw new Malformed("the checksum of the index does not match");
                }
                SealIndex index = new SealIndex(bytes, seal.columns(), seal.index());
                return new SealedContent(file, path, seal, frame, damage, index, null);
            } catch (Malformed e) {
                flaw = String.valueOf(e.getMessage());
            }
        }
        if (size >= seal.length()) {
            damage.accept(new Damage(
                    path, seal.index(), Integer.toUnsignedLong(seal.indexLength()), flaw + "; it is made again"));
        }
        SealColumns made = remade(file, path, seal, frame, damage);
        SealColumns.Parts parts = made.finish(seal.columns());
        try {
            long indexAt = seal.columns() + parts.columns().length + parts.devices().length;
            SealIndex index = new SealIndex(parts.index(), seal.columns(), indexAt);
            return new SealedContent(file, path, seal, frame, damage, index, parts);
        } catch (Malformed e) {
            throw new AssertionError("an index just made cannot be read", e);
        }
    }

    /** Walks over all blocks, looking for the next one behind damage. */
    private static SealColumns remade(
            LogFile file, String path, LogSeal seal, BlockFrame frame, Consumer<Damage> damage) throws IOException {
        SealColumns made = new SealColumns();
        long end = Math.min(seal.columns(), file.size());
        long at = LogHeader.START;
        long bad = -1;
        String flaw = "";
        while (at < end) {
            byte[] head = at + BlockFrame.SIZE <= end ? bytes(file, at, BlockFrame.SIZE) : null;
            boolean isFrame = head != null && frame.isFrame(head, 0, at);
            byte[] block = head != null && isFrame ? bytes(file, at, BlockFrame.length(head)) : null;
            if (block != null && frame.isSound(block, at)) {
                try {
                    made.addBlock(BlockFrame.rows(block), at, block.length);
                    if (bad >= 0) {
                        damage.accept(new Damage(path, bad, at - bad, flaw));
                        bad = -1;
                    }
                    at += block.length;
                    continue;
                } catch (Malformed e) {
                    flaw = bad < 0 ? String.valueOf(e.getMessage()) : flaw;
                }
            }
            if (bad < 0) {
                bad = at;
                flaw = flaw.isEmpty() ? "no sound block is here" : flaw;
            }
            at = isFrame && head != null ? at + BlockFrame.length(head) : nextFrame(file, frame, at + 1, end);
        }
        if (bad >= 0) {
            damage.accept(new Damage(path, bad, end - bad, flaw));
        }
        return made;
    }

    /** The next place with a frame that is right, or the end. */
    private static long nextFrame(LogFile file, BlockFrame frame, long from, long end) throws IOException {
        byte first = (byte) BlockFrame.MARK;
        for (long at = from; at < end; ) {
            int length = (int) Math.min(CHUNK, end - at);
            byte[] bytes = bytes(file, at, length);
            if (bytes == null) {
                return end;
            }
            for (int i = 0; i + BlockFrame.SIZE <= length; i++) {
                if (bytes[i] == first && frame.isFrame(bytes, i, at + i)) {
                    return at + i;
                }
            }
            if (length < CHUNK) {
                return end;
            }
            at += length - BlockFrame.SIZE + 1;
        }
        return end;
    }

    SealIndex index() {
        return index;
    }

    /** The columns of a block, from it if they are damaged; empty ones if both are. */
    SealedColumns columns(int number) throws IOException {
        SealIndex.Block block = index.blocks[number];
        byte[] bytes = remade == null
                ? bytes(file, block.columnsAt, block.columnsLength)
                : part(remade.columns(), block.columnsAt - seal.columns(), block.columnsLength);
        String flaw = "the columns are not there";
        if (bytes != null) {
            try {
                if (BlockFrame.checksum(bytes) != block.columnsCrc) {
                    throw new Malformed("the checksum of columns does not match");
                }
                return new SealedColumns(bytes, index, block);
            } catch (Malformed e) {
                flaw = String.valueOf(e.getMessage());
            }
        }
        damage.accept(new Damage(path, block.columnsAt, block.columnsLength, flaw + "; they are made again"));
        BlockRows rows = rows(number);
        return rows == null ? SealedColumns.empty(index) : SealedColumns.of(rows, index, devices());
    }

    /** The names of the devices; nothing if they are damaged, and cannot be made again. */
    List<List<String>> devices() throws IOException {
        List<List<String>> known = devices;
        if (known == null) {
            known = readDevices();
            devices = known;
        }
        return known;
    }

    private List<List<String>> readDevices() throws IOException {
        byte[] bytes = remade == null ? bytes(file, index.devicesAt, index.devicesLength) : remade.devices();
        String flaw = "the devices are not there";
        if (bytes != null) {
            try {
                if (BlockFrame.checksum(bytes) != index.devicesCrc) {
                    throw new Malformed("the checksum of the devices does not match");
                }
                return index.devices(bytes);
            } catch (Malformed e) {
                flaw = String.valueOf(e.getMessage());
            }
        }
        damage.accept(new Damage(path, index.devicesAt, index.devicesLength, flaw + "; they are made again"));
        return devicesOfBlocks();
    }

    /** Goes through all records for the names of the devices in them. */
    private List<List<String>> devicesOfBlocks() throws IOException {
        List<List<String>> found = new ArrayList<>();
        for (int i = 0; i < index.deviceCount; i++) {
            found.add(List.of());
        }
        for (int number = 0; number < index.blocks.length; number++) {
            BlockRows rows = rows(number);
            SealIndex.Block block = index.blocks[number];
            byte[] bytes = bytes(file, block.columnsAt, block.columnsLength);
            if (rows == null || bytes == null || BlockFrame.checksum(bytes) != block.columnsCrc) {
                continue;
            }
            try {
                SealedColumns columns = new SealedColumns(bytes, index, block);
                for (int i = 0; i < Math.min(rows.count(), columns.count()); i++) {
                    if (found.get(columns.device(i)).isEmpty()) {
                        found.set(columns.device(i), DeviceNames.of(rows.body(i)));
                    }
                }
            } catch (Malformed e) {
                // told when somebody asks for these columns
            }
        }
        return found;
    }

    /** A block as it was written; null if it is damaged, which is told. */
    byte @Nullable [] block(int number) {
        if (lastRead == number) {
            return lastBlock;
        }
        SealIndex.Block block = index.blocks[number];
        byte[] bytes = null;
        boolean sound = false;
        try {
            bytes = bytes(file, block.at, block.length);
            sound = bytes != null && frame.isSound(bytes, block.at);
            if (!sound) {
                tell(number, "the checksum of a block with " + block.rows + " records does not match");
            }
        } catch (IOException e) {
            tell(number, "a block with " + block.rows + " records cannot be read: " + e.getMessage());
        }
        lastRead = number;
        lastBlock = sound ? bytes : null;
        return lastBlock;
    }

    /** The records of a block; null if it is damaged, which is told. */
    @Nullable
    BlockRows rows(int number) {
        byte[] bytes = block(number);
        if (bytes == null) {
            return null;
        }
        try {
            return BlockFrame.rows(bytes);
        } catch (Malformed e) {
            tell(number, "a block cannot be read: " + e.getMessage());
            return null;
        }
    }

    private void tell(int number, String reason) {
        if (!blockTold[number]) {
            blockTold[number] = true;
            damage.accept(new Damage(path, index.blocks[number].at, index.blocks[number].length, reason));
        }
    }

    private static byte @Nullable [] part(byte[] bytes, long from, int length) {
        if (from < 0 || from + length > bytes.length) {
            return null;
        }
        byte[] part = new byte[length];
        System.arraycopy(bytes, (int) from, part, 0, length);
        return part;
    }

    /** Bytes of the file; null if it has not as many. */
    private static byte @Nullable [] bytes(LogFile file, long at, int length) throws IOException {
        if (at < 0 || at + length > file.size()) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) <= 0) {
                return null;
            }
        }
        return buffer.array();
    }
}

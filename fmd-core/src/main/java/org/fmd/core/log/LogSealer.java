// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.fmd.core.log.Unpacked.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * Seals a file that is no longer written: puts in its place one with the same records, compressed and with an index.
 *
 * <pre>
 *   errlog-00000007 ──read──▶ errlog-00000007+ ──compare──▶ sync ──▶ rename over errlog-00000007 ──▶ sync names
 * </pre>
 *
 * <p>A crash leaves the old file or the new one, whole. Whoever has the old file open goes on reading it. What could not be read
 * in the old file is not in the new one; a file with such damage is kept beside it as {@code errlog.bad.0}.
 */
public final class LogSealer {

    /** Records of a block: more compress better, and a damaged block takes them all along. */
    private static final int BLOCK_ROWS = 256;

    private static final int BLOCK_BYTES = 1 << 20;

    private final LogFiles files;
    private final String name;
    private final LogFile out;
    private final LogHeader header;
    private final BlockWriter writer = new BlockWriter();
    private final SealColumns columns = new SealColumns();
    private final List<LogRecord> pending = new ArrayList<>();
    private final BlockFrame frame;
    private final int blockRows;
    private int pendingBytes;
    private long at = LogHeader.START;

    private LogSealer(LogFiles files, String name, LogFile out, LogHeader header, int blockRows) {
        this.files = files;
        this.name = name;
        this.out = out;
        this.header = header;
        this.frame = new BlockFrame(header.id());
        this.blockRows = blockRows;
    }

    /**
     * Seals one file, if it is not sealed yet.
     *
     * @return what was damaged in it, and is therefore not in the sealed one
     * @throws LogException when no header can be read, or it is one of a newer or incompatible format
     * @throws IOException when the file system refuses; the file is then as it was
     */
    public static List<Damage> seal(LogFiles files, String name) throws IOException {
        return seal(files, name, BLOCK_ROWS);
    }

    static List<Damage> seal(LogFiles files, String name, int blockRows) throws IOException {
        LogHeader header = LogHeader.peek(files, name);
        if (header.isSealed()) {
            return List.of();
        }
        String unborn = name + "+";
        List<Damage> damage = new ArrayList<>();
        try (LogFile in = files.open(name, LogFiles.Mode.READ);
                LogFile out = files.open(unborn, LogFiles.Mode.CREATE);
                RecordScanner scanner = new RecordScanner(
                        in,
                        files.path(name),
                        LogHeader.read(in, files.path(name)).header(),
                        true,
                        damage::add)) {
            scanner.seal();
            new LogSealer(files, name, out, header, blockRows).write(scanner, damage);
            out.force();
        } catch (IOException e) {
            discard(files, unborn, e);
            throw e;
        }
        if (!damage.isEmpty()) {
            keep(files, name, header);
        }
        files.rename(unborn, name);
        files.forceNames();
        return damage;
    }

    private static void discard(LogFiles files, String unborn, IOException cause) {
        try {
            files.delete(unborn);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Copies a damaged file, byte for byte, so that its place is never empty. */
    private static void keep(LogFiles files, String name, LogHeader header) throws IOException {
        String base = header.label().isEmpty() ? name : baseOf(name);
        String copy = LogHistory.makeRoom(files, base + ".bad", Integer.MAX_VALUE);
        try (LogFile from = files.open(name, LogFiles.Mode.READ);
                LogFile to = files.open(copy, LogFiles.Mode.CREATE)) {
            ByteBuffer chunk = ByteBuffer.allocate(256 << 10);
            long at = 0;
            while (from.read(chunk.clear(), at) > 0) {
                chunk.flip();
                at += writeAll(to, chunk, at);
            }
            to.force();
        }
    }

    private static String baseOf(String name) {
        int end = Math.max(name.indexOf('.'), name.indexOf('-'));
        return end < 0 ? name : name.substring(0, end);
    }

    private void write(RecordScanner scanner, List<Damage> damage) throws IOException {
        long end = header.start();
        while (scanner.advance()) {
            add(scanner.offset(), scanner.entry().record());
            end = scanner.next();
        }
        flush();
        long lost = 0;
        for (Damage each : damage) {
            lost += each.length();
        }
        SealColumns.Parts parts = columns.finish(at);
        long columnsAt = at;
        put(parts.columns());
        put(parts.devices());
        long indexAt = at;
        put(parts.index());
        LogSeal seal = new LogSeal(
                columns.records(),
                columns.earliest(),
                columns.latest(),
                Math.max(end, scanner.next()),
                lost,
                columnsAt,
                indexAt,
                parts.index().length,
                BlockFrame.checksum(parts.index()));
        writeAll(out, header.sealed(seal).encode(), 0);
    }

    private void add(long offset, LogRecord record) throws IOException {
        int length = RecordCodec.ENVELOPE
                + record.eventClass().getBytes(StandardCharsets.UTF_8).length
                + record.sharedBody().length;
        if (pendingBytes + length > BLOCK_BYTES && pendingBytes > 0) {
            flush();
        }
        writer.add(offset, record);
        columns.add(
                offset,
                length,
                record.timeNanos(),
                record.uuid(),
                record.eventClass(),
                DeviceNames.of(record.sharedBody()));
        pending.add(record);
        pendingBytes += length;
        if (pending.size() == blockRows) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (pending.isEmpty()) {
            return;
        }
        long first = writer.first();
        long end = writer.end();
        byte[] block = frame.wrap(writer.take(), first, end, pending.size(), at);
        String flaw = flaw(block);
        if (flaw != null) {
            throw new IOException("'" + files.path(name) + "' is not sealed: the records from offset " + first
                    + " on would not be the same afterwards: " + flaw);
        }
        columns.endBlock(at, block.length);
        put(block);
        pending.clear();
        pendingBytes = 0;
    }

    /** Reads a block back and compares: the original is about to go. */
    private @Nullable String flaw(byte[] block) {
        try {
            BlockRows rows = BlockFrame.rows(block);
            for (int i = 0; i < pending.size(); i++) {
                LogRecord again = LogRecord.owning(rows.timeNanos(i), rows.uuid(i), rows.eventClass(i), rows.body(i));
                if (!again.equals(pending.get(i))) {
                    return "record " + i + " reads " + again;
                }
            }
            return frame.isSound(block, at) && rows.count() == pending.size() ? null : "its frame is not right";
        } catch (Malformed e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void put(byte[] bytes) throws IOException {
        at += writeAll(out, ByteBuffer.wrap(bytes), at);
    }

    private static int writeAll(LogFile out, ByteBuffer bytes, long at) throws IOException {
        int length = bytes.remaining();
        long to = at;
        while (bytes.hasRemaining()) {
            int count = out.write(bytes, to);
            if (count <= 0) {
                throw new IOException("the system took none of " + bytes.remaining() + " bytes");
            }
            to += count;
        }
        return length;
    }
}

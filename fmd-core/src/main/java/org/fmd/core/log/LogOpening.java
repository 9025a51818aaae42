// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.fmd.core.log.LogException.Condition;
import org.jspecify.annotations.Nullable;

/**
 * How a log is opened for writing.
 *
 * <pre>
 *   no file, or an empty one ────────────────────▶ create
 *   no whole header ─────▶ rename to errlog.bad.0 ▶ create
 *   newer, incompatible, other label ────────────▶ refuse, touch nothing
 *   damage before the end ─▶ rename to errlog-… ──▶ create        still part of the history
 *   torn end ──▶ copy to errlog.torn.0 ──▶ trim ──▶ force ▶ go on
 *   whole ────────────────────────────────────────▶ force ▶ go on          file and name
 * </pre>
 */
final class LogOpening {

    /** How many torn tails are kept. */
    private static final int TORN_COPIES = 10;

    private static final int CHUNK = 64 << 10;

    /** A log ready for appending at {@code length}. */
    record Opened(LogFile file, LogHeader header, long length, List<LogNotice> notices) {}

    private final LogFiles files;
    private final LogLabel label;
    private final LogOrigin origin;
    private final LogOptions options;
    private final String name;
    private final String path;
    private final List<LogNotice> notices = new ArrayList<>();

    LogOpening(LogFiles files, LogLabel label, LogOrigin origin, LogOptions options) {
        this.files = files;
        this.label = label;
        this.origin = origin;
        this.options = options;
        this.name = label.fileName();
        this.path = files.path(name);
    }

    Opened open() throws IOException {
        LogFile file;
        try {
            file = files.open(name, LogFiles.Mode.WRITE);
        } catch (NoSuchFileException e) {
            notices.add(new LogNotice.Created(path));
            return create();
        }
        try {
            Opened opened = file.size() == 0 ? null : inspect(file);
            if (opened != null) {
                return opened;
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        file.close();
        if (notices.isEmpty()) {
            notices.add(new LogNotice.Created(path));
        }
        return create();
    }

    /** The file, made ready; null when it was set aside. */
    private @Nullable Opened inspect(LogFile file) throws IOException {
        LogHeader.Found found = headerOf(file);
        if (found == null || file.size() < found.header().start()) {
            Damage whole = new Damage(path, 0, file.size(), "no whole header");
            String movedTo = LogHistory.setAside(files, name, name + ".bad");
            notices.add(new LogNotice.SetAside(path, files.path(movedTo), whole, 1, 0));
            return null;
        }
        LogHeader header = found.header();
        if (!header.label().equals(label.text())) {
            throw new LogException(
                    Condition.WRONG_LABEL,
                    path,
                    0,
                    "'" + path + "' is a log labelled '" + header.label() + "', not '" + label.text()
                            + "'; move it away",
                    null);
        }
        if (header.isSealed()) { // put there by an administrator: it is whole, and has room for nothing more
            Damage none = new Damage(path, 0, 0, "it is sealed");
            String movedTo = LogHistory.retire(files, name);
            notices.add(new LogNotice.SetAside(path, files.path(movedTo), none, 1, records(header)));
            return null;
        }
        List<Damage> damage = new ArrayList<>(found.damage());
        if (header.compatible() != 0) {
            damage.add(new Damage(
                    path,
                    0,
                    0,
                    "it was begun by an fmd with features unknown to this one (compatible flags 0x"
                            + Integer.toHexString(header.compatible()) + ")"));
        }
        RecordScanner scanner = new RecordScanner(file, path, header, true, damage::add); // the caller closes the file
        scanner.seal();
        long kept = 0;
        while (scanner.advance()) {
            kept++;
        }
        return settle(file, header, damage, kept);
    }

    private static long records(LogHeader header) {
        LogSeal seal = header.seal();
        return seal == null ? 0 : seal.records();
    }

    /** The header; null if neither copy can be read. Throws for one that is another program's. */
    private LogHeader.@Nullable Found headerOf(LogFile file) throws IOException {
        try {
            return LogHeader.read(file, path);
        } catch (LogException e) {
            if (e.condition() == Condition.NO_HEADER) {
                return null;
            }
            throw e;
        }
    }

    private @Nullable Opened settle(LogFile file, LogHeader header, List<Damage> damage, long kept) throws IOException {
        long end = file.size();
        int first = damage.size(); // of the damaged stretches that reach to the end without a gap
        long torn = end;
        while (first > 0
                && damage.get(first - 1).end() == torn
                && damage.get(first - 1).offset() >= header.start()) {
            first--;
            torn = damage.get(first).offset();
        }
        if (first > 0) {
            String movedTo = LogHistory.retire(files, name);
            notices.add(new LogNotice.SetAside(path, files.path(movedTo), damage.get(0), damage.size(), kept));
            return null;
        }
        if (torn < end) {
            trim(file, header, torn, end, kept);
        }
        file.force(); // what a killed daemon had written but not synced is about to be acted on
        files.forceNames(); // and so is the name that it had given to the file
        return new Opened(file, header, torn, List.copyOf(notices));
    }

    private void trim(LogFile file, LogHeader header, long torn, long end, long kept) throws IOException {
        String copy = null;
        String problem = null;
        try {
            copy = copyOf(file, torn, end);
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage()); // a full disk must not keep the log from opening
        }
        long expected = new RecordScanner(file, path, header, true, ignored -> {}).expectedAt(torn);
        file.truncate(torn);
        notices.add(new LogNotice.TornTail(path, torn, end - torn, expected, kept, copy, problem));
    }

    /** Keeps what will be cut; null when it is nothing but zeros, as some file systems leave after a crash. */
    private @Nullable String copyOf(LogFile file, long from, long end) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        if (allZero(file, from, end, chunk)) {
            return null;
        }
        String copy = LogHistory.makeRoom(files, name + ".torn", TORN_COPIES);
        try (LogFile out = files.open(copy, LogFiles.Mode.CREATE)) {
            for (long at = from; at < end; ) {
                fill(file, at, end, chunk);
                long to = at - from;
                while (chunk.hasRemaining()) {
                    to += out.write(chunk, to);
                }
                at = from + to;
            }
            out.force();
        }
        files.forceNames();
        return files.path(copy);
    }

    private static boolean allZero(LogFile file, long from, long end, ByteBuffer chunk) throws IOException {
        for (long at = from; at < end; at += chunk.limit()) {
            fill(file, at, end, chunk);
            while (chunk.hasRemaining()) {
                if (chunk.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void fill(LogFile file, long at, long end, ByteBuffer chunk) throws IOException {
        chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
        if (file.read(chunk, at) <= 0) {
            throw new IOException("the file became shorter while it was read at offset " + at);
        }
        chunk.flip();
    }

    private Opened create() throws IOException {
        LogHeader header = writeUnborn(files, label, origin, options);
        files.rename(name + "+", name);
        files.forceNames();
        return new Opened(files.open(name, LogFiles.Mode.WRITE), header, LogHeader.START, List.copyOf(notices));
    }

    /** Writes a new file beside the current one: it appears under its name when its header is durable, and not before. */
    static LogHeader writeUnborn(LogFiles files, LogLabel label, LogOrigin origin, LogOptions options)
            throws IOException {
        LogHeader header =
                LogHeader.of(label, origin, options.ids().get(), options.clock().instant());
        try (LogFile file = files.open(label.fileName() + "+", LogFiles.Mode.CREATE)) {
            ByteBuffer bytes = header.encode();
            long at = 0;
            while (bytes.hasRemaining()) {
                int count = file.write(bytes, at);
                if (count <= 0) {
                    throw new IOException("the system took none of " + bytes.remaining() + " bytes of the header");
                }
                at += count;
            }
            file.force();
        }
        return header;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.fmd.core.log.LogException.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What a log file says about itself. It stands twice at the start of the file, so one damaged block does not take the file's
 * identity, and with it the history in it, away.
 *
 * @param version of the format; bytes 0 to 24 of a header keep their meaning in every version
 * @param compatible flags of features which a reader may ignore
 * @param incompatible flags of features without which the file cannot be read; a reader refuses those it does not know
 * @param start offset of the first record
 * @param id the file's UUID, the first half of each {@link org.fmd.model.event.LogRef} into it
 * @param created when the file was begun
 * @param label {@link LogLabel#text()} of the kind of log
 * @param origin who wrote it, and where
 * @param seal what a sealed file has in it; null if it is not sealed
 */
public record LogHeader(
        int version,
        int compatible,
        int incompatible,
        long start,
        UUID id,
        Instant created,
        String label,
        LogOrigin origin,
        @Nullable LogSeal seal) {

    /** The newest version that this program reads: sealed files have it. */
    public static final int VERSION = 2;

    /** The version of files which are not sealed; nothing in them has changed since. */
    static final int PLAIN_VERSION = 1;

    /** The incompatible flag of a sealed file. */
    static final int SEALED = 1;

    /** Bytes of one copy. */
    static final int COPY = 4096;

    /** Where records begin in the files that this program writes. */
    static final int START = 2 * COPY;

    private static final long MAGIC = 0x0A_47_4F_4C_44_4D_46_89L; // 89 'F' 'M' 'D' 'L' 'O' 'G' 0A, little-endian
    private static final int CRC_AT = 20;
    private static final int START_AT = 24;
    private static final int ATTRIBUTES_AT = 56;

    /** A header, and which of the two copies could not be read. */
    record Found(LogHeader header, List<Damage> damage) {}

    static LogHeader of(LogLabel label, LogOrigin origin, UUID id, Instant created) {
        return new LogHeader(PLAIN_VERSION, 0, 0, START, id, created, label.text(), origin, null);
    }

    /** Whether the file is compressed and will never change. */
    public boolean isSealed() {
        return seal != null;
    }

    /** The header of the same file when it is sealed. */
    LogHeader sealed(LogSeal content) {
        return new LogHeader(VERSION, 0, SEALED, START, id, created, label, origin, content);
    }

    /** The header of a file that is not sealed and holds the same records at the same places. */
    LogHeader plain() {
        return new LogHeader(PLAIN_VERSION, 0, 0, START, id, created, label, origin, null);
    }

    /** Reads the header of a file without reading records: the peek of {@code fmdump -H}. */
    public static LogHeader peek(LogFiles files, String name) throws IOException {
        try (LogFile file = files.open(name, LogFiles.Mode.READ)) {
            ByteBuffer first = readCopy(file, 0);
            return flaw(first) == null
                    ? decode(first, files.path(name))
                    : read(file, files.path(name)).header();
        }
    }

    /**
     * Reads the header from the first copy that is whole.
     *
     * @throws LogException {@code NO_HEADER}, {@code NEWER_VERSION} or {@code INCOMPATIBLE}
     */
    static Found read(LogFile file, String path) throws IOException {
        List<Damage> damage = new ArrayList<>();
        LogHeader header = null;
        for (int copy = 0; copy < 2; copy++) {
            ByteBuffer bytes = readCopy(file, (long) copy * COPY);
            String flaw = flaw(bytes);
            if (flaw != null) {
                damage.add(
                        new Damage(path, (long) copy * COPY, COPY, flaw + " in copy " + (copy + 1) + " of the header"));
            } else if (header == null) {
                header = decode(bytes, path);
            }
        }
        if (header == null) {
            throw new LogException(
                    Condition.NO_HEADER,
                    path,
                    0,
                    "'" + path + "' has no readable log header: "
                            + damage.get(0).reason(),
                    null);
        }
        return new Found(header, damage);
    }

    private static ByteBuffer readCopy(LogFile file, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(COPY).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) > 0) {
            // a read may bring less than was asked for
        }
        return bytes.flip();
    }

    private static @Nullable String flaw(ByteBuffer copy) {
        if (copy.limit() < COPY) {
            return copy.limit() + " of " + COPY + " bytes present";
        }
        if (copy.getLong(0) != MAGIC) {
            return "wrong magic";
        }
        return copy.getInt(CRC_AT) == checksum(copy) ? null : "checksum does not match";
    }

    private static LogHeader decode(ByteBuffer copy, String path) throws LogException {
        int version = copy.getInt(8);
        int incompatible = copy.getInt(16);
        if (Integer.compareUnsigned(version, VERSION) > 0) {
            throw new LogException(
                    Condition.NEWER_VERSION,
                    path,
                    0,
                    "'" + path + "' is in log format version "
                            + Integer.toUnsignedString(version) + ", this program reads up to version " + VERSION
                            + "; read it with the fmd that wrote it, or move it away",
                    null);
        }
        try {
            UUID id = new UUID(Long.reverseBytes(copy.getLong(32)), Long.reverseBytes(copy.getLong(40)));
            Map<String, String> attributes = attributes(copy);
            boolean sealed = version >= 2 && (incompatible & SEALED) != 0;
            if ((sealed ? incompatible & ~SEALED : incompatible) != 0) {
                throw new LogException(
                        Condition.INCOMPATIBLE,
                        path,
                        0,
                        "'" + path + "' needs "
                                + attributes.getOrDefault("features", "an unnamed feature") + " (incompatible flags 0x"
                                + Integer.toHexString(incompatible) + "), which this program does not know",
                        null);
            }
            if (copy.getLong(START_AT) < START) {
                throw new IllegalArgumentException("records cannot start at " + copy.getLong(START_AT));
            }
            return new LogHeader(
                    version,
                    copy.getInt(12),
                    incompatible,
                    copy.getLong(START_AT),
                    id,
                    LogTime.instant(copy.getLong(48)),
                    attributes.getOrDefault("label", ""),
                    origin(attributes),
                    sealed ? LogSeal.of(copy) : null);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new LogException(
                    Condition.NO_HEADER,
                    path,
                    0,
                    "'" + path + "' has a header whose checksum is right and whose content is not",
                    e);
        }
    }

    /** Both copies, ready to be written at the start of a new file. */
    ByteBuffer encode() {
        ByteBuffer copy = ByteBuffer.allocate(COPY).order(ByteOrder.LITTLE_ENDIAN);
        copy.putLong(MAGIC)
                .putInt(version)
                .putInt(compatible)
                .putInt(incompatible)
                .putInt(0)
                .putLong(start);
        copy.putLong(Long.reverseBytes(id.getMostSignificantBits()));
        copy.putLong(Long.reverseBytes(id.getLeastSignificantBits()));
        copy.putLong(LogTime.of(created));
        Map<String, String> attributes = attributes();
        copy.putInt(attributes.size());
        attributes.forEach((key, value) -> {
            putText(copy, key);
            putText(copy, value);
        });
        if (seal != null) {
            seal.put(copy);
        }
        copy.clear();
        copy.putInt(CRC_AT, checksum(copy));
        return ByteBuffer.allocate(START)
                .put(copy.duplicate())
                .put(copy.duplicate())
                .flip();
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("label", label);
        attributes.put("creator", origin.creator());
        attributes.put("host", origin.host());
        attributes.put("osrel", origin.osRelease());
        attributes.put("osver", origin.osVersion());
        attributes.put("plat", origin.platform());
        if (seal != null) {
            attributes.put("features", "sealed");
        }
        return attributes;
    }

    private static Map<String, String> attributes(ByteBuffer copy) {
        ByteBuffer in = copy.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(ATTRIBUTES_AT);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            attributes.put(getText(in), getText(in));
        }
        return attributes;
    }

    private static LogOrigin origin(Map<String, String> attributes) {
        return new LogOrigin(
                attributes.getOrDefault("creator", ""),
                attributes.getOrDefault("host", ""),
                attributes.getOrDefault("osrel", ""),
                attributes.getOrDefault("osver", ""),
                attributes.getOrDefault("plat", ""));
    }

    private static void putText(ByteBuffer out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) utf8.length).put(utf8);
    }

    private static String getText(ByteBuffer in) {
        byte[] utf8 = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static int checksum(ByteBuffer copy) {
        CRC32C crc = new CRC32C();
        crc.update(copy.slice(0, CRC_AT));
        crc.update(copy.slice(START_AT, COPY - START_AT));
        return (int) crc.getValue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A reader written from {@code docs/log-format.md} alone, sharing no code with the first, so that format and document cannot
 * drift apart unseen. It fails on anything unexpected; skipping damage is not its job.
 */
final class SecondReader {

    /** One record: its offset and the eight fields of the document. */
    record Row(long offset, long time, UUID uuid, int kind, int flags, String eventClass, String body) {}

    private SecondReader() {}

    static Map<String, String> header(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, String> fields = new LinkedHashMap<>();
        expect(0x89, file[0] & 0xFF, "magic");
        expect("FMDLOG\n", new String(file, 1, 7, StandardCharsets.US_ASCII), "magic");
        fields.put("version", Integer.toUnsignedString(in.getInt(8)));
        fields.put("compatible", Integer.toUnsignedString(in.getInt(12)));
        fields.put("incompatible", Integer.toUnsignedString(in.getInt(16)));
        for (int copy = 0; copy < 8192; copy += 4096) {
            int crc = crc32c(crc32c(0, file, copy, copy + 20), file, copy + 24, copy + 4096);
            expect(crc, in.getInt(copy + 20), "header checksum");
        }
        fields.put("start", Long.toUnsignedString(in.getLong(24)));
        fields.put("uuid", uuid(file, 32).toString());
        fields.put("created", Long.toUnsignedString(in.getLong(48)));
        in.position(60);
        for (int i = 0; i < in.getInt(56); i++) {
            String key = text(in);
            fields.put(key, text(in));
        }
        return fields;
    }

    static List<Row> records(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Row> rows = new ArrayList<>();
        int at = (int) in.getLong(24);
        while (at < file.length) {
            expect(0xF5, file[at] & 0xFF, "mark");
            expect("fmr", new String(file, at + 1, 3, StandardCharsets.US_ASCII), "mark");
            int length = in.getInt(at + 4);
            int classLength = in.getShort(at + 42) & 0xFFFF;
            int bodyAt = at + 44 + classLength;
            expect(headerCrc(file, at), in.getInt(at + 8), "header checksum at " + at);
            expect(crc32c(0, file, bodyAt, at + length), in.getInt(at + 12), "body checksum at " + at);
            rows.add(new Row(
                    at,
                    in.getLong(at + 16),
                    uuid(file, at + 24),
                    file[at + 40] & 0xFF,
                    file[at + 41] & 0xFF,
                    new String(file, at + 44, classLength, StandardCharsets.UTF_8),
                    new String(file, bodyAt, at + length - bodyAt, StandardCharsets.UTF_8)));
            at += length;
        }
        return rows;
    }

    /** Makes a record one of another kind, as a later version would write it. */
    static void setKind(byte[] file, int at, int kind) {
        file[at + 40] = (byte) kind;
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 8, headerCrc(file, at));
    }

    private static int headerCrc(byte[] file, int at) {
        ByteBuffer place = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        place.put(file, 32, 16).putLong(at);
        int crc = crc32c(0, place.array(), 0, 24);
        crc = crc32c(crc, file, at, at + 8);
        int classLength = (file[at + 42] & 0xFF) | (file[at + 43] & 0xFF) << 8;
        return crc32c(crc, file, at + 12, at + 44 + classLength);
    }

    /** CRC-32C bit by bit: reflected polynomial 82F63B78, all ones in, all ones out; continues an earlier result. */
    static int crc32c(int before, byte[] bytes, int from, int to) {
        int crc = ~before;
        for (int i = from; i < to; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ (0x82F63B78 & -(crc & 1));
            }
        }
        return ~crc;
    }

    private static UUID uuid(byte[] file, int at) {
        ByteBuffer bytes = ByteBuffer.wrap(file, at, 16); // big-endian, as the text form is read
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[in.getShort() & 0xFFFF];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static void expect(Object expected, Object found, String what) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }
}

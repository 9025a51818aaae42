// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.topo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogFile;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.WholeFile;
import org.fmd.core.topo.SlotFold.Begun;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/** Which part was where and when: the writer and the reader of the history. Belongs to one thread. */
public final class SlotHistory {
    /** What the file is called in the state directory. */
    public static final String NAME = "hardware-history";

    private static final String KIND = "fmd-hardware-history";
    private static final long VERSION = 1;
    private static final long LIMIT = 4 << 20; // bytes
    private static final int MOST_DEPARTED = 2_000;
    private static final String SEAL = ",\"crc32c\":\"";
    private static final int SEAL_LENGTH = SEAL.length() + 8 + 2;

    private final LogFiles files;
    private final long limit;

    public SlotHistory(LogFiles files) {
        this(files, LIMIT);
    }

    /** @param limit bytes beyond which what is old is folded together */
    SlotHistory(LogFiles files, long limit) {
        this.files = files;
        this.limit = limit;
    }

    /**
     * What a history says.
     *
     * @param stays by their end, those that last come last
     * @param damaged how many lines could not be read
     */
    public record Told(List<Stay> stays, int damaged) {}

    /**
     * Reads the whole history.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be read or is of a later version; the message names it
     */
    public static Told read(LogFiles files) throws IOException {
        List<Stay> stays = new ArrayList<>();
        SlotFold fold = new SlotFold(stays::add);
        int damaged = scan(files, fold).damaged();
        fold.present()
                .values()
                .forEach(begun -> stays.add(new Stay(begun.part(), begun.from(), begun.fromAfter(), null, null)));
        return new Told(List.copyOf(stays), damaged);
    }

    /** How far a file is good, and how many of its lines are not. */
    private record Scanned(long whole, int damaged) {}

    private static Scanned scan(LogFiles files, SlotFold fold) throws IOException {
        byte[] bytes = WholeFile.read(files, NAME);
        int damaged = 0;
        int start = 0;
        for (int end = next(bytes, 0); end < bytes.length; start = end + 1, end = next(bytes, start)) {
            Map<String, @Nullable Object> line = line(bytes, start, end);
            if (line != null && line.get("version") instanceof Number version && version.longValue() > VERSION) {
                throw new IOException("'" + files.path(NAME) + "' is of version " + version
                        + ", which this program does not know; it knows " + VERSION);
            }
            damaged += line != null && fold.take(line) ? 0 : 1;
        }
        return new Scanned(start, damaged);
    }

    private static int next(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Returns a line whose checksum is right, null for any other. */
    private static @Nullable Map<String, @Nullable Object> line(byte[] bytes, int start, int end) {
        int sealed = end - SEAL_LENGTH;
        if (sealed <= start
                || !new String(bytes, sealed, SEAL_LENGTH, StandardCharsets.ISO_8859_1)
                        .equals(seal(bytes, start, sealed))) {
            return null;
        }
        try {
            byte[] text = new byte[end - start];
            System.arraycopy(bytes, start, text, 0, text.length);
            return Json.parseObject(text);
        } catch (JsonProblem e) {
            return null;
        }
    }

    private static String seal(byte[] bytes, int start, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, end - start);
        String hex = Long.toHexString(crc.getValue() | 1L << 32).substring(1);
        return SEAL + hex + "\"}";
    }

    private static byte[] sealed(Map<String, ?> line) {
        byte[] text = Json.writeLine(line);
        int end = text.length - 2; // without the brace and the line feed
        byte[] seal = (seal(text, 0, end) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[end + seal.length];
        System.arraycopy(text, 0, whole, 0, end);
        System.arraycopy(seal, 0, whole, end, seal.length);
        return whole;
    }

    /**
     * Appends what differs between the history and the hardware; it is durable when this returns.
     *
     * @param time when the snapshot was taken
     * @param atStart whether the daemon was away before: changes may be older than {@code time}
     * @return how many places changed
     * @throws IOException if it cannot be written; the next recording makes up for it
     */
    public int record(Topology topology, Instant time, boolean atStart) throws IOException {
        SlotFold fold = new SlotFold(stay -> {});
        long whole = 0;
        try {
            whole = scan(files, fold).whole();
        } catch (NoSuchFileException e) {
            WholeFile.write(files, NAME);
        }
        List<byte[]> lines = new ArrayList<>();
        if (whole == 0) {
            lines.add(header());
        }
        if (atStart) {
            lines.add(sealed(event(time, "start")));
        }
        int eventLines = lines.size();
        Map<String, Part> now = new LinkedHashMap<>();
        Part.of(topology).forEach(part -> now.put(part.place(), part));
        // What went comes before what came, so that a reader never sees one disk in two places.
        for (String place : fold.present().keySet()) {
            if (!now.containsKey(place)) {
                Map<String, Object> line = timed(time);
                line.put("place", place);
                line.put("gone", true);
                lines.add(sealed(noticed(line, atStart)));
            }
        }
        for (Part part : now.values()) {
            Begun before = fold.present().get(part.place());
            if (before == null || !before.part().equals(part)) {
                Map<String, Object> line = timed(time);
                line.putAll(part.toMap());
                lines.add(sealed(noticed(line, atStart)));
            }
        }
        if (lines.isEmpty()) {
            return 0;
        }
        append(whole, lines);
        return lines.size() - eventLines;
    }

    /** Notes that the daemon stops: up to now nothing was missed. */
    public void stopped(Instant time) throws IOException {
        append(scan(files, new SlotFold(stay -> {})).whole(), List.of(sealed(event(time, "stop"))));
    }

    private static byte[] header() {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("file", KIND);
        head.put("version", VERSION);
        return sealed(head);
    }

    private static Map<String, Object> timed(Instant time) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", QueryJson.time(time));
        return line;
    }

    private static Map<String, Object> event(Instant time, String what) {
        Map<String, Object> line = timed(time);
        line.put("event", what);
        return line;
    }

    private static Map<String, Object> noticed(Map<String, Object> line, boolean atStart) {
        if (atStart) {
            line.put("noticed", "start");
        }
        return line;
    }

    private void append(long whole, List<byte[]> lines) throws IOException {
        long end = whole;
        try (LogFile file = files.open(NAME, LogFiles.Mode.WRITE)) {
            if (file.size() > whole) {
                file.truncate(whole);
            }
            for (byte[] line : lines) {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    int count = file.write(bytes, end);
                    if (count <= 0) {
                        throw new IOException("the system took none of " + bytes.remaining() + " bytes");
                    }
                    end += count;
                }
            }
            file.force();
        }
        if (end > limit) {
            compact();
        }
    }

    /** Folds the older half together: what is present, and the last stay of each part that went. */
    private void compact() throws IOException {
        byte[] bytes = WholeFile.read(files, NAME);
        int cut = next(bytes, (int) Math.min(bytes.length, limit / 2)) + 1;
        Map<String, Stay> departed = new LinkedHashMap<>();
        SlotFold fold = new SlotFold(stay -> {
            departed.remove(stay.part().identity());
            departed.put(stay.part().identity(), stay);
        });
        for (int start = 0, end = next(bytes, 0);
                end < cut && end < bytes.length;
                start = end + 1, end = next(bytes, start)) {
            Map<String, @Nullable Object> line = line(bytes, start, end);
            if (line != null) {
                fold.take(line);
            }
        }
        Map<String, Begun> present = new HashMap<>(fold.present());
        present.values().forEach(begun -> departed.remove(begun.part().identity()));
        List<byte[]> parts = new ArrayList<>(List.of(header()));
        int skipped = Math.max(0, departed.size() - MOST_DEPARTED);
        for (Stay stay : departed.values()) {
            if (skipped-- > 0) {
                continue;
            }
            parts.add(sealed(after(begin(stay.part(), stay.from()), stay.fromAfter())));
            Map<String, Object> gone = timed(stay.to() == null ? stay.from() : stay.to());
            gone.put("place", stay.part().place());
            gone.put("gone", true);
            parts.add(sealed(after(gone, stay.toAfter())));
        }
        for (Begun begun : fold.present().values()) {
            parts.add(sealed(after(begin(begun.part(), begun.from()), begun.fromAfter())));
        }
        if (cut < bytes.length) {
            byte[] rest = new byte[bytes.length - cut];
            System.arraycopy(bytes, cut, rest, 0, rest.length);
            parts.add(rest);
        }
        WholeFile.write(files, NAME, parts.toArray(new byte[0][]));
    }

    private static Map<String, Object> begin(Part part, Instant from) {
        Map<String, Object> line = timed(from);
        line.putAll(part.toMap());
        return line;
    }

    private static Map<String, Object> after(Map<String, Object> line, @Nullable Instant after) {
        if (after != null) {
            line.put("noticed", "start");
            line.put("after", QueryJson.time(after));
        }
        return line;
    }
}

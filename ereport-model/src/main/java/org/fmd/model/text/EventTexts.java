// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from text that was printed, recognised line by line: JSON Lines, dumps of {@code fmdump -V} and of {@code zpool
 * events -v}; compressed by gzip or not.
 *
 * <pre>{@code
 * try (EventTexts texts = new EventTexts(in, ZoneId.systemDefault())) {
 *     for (TextItem item = texts.next(); item != null; item = texts.next()) {
 *         …
 *     }
 * }
 * }</pre>
 *
 * <p>The time is that of {@code __tod}; without one that of the ZFS member {@code time}, of {@code time} in RFC 3339, or of the
 * heading, in this order. It is {@code __tod} afterwards.
 */
public final class EventTexts implements Closeable {
    private static final String TOD = "__tod";
    private static final String TIME = "time";

    private final Lines lines;
    private final ZoneId zone;
    private final Queue<TextItem> ready = new ArrayDeque<>();
    private @Nullable DumpText dump;
    private boolean inJunk;
    private boolean ended;

    /**
     * Reads a stream, which is closed with this.
     *
     * @param zone the zone of times in headings that no member tells better
     */
    public EventTexts(InputStream in, ZoneId zone) throws IOException {
        this.lines = new Lines(in);
        this.zone = zone;
    }

    /** Returns the next event, or what could not be read; null if there is nothing any more. */
    public @Nullable TextItem next() throws IOException {
        while (ready.isEmpty() && !ended) {
            String line = lines.next();
            if (line == null) {
                endDump();
                String broken = lines.broken();
                if (broken != null) {
                    ready.add(new TextProblem(lines.number(), broken));
                }
                ended = true;
            } else {
                take(line);
            }
        }
        return ready.poll();
    }

    private void take(String line) {
        long number = lines.number();
        if (lines.wasCut()) {
            problem(number, "the line has more than " + Lines.LONGEST + " bytes");
            return;
        }
        if (line.startsWith("{")) {
            endDump();
            inJunk = false;
            json(number, line);
            return;
        }
        DumpText begun = DumpText.begin(number, line, zone);
        if (begun != null) {
            endDump();
            inJunk = false;
            dump = begun;
        } else if (DumpText.isShort(line)) {
            endDump();
            problem(number, "a short listing has no members: print it with -V");
        } else if (dump == null ? !DumpText.isDecoration(line) : !dump.add(line)) {
            problem(number, "neither JSON nor a line of a dump");
        }
    }

    /** Tells of the first of several lines that cannot be read. */
    private void problem(long number, String message) {
        if (!inJunk) {
            ready.add(new TextProblem(number, message));
        }
        inJunk = true;
    }

    private void json(long number, String line) {
        try {
            Map<String, @Nullable Object> tree =
                    new LinkedHashMap<>(Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
            LogRef ref = tree.remove("ref") instanceof String text
                    ? LogRef.parse(text).orElse(null)
                    : null;
            Object time = tree.get(TIME);
            if (time instanceof String) {
                tree.remove(TIME);
            }
            ready.add(item(number, tree, time instanceof String text ? rfc3339(text) : null, ref));
        } catch (JsonProblem e) {
            ready.add(new TextProblem(number, String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            ready.add(new TextProblem(number, "the values are those of no event: " + e.getMessage()));
        }
    }

    private void endDump() {
        DumpText complete = dump;
        dump = null;
        if (complete == null) {
            return;
        }
        if (complete.isCut()) {
            ready.add(new TextProblem(complete.line(), "the event is cut off: a list in it does not end"));
            return;
        }
        try {
            ready.add(item(complete.line(), complete.tree(), complete.time(), null));
        } catch (IllegalArgumentException e) {
            ready.add(new TextProblem(complete.line(), "the values are those of no event: " + e.getMessage()));
        }
    }

    private static TextItem item(
            long line, Map<String, @Nullable Object> tree, @Nullable Instant told, @Nullable LogRef ref) {
        NvList members = Typing.event(tree);
        EventClass eventClass =
                members.string("class").flatMap(EventClass::parse).orElse(null);
        if (eventClass == null) {
            return new TextProblem(line, "'class' does not name the class of an event");
        }
        Instant own = pair(members.get(TOD));
        Instant ofZfs = pair(members.get(TIME));
        Instant tod = own != null ? own : ofZfs != null ? ofZfs : told;
        if (tod == null) {
            return new TextProblem(line, "nothing tells when it happened: no __tod, no time");
        }
        if (own == null) {
            members = members.toBuilder()
                    .remove(TIME)
                    .put(TOD, new NvValue.Ints(NvType.UINT64, tod.getEpochSecond(), tod.getNano()))
                    .build();
        }
        return new TextEvent(line, eventClass, tod, members, ref);
    }

    /** Returns the time of seconds and nanoseconds since 1970, null if the value is something else. */
    private static @Nullable Instant pair(@Nullable NvValue value) {
        if (value instanceof NvValue.Ints pair
                && pair.size() == 2
                && pair.get(0) >= 0
                && pair.get(0) <= Instant.MAX.getEpochSecond()
                && pair.get(1) >= 0
                && pair.get(1) <= 999_999_999) {
            return Instant.ofEpochSecond(pair.get(0), pair.get(1));
        }
        return null;
    }

    private static @Nullable Instant rfc3339(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

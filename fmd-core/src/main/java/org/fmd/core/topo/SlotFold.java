// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.topo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/** Makes stays from lines of the history, one after the other. Belongs to one thread. */
final class SlotFold {

    /** Since when a part is in its place. */
    record Begun(Part part, Instant from, @Nullable Instant fromAfter) {}

    private final Consumer<Stay> ended;
    private final Map<String, Begun> present = new LinkedHashMap<>();
    private @Nullable Instant lastAlive;
    private @Nullable Instant stoppedAt;

    /** @param ended told each stay that is over, in order of its end */
    SlotFold(Consumer<Stay> ended) {
        this.ended = ended;
    }

    /** Takes a line; returns false if it says nothing that is understood. */
    boolean take(Map<String, @Nullable Object> line) {
        if (line.get("file") instanceof String) {
            return true;
        }
        Instant time = time(line.get("time"));
        if (time == null) {
            return false;
        }
        if (line.get("event") instanceof String event) {
            if (event.equals("start")) {
                stoppedAt = lastAlive == null ? Instant.EPOCH : lastAlive;
            }
            lastAlive = time;
            return true;
        }
        Part part = Part.of(line);
        if (part.place().isEmpty()) {
            return false;
        }
        boolean away = "start".equals(line.get("noticed"));
        Instant after = away ? after(line) : null;
        Begun before = present.remove(part.place());
        if (before != null) {
            ended.accept(new Stay(before.part(), before.from(), before.fromAfter(), time, after));
        }
        if (!Boolean.TRUE.equals(line.get("gone"))) {
            present.put(part.place(), new Begun(part, time, after));
        }
        lastAlive = lastAlive == null || time.isAfter(lastAlive) ? time : lastAlive;
        return true;
    }

    /** A folded line says it itself, since the stop before it is not in the file any more. */
    private @Nullable Instant after(Map<String, @Nullable Object> line) {
        Instant told = time(line.get("after"));
        return told == null ? stoppedAt : told;
    }

    private static @Nullable Instant time(@Nullable Object text) {
        return QueryJson.parseTime(String.valueOf(text)).orElse(null);
    }

    /** What is there now, by place. */
    Map<String, Begun> present() {
        return present;
    }
}

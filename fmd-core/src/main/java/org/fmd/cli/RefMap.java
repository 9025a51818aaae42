// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** From the places that events had in the logs they come from to those that they have now; 20 bytes for each. */
final class RefMap {

    private static final class Places {
        private long[] before = new long[64];
        private long[] after = new long[64];
        private int[] file = new int[64];
        private int size;
    }

    private final List<UUID> targets = new ArrayList<>();
    private final Map<UUID, Places> files = new HashMap<>();

    /** Adds a place; those of one file in ascending order, as a log prints them, others are passed over. */
    void put(LogRef before, LogRef after) {
        Places places = files.get(before.logId());
        if (places == null) {
            places = new Places();
            files.put(before.logId(), places);
        }
        if (places.size > 0 && places.before[places.size - 1] >= before.offset()) {
            return;
        }
        if (places.size == places.before.length) {
            places.before = Arrays.copyOf(places.before, 2 * places.size);
            places.after = Arrays.copyOf(places.after, 2 * places.size);
            places.file = Arrays.copyOf(places.file, 2 * places.size);
        }
        // One file is filled after the other, so the last one is it unless it is new.
        if (targets.isEmpty() || !targets.get(targets.size() - 1).equals(after.logId())) {
            targets.add(after.logId());
        }
        places.file[places.size] = targets.size() - 1;
        places.before[places.size] = before.offset();
        places.after[places.size++] = after.offset();
    }

    /** Returns the place now, null if the event did not come along. */
    @Nullable
    LogRef get(LogRef before) {
        Places places = files.get(before.logId());
        if (places == null) {
            return null;
        }
        int at = Arrays.binarySearch(places.before, 0, places.size, before.offset());
        return at < 0 ? null : new LogRef(targets.get(places.file[at]), places.after[at]);
    }
}

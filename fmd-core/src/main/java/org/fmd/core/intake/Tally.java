// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;

/** What was left out of the log: exact numbers, and names as far as there is room for them. Belongs to one thread or one lock. */
final class Tally {
    static final String OTHERS = "others";
    static final int MOST_NAMES = 1024;
    static final int MOST_TOLD = 32;

    private static final EventClass DROPPED = new EventClass("ereport.fm.fmd.intake_dropped");

    /** Why an ereport is not in the log. */
    enum Reason {
        /** Its lane was full, and it was the oldest there. */
        OVERFLOWED,
        /** One of too many about the way to the same device. */
        THINNED,
        /** Larger than the log takes. */
        OVERSIZED
    }

    private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    private final Map<String, Long> classes = new TreeMap<>();
    private final Map<String, Long> detectors = new TreeMap<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    void add(Reason reason, Ereport ereport) {
        reasons.merge(reason, 1L, Long::sum);
        count(classes, ereport.eventClass().name(), 1);
        count(detectors, Lane.detector(ereport), 1);
        first = earlier(first, ereport.tod());
        last = later(last, ereport.tod());
    }

    /** Adds another tally to this one. */
    void add(Tally other) {
        other.reasons.forEach((reason, number) -> reasons.merge(reason, number, Long::sum));
        other.classes.forEach((name, number) -> count(classes, name, number));
        other.detectors.forEach((name, number) -> count(detectors, name, number));
        first = earlier(first, other.first);
        last = later(last, other.last);
    }

    private static void count(Map<String, Long> counts, String name, long number) {
        String counted = counts.size() < MOST_NAMES || counts.containsKey(name) ? name : OTHERS;
        counts.merge(counted, number, Long::sum);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    boolean isEmpty() {
        return reasons.isEmpty();
    }

    long of(Reason reason) {
        return reasons.getOrDefault(reason, 0L);
    }

    long all() {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns all of it as an ereport; of many names the most frequent. */
    Ereport report(Instant now) {
        NvList.Builder payload = NvList.builder().string("msg", sentence()).uint64("count", all());
        for (Reason reason : Reason.values()) {
            payload.uint64(reason.name().toLowerCase(Locale.ROOT), of(reason));
        }
        payload.put("first", time(first))
                .put("last", time(last))
                .nvlist("classes", told(classes))
                .nvlist("detectors", told(detectors));
        return new Ereport(DROPPED, now, Ena.UNKNOWN, new FmdFmri("fmd", null), payload.build());
    }

    String sentence() {
        List<String> parts = new ArrayList<>();
        part(parts, Reason.OVERFLOWED, "since they came faster than they could be logged");
        part(parts, Reason.THINNED, "since they said no more of the way to a device than those before them");
        part(parts, Reason.OVERSIZED, "since they were larger than the log takes");
        return all() + " ereports were left out of the log: " + String.join(", ", parts);
    }

    private void part(List<String> parts, Reason reason, String why) {
        if (of(reason) > 0) {
            parts.add(of(reason) + " " + why);
        }
    }

    static NvValue time(Instant time) {
        return new NvValue.Ints(NvType.UINT64, time.getEpochSecond(), time.getNano());
    }

    private static NvList told(Map<String, Long> counts) {
        NvList.Builder list = NvList.builder();
        long[] others = {counts.getOrDefault(OTHERS, 0L)};
        int[] named = {0};
        counts.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(OTHERS))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> {
                    if (named[0]++ < MOST_TOLD) {
                        list.uint64(entry.getKey(), entry.getValue());
                    } else {
                        others[0] += entry.getValue();
                    }
                });
        return others[0] == 0 ? list.build() : list.uint64(OTHERS, others[0]).build();
    }
}

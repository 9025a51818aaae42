// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock was set.
 *
 * @param before what it would have said
 * @param after what it said instead
 */
public record ClockStep(Instant before, Instant after) {

    private static final EventClass CLASS = new EventClass("ereport.fm.fmd.clock_step");

    /** By how much it was set back; negative if it was set forward. */
    public Duration back() {
        return Duration.between(after, before);
    }

    /** A sentence for a person. */
    public String sentence() {
        Duration by = back();
        return "The clock was set " + (by.isNegative() ? "forward by " + by.negated() : "back by " + by) + " to "
                + after + "; what waits for a time goes on waiting for the rest of it.";
    }

    /** Returns the ereport that tells of it. */
    public Ereport report() {
        NvList payload = NvList.builder()
                .string("msg", sentence())
                .put("before", time(before))
                .put("after", time(after))
                .build();
        return new Ereport(CLASS, after, Ena.UNKNOWN, new FmdFmri("fmd", null), payload);
    }

    /** Reads the ereport that tells of one; empty if it tells of something else, or not when. */
    public static Optional<ClockStep> of(Ereport ereport) {
        if (!ereport.eventClass().equals(CLASS)) {
            return Optional.empty();
        }
        return time(ereport.payload().get("before"))
                .flatMap(before -> time(ereport.payload().get("after")).map(after -> new ClockStep(before, after)));
    }

    private static NvValue time(Instant time) {
        return new NvValue.Ints(NvType.UINT64, time.getEpochSecond(), time.getNano());
    }

    private static Optional<Instant> time(@Nullable NvValue value) {
        if (!(value instanceof NvValue.Ints ints) || ints.size() != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochSecond(ints.get(0), ints.get(1)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}

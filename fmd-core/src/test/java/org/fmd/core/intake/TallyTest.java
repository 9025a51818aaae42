// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.fmd.core.intake.Tally.Reason;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventCodec;
import org.fmd.model.nv.NvList;
import org.fmd.model.registry.Conformance;
import org.fmd.model.registry.EventRegistry;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant TIME = Instant.parse("2026-03-04T11:30:00Z");

    private final Tally tally = new Tally();

    private static long sum(NvList counts) {
        return counts.asMap().keySet().stream()
                .mapToLong(name -> counts.number(name).orElseThrow())
                .sum();
    }

    @Test
    void tellsHowManyOfWhatAndWhen() {
        for (int i = 0; i < 5; i++) {
            tally.add(Reason.THINNED, Storms.transport(1, TIME.plusSeconds(i), i));
        }
        tally.add(Reason.OVERFLOWED, Storms.recovered(2, TIME.minusSeconds(7), 5));
        Ereport report = tally.report(TIME.plusSeconds(9));
        assertEquals(List.of(), Conformance.problems(EventRegistry.shipped(), EventCodec.toNvList(report)));
        NvList payload = report.payload();
        assertEquals(6, payload.number("count").orElseThrow());
        assertEquals(5, payload.number("thinned").orElseThrow());
        assertEquals(1, payload.number("overflowed").orElseThrow());
        assertEquals(Tally.time(TIME.minusSeconds(7)), payload.get("first"));
        assertEquals(Tally.time(TIME.plusSeconds(4)), payload.get("last"));
        assertEquals(
                NvList.builder().uint64(Storms.TRAN, 5).uint64(Storms.MERR, 1).build(),
                payload.nvlist("classes").orElseThrow());
        assertEquals(
                NvList.builder().uint64("/devices/1", 5).uint64("/devices/2", 1).build(),
                payload.nvlist("detectors").orElseThrow());
        assertEquals(
                "6 ereports were left out of the log: 1 since they came faster than they could be logged, 5 since they said no more"
                        + " of the way to a device than those before them",
                payload.string("msg").orElseThrow());
    }

    @Test
    void namesTheMostFrequentOfManyAndCountsAll() {
        for (int device = 0; device < 5000; device++) {
            tally.add(Reason.OVERFLOWED, Storms.recovered(device, TIME, device));
        }
        for (int i = 0; i < 50; i++) {
            tally.add(Reason.OVERFLOWED, Storms.recovered(77, TIME, i));
        }
        Ereport report = tally.report(TIME);
        NvList detectors = report.payload().nvlist("detectors").orElseThrow();
        assertEquals(Tally.MOST_TOLD + 1, detectors.asMap().size());
        assertEquals(51, detectors.number("/devices/77").orElseThrow());
        assertEquals(5050, sum(detectors));
        assertEquals(List.of(), Conformance.problems(EventRegistry.shipped(), EventCodec.toNvList(report)));
    }

    @Test
    void twoTalliesAreOneOfAll() {
        Tally other = new Tally();
        other.add(Reason.OVERSIZED, Storms.recovered(3, TIME.minusSeconds(60), 0));
        tally.add(Reason.OVERFLOWED, Storms.recovered(3, TIME, 1));
        tally.add(other);
        assertEquals(2, tally.all());
        assertEquals(
                Tally.time(TIME.minusSeconds(60)), tally.report(TIME).payload().get("first"));
    }
}

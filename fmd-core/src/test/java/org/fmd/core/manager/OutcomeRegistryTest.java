// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.Result;
import org.fmd.api.AgentOutcome.SuspectOutcome;
import org.fmd.core.cases.Case;
import org.fmd.model.event.EventCodec;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.Conformance;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Family;
import org.junit.jupiter.api.Test;

/** What the information log keeps of cases is what the event registry says of it, and the other way round. */
class OutcomeRegistryTest {
    private static final EventRegistry REGISTRY = EventRegistry.shipped();
    private static final Instant TIME = Instant.parse("2026-03-04T11:30:00Z");
    private static final UUID CASE = new UUID(1, 2);

    private static Ireport outcome() {
        SuspectOutcome suspect =
                new SuspectOutcome(0, Result.DRY_RUN, Effect.NONE, "echo offline", "the mode is dry-run");
        AgentOutcome outcome = new AgentOutcome(Result.DRY_RUN, "the mode is dry-run", List.of(suspect));
        return OutcomeRecord.of(CASE, "disk-retire", "1.0", new Case.Answer(TIME, 1, ListKind.SUSPECT, outcome));
    }

    private static Ireport duplicate() {
        return OutcomeRecord.duplicate(CASE, new UUID(3, 4), "eft", List.of(new LogRef(CASE, 8192)), TIME);
    }

    private static Ireport failed() {
        return OutcomeRecord.engineFailed("eft", new LogRef(CASE, 8192), "a number is too large", TIME);
    }

    @Test
    void allConform() {
        assertEquals(List.of(), Conformance.problems(REGISTRY, EventCodec.toNvList(outcome())));
        assertEquals(List.of(), Conformance.problems(REGISTRY, EventCodec.toNvList(duplicate())));
        assertEquals(List.of(), Conformance.problems(REGISTRY, EventCodec.toNvList(failed())));
    }

    @Test
    void noOthersAreRegistered() {
        assertEquals(
                Stream.of(outcome(), duplicate(), failed())
                        .map(Ireport::eventClass)
                        .collect(Collectors.toSet()),
                REGISTRY.classes(Family.IREPORT).stream()
                        .map(ClassEntry::eventClass)
                        .collect(Collectors.toSet()));
    }

    @Test
    void theWordsAreTheRegistered() {
        assertWords("attr.result", Arrays.stream(Result.values()).map(OutcomeRecord::word));
        assertWords("attr.suspects[].result", Arrays.stream(Result.values()).map(OutcomeRecord::word));
        assertWords("attr.suspects[].effect", Arrays.stream(Effect.values()).map(OutcomeRecord::word));
        assertWords(
                "attr.event",
                Arrays.stream(ListKind.values()).map(kind -> kind.eventClass().name()));
    }

    private static void assertWords(String member, Stream<String> words) {
        List<String> registered = REGISTRY.find("ireport.fm.agent.outcome")
                .flatMap(entry -> entry.member(member))
                .orElseThrow()
                .words();
        assertEquals(new TreeSet<>(words.toList()), new TreeSet<>(registered), member);
    }
}

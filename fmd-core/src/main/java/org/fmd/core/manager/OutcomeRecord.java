// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.Result;
import org.fmd.api.AgentOutcome.SuspectOutcome;
import org.fmd.api.CaseKey;
import org.fmd.core.cases.Case;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.nv.NvList;

/**
 * What the information log keeps of cases: the answers of agents ({@code ireport.fm.agent.outcome}), the diagnoses that said
 * nothing new ({@code ireport.fm.case.duplicate}), and the ereports that an engine failed on ({@code ireport.fm.engine.failed}).
 *
 * @param agent the agent that answered
 * @param answer what it answered
 */
public record OutcomeRecord(String agent, Case.Answer answer) {
    private static final EventClass OUTCOME = new EventClass("ireport.fm.agent.outcome");
    private static final EventClass ENGINE_FAILED = new EventClass("ireport.fm.engine.failed");
    private static final EventClass DUPLICATE = new EventClass("ireport.fm.case.duplicate");

    static Ireport of(UUID uuid, String agent, String version, Case.Answer answer) {
        AgentOutcome outcome = answer.outcome();
        List<NvList> suspects = new ArrayList<>();
        for (SuspectOutcome suspect : outcome.suspects()) {
            suspects.add(NvList.builder()
                    .uint32("index", suspect.index())
                    .string("result", word(suspect.result()))
                    .string("effect", word(suspect.effect()))
                    .string("action", suspect.action())
                    .string("reason", suspect.reason())
                    .build());
        }
        NvList attributes = NvList.builder()
                .string("agent", agent)
                .uint32("step", answer.step())
                .string("event", answer.kind().eventClass().name())
                .string("result", word(outcome.result()))
                .string("reason", outcome.reason())
                .nvlists("suspects", suspects)
                .build();
        return new Ireport(OUTCOME, answer.time(), uuid, new FmdFmri(agent, version), attributes);
    }

    /** Reads what {@link #of} wrote; empty for another event or one with words that are not known. */
    public static Optional<OutcomeRecord> read(Ireport ireport) {
        NvList attributes = ireport.attributes();
        Optional<ListKind> kind =
                attributes.string("event").flatMap(EventClass::parse).flatMap(ListKind::of);
        if (!ireport.eventClass().equals(OUTCOME) || kind.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<SuspectOutcome> suspects = new ArrayList<>();
            for (NvList suspect : attributes.nvlists("suspects")) {
                suspects.add(new SuspectOutcome(
                        (int) suspect.number("index").orElse(-1),
                        Result.valueOf(constant(suspect, "result")),
                        Effect.valueOf(constant(suspect, "effect")),
                        suspect.string("action").orElse(""),
                        suspect.string("reason").orElse("")));
            }
            AgentOutcome outcome = new AgentOutcome(
                    Result.valueOf(constant(attributes, "result")),
                    attributes.string("reason").orElse(""),
                    suspects);
            return Optional.of(new OutcomeRecord(
                    attributes.string("agent").orElse(""),
                    new Case.Answer(
                            ireport.tod(), (int) attributes.number("step").orElse(0), kind.get(), outcome)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Ireport duplicate(UUID uuid, UUID original, String engine, List<LogRef> ereports, Instant now) {
        NvList attributes = NvList.builder()
                .string("of", original.toString())
                .strings("ereports", ereports.stream().map(LogRef::toString).toList())
                .build();
        return new Ireport(DUPLICATE, now, uuid, new FmdFmri(engine, null), attributes);
    }

    /** An ereport that an engine cannot handle, so that it is not handed to it again after a restart. */
    static Ireport engineFailed(String engine, LogRef ereport, String why, Instant now) {
        NvList attributes = NvList.builder()
                .string("engine", engine)
                .string("ereport", ereport.toString())
                .string("reason", why)
                .build();
        return new Ireport(
                ENGINE_FAILED, now, new CaseKey(ereport, 0).uuid(engine), new FmdFmri(engine, null), attributes);
    }

    /** An ereport and the engine that cannot handle it. */
    record Poison(String engine, LogRef ereport) {}

    static Optional<Poison> poison(Ireport ireport) {
        Optional<String> engine = ireport.attributes().string("engine");
        Optional<LogRef> ereport = ireport.attributes().string("ereport").flatMap(LogRef::parse);
        return ireport.eventClass().equals(ENGINE_FAILED) && engine.isPresent() && ereport.isPresent()
                ? Optional.of(new Poison(engine.get(), ereport.get()))
                : Optional.empty();
    }

    static Optional<UUID> duplicateOf(Ireport ireport) {
        if (!ireport.eventClass().equals(DUPLICATE)) {
            return Optional.empty();
        }
        try {
            return ireport.attributes().string("of").map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns a constant as a word of the log and of the commands: {@code DRY_RUN} is {@code dry-run}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String constant(NvList list, String name) {
        return list.string(name).orElse("").toUpperCase(Locale.ROOT).replace('-', '_');
    }
}

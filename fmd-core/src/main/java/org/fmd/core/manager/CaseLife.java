// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.SuspectOutcome;
import org.fmd.api.topo.Topology;
import org.fmd.core.cases.Case;
import org.fmd.core.cases.CaseState;
import org.fmd.core.cases.CaseTable;
import org.fmd.core.cases.Duplicates;
import org.fmd.core.manager.Input.OperatorSays;
import org.fmd.core.manager.Input.Verb;
import org.fmd.core.manager.Units.Presence;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.jspecify.annotations.Nullable;

/**
 * The life of cases from the diagnosis on. Each method returns the cases that it found without a faulty suspect left, and adds
 * what is to be logged and told to {@code out}.
 */
final class CaseLife {
    private final CaseTable cases;
    private final MessageCatalog messages;
    private final Map<UUID, UUID> duplicates = new HashMap<>();

    CaseLife(CaseTable cases, MessageCatalog messages) {
        this.cases = cases;
        this.messages = messages;
    }

    void restore(Ireport ireport) {
        Optional<UUID> original = OutcomeRecord.duplicateOf(ireport);
        if (original.isPresent()) {
            duplicates.put(ireport.uuid(), original.get());
            Case old = cases.get(original.get());
            if (old != null) {
                cases.put(old.withDuplicate(ireport.tod()));
            }
            return;
        }
        Case about = cases.get(ireport.uuid());
        Optional<OutcomeRecord> outcome = OutcomeRecord.read(ireport);
        if (about != null && outcome.isPresent()) {
            Case.Answer answer = outcome.get().answer();
            // What came before the latest list event is in its states already.
            boolean isLater = answer.time().isAfter(about.last().tod());
            Case after = isLater ? withEffects(about, answer) : about;
            cases.put(after.withAnswer(outcome.get().agent(), answer));
        }
    }

    /** Returns the case with the presence of its units as the snapshot has it. */
    static Case asOfNow(Case value, Topology topology) {
        Case now = value;
        for (int i = 0; i < value.statuses().size(); i++) {
            Presence presence = Units.presence(value.diagnosis().suspects().get(i), topology);
            SuspectStatus status = value.statuses().get(i);
            boolean gone = presence == Presence.ABSENT || presence == Presence.REPLACED;
            SuspectStatus seen = gone ? status.with(Bit.NOT_PRESENT) : status.without(Bit.NOT_PRESENT);
            now = now.withStatus(i, seen, value.changed());
        }
        return now;
    }

    List<Case> solved(Diagnosis diagnosis, Topology topology, Instant now, List<Output> out) {
        if (cases.get(diagnosis.uuid()) != null || duplicates.containsKey(diagnosis.uuid())) {
            return List.of();
        }
        List<Suspect> suspects = diagnosis.suspects().stream()
                .map(s -> Units.complete(s, topology))
                .toList();
        for (Case old : List.copyOf(cases.all())) {
            if (old.state().isActive() && Duplicates.matches(old, suspects)) {
                return duplicate(diagnosis, old, suspects, now, out);
            }
        }
        ListEvent event = suspectEvent(diagnosis, suspects, acquittals(suspects), now);
        Case fresh = Case.of(event);
        cases.put(fresh);
        out.add(new Output.LogFault(event));
        out.add(new Output.TellAgents(event, fresh.step()));
        return List.of();
    }

    private List<Case> duplicate(Diagnosis diagnosis, Case old, List<Suspect> suspects, Instant now, List<Output> out) {
        duplicates.put(diagnosis.uuid(), old.uuid());
        out.add(new Output.LogInfo(
                OutcomeRecord.duplicate(diagnosis.uuid(), old.uuid(), diagnosis.engine(), diagnosis.ereports(), now)));
        List<SuspectStatus> sharper = Duplicates.sharpened(old, suspects, now);
        cases.put(old.withDuplicate(now));
        return changeTo(cases.get(old.uuid()), sharper, now, out);
    }

    /**
     * Returns the states of new suspects: one that was repaired or replaced in an earlier case is acquitted at once if there
     * are others that were not.
     */
    private List<SuspectStatus> acquittals(List<Suspect> suspects) {
        List<SuspectStatus> states = new ArrayList<>();
        for (Suspect suspect : suspects) {
            boolean mended = cases.all().stream()
                    .filter(c -> !c.state().isActive() && Duplicates.matches(c, suspects))
                    .anyMatch(c -> wasMended(c, suspect));
            states.add(mended ? SuspectStatus.of(Bit.ACQUITTED) : SuspectStatus.FAULTY);
        }
        boolean mixed = states.contains(SuspectStatus.FAULTY);
        return mixed ? states : suspects.stream().map(s -> SuspectStatus.FAULTY).toList();
    }

    private static boolean wasMended(Case old, Suspect suspect) {
        for (int i = 0; i < old.statuses().size(); i++) {
            SuspectStatus status = old.statuses().get(i);
            if (old.diagnosis().suspects().get(i).sameAs(suspect)
                    && (status.has(Bit.REPAIRED) || status.has(Bit.REPLACED))) {
                return true;
            }
        }
        return false;
    }

    private ListEvent suspectEvent(
            Diagnosis diagnosis, List<Suspect> suspects, List<SuspectStatus> states, Instant now) {
        String code = messages.codeOf(suspects.stream().map(Suspect::eventClass).toList());
        return new ListEvent(
                ListKind.SUSPECT,
                now,
                diagnosis.uuid(),
                code,
                now.truncatedTo(ChronoUnit.MICROS),
                new FmdFmri(diagnosis.engine(), diagnosis.version()),
                messages.severityOf(code),
                suspects.stream().allMatch(Suspect::message),
                diagnosis.injected(),
                suspects,
                states,
                diagnosis.ereports());
    }

    /** Sets the states of a case's suspects and publishes what follows. */
    private List<Case> changeTo(@Nullable Case before, List<SuspectStatus> states, Instant now, List<Output> out) {
        if (before == null || before.statuses().equals(states)) {
            return List.of();
        }
        Case after = before;
        for (int i = 0; i < states.size(); i++) {
            after = after.withStatus(i, states.get(i), now.isBefore(before.changed()) ? before.changed() : now);
        }
        if (after.anyFaulty() || !after.state().isActive()) {
            publish(after.settled(), ListKind.UPDATED, now, out);
            return List.of();
        }
        Case repaired = publish(after.withState(after.state().to(CaseState.REPAIRED)), ListKind.REPAIRED, now, out);
        resolveIfInService(repaired, now, out);
        return List.of(repaired);
    }

    private void resolveIfInService(Case value, Instant now, List<Output> out) {
        if (value.state() == CaseState.REPAIRED && !value.anyUnusable()) {
            publish(value.withState(value.state().to(CaseState.RESOLVED)), ListKind.RESOLVED, now, out);
        }
    }

    private Case publish(Case value, ListKind kind, Instant now, List<Output> out) {
        ListEvent diagnosis = value.diagnosis();
        ListEvent event = new ListEvent(
                kind,
                // Never before an answer that its states hold, so that a restart can tell which answers they hold.
                now.isBefore(value.changed()) ? value.changed() : now,
                value.uuid(),
                messages.codeOf(kind, diagnosis.code()),
                diagnosis.diagTime(),
                diagnosis.engine(),
                diagnosis.severity(),
                diagnosis.message(),
                diagnosis.injected(),
                diagnosis.suspects(),
                value.statuses(),
                List.of());
        if (kind == ListKind.ISOLATED) {
            // Told, not logged (fmd reference §1.2), and no step of its own: it follows from an outcome that is.
            out.add(new Output.TellAgents(event, value.step()));
            cases.put(value);
            return value;
        }
        Case after = value.withEvent(event).withState(value.state());
        cases.put(after);
        out.add(new Output.LogFault(event));
        out.add(new Output.TellAgents(event, after.step()));
        return after;
    }

    List<Case> answered(Input.AgentAnswered answered, Instant now, List<Output> out) {
        Case about = cases.get(answered.uuid());
        if (about == null || answered.kind() == ListKind.ISOLATED) {
            return List.of();
        }
        Case.Answer before = about.outcomes().get(answered.agent());
        if (before != null
                && before.step() == answered.step()
                && saysNothingNew(answered.outcome(), before.outcome())) {
            return List.of();
        }
        Instant last = about.last().tod();
        Instant at = now.isAfter(last) ? now : last.plusNanos(1);
        Case.Answer answer = new Case.Answer(at, answered.step(), answered.kind(), answered.outcome());
        out.add(new Output.LogInfo(OutcomeRecord.of(answered.uuid(), answered.agent(), answered.version(), answer)));
        Case after = withEffects(about, answer).withAnswer(answered.agent(), answer);
        cases.put(after);
        if (after.state() == CaseState.CLOSED && about.state() == CaseState.SOLVED) {
            publish(after, ListKind.ISOLATED, at, out);
        }
        resolveIfInService(after, at, out);
        return List.of();
    }

    /** Agents are told again at every start; what they say then counts only if it is something else than before. */
    private static boolean saysNothingNew(AgentOutcome outcome, AgentOutcome before) {
        return outcome.equals(before) || outcome.result() == AgentOutcome.Result.NOT_RELEVANT;
    }

    /** An answer changes whether suspects are in service, and with that perhaps the state of the case. */
    private static Case withEffects(Case about, Case.Answer answer) {
        Case after = about;
        AgentOutcome outcome = answer.outcome();
        for (SuspectOutcome suspect : outcome.suspects()) {
            if (suspect.index() < 0 || suspect.index() >= after.statuses().size()) {
                continue;
            }
            SuspectStatus status = after.statuses().get(suspect.index());
            if (suspect.effect() == Effect.ISOLATED) {
                after = after.withStatus(suspect.index(), status.with(Bit.UNUSABLE), answer.time());
            } else if (suspect.effect() == Effect.RESTORED) {
                after = after.withStatus(suspect.index(), status.without(Bit.UNUSABLE), answer.time());
            }
        }
        return after.settled();
    }

    /** A faulty part whose place holds another one was replaced. */
    List<Case> topologyChanged(Topology topology, Instant now, List<Output> out) {
        List<Case> repaired = new ArrayList<>();
        for (Case value : List.copyOf(cases.all())) {
            List<SuspectStatus> states = new ArrayList<>();
            for (int i = 0; i < value.statuses().size(); i++) {
                SuspectStatus status = value.statuses().get(i);
                boolean replaced = status.isFaulty()
                        && Units.presence(value.diagnosis().suspects().get(i), topology) == Presence.REPLACED;
                // The new part is in service whatever was done to the old one.
                states.add(replaced ? SuspectStatus.of(Bit.REPLACED) : status);
            }
            repaired.addAll(changeTo(value, states, now, out));
        }
        return repaired;
    }

    List<Case> said(OperatorSays said, Topology topology, Instant now, List<Output> out) {
        List<Case> repaired = new ArrayList<>();
        boolean known = false;
        boolean mended = false;
        Set<Fmri> labelled = unitsLabelled(said.target());
        if (labelled.size() > 1) {
            out.add(new Output.Refused("label is that of " + labelled.size()
                    + " faulty resources; name one by its FMRI or its case: " + labelled));
            return List.of();
        }
        for (Case value : List.copyOf(cases.all())) {
            if (said.uuid().isPresent() && !said.uuid().get().equals(value.uuid())) {
                continue;
            }
            List<SuspectStatus> states = new ArrayList<>();
            for (int i = 0; i < value.statuses().size(); i++) {
                Suspect suspect = value.diagnosis().suspects().get(i);
                SuspectStatus status = value.statuses().get(i);
                boolean meant = status.isFaulty() && isMeant(said.target(), value, suspect);
                known |= meant;
                if (meant && said.verb() == Verb.REPLACED && Units.presence(suspect, topology) == Presence.PRESENT) {
                    states.add(status);
                } else {
                    mended |= meant;
                    states.add(meant ? status.without(Bit.FAULTY).with(reason(said.verb())) : status);
                }
            }
            repaired.addAll(changeTo(value, states, now, out));
        }
        out.add(verdict(said, known, mended));
        return repaired;
    }

    /** Labels are what people know, and not always unique: {@code unknown slot} is the label of every disk without a bay. */
    private Set<Fmri> unitsLabelled(String label) {
        Set<Fmri> units = new LinkedHashSet<>();
        for (Case value : cases.all()) {
            for (int i = 0; i < value.statuses().size(); i++) {
                Suspect suspect = value.diagnosis().suspects().get(i);
                Fmri unit = suspect.fru() != null ? suspect.fru() : suspect.resource();
                if (unit != null && value.statuses().get(i).isFaulty() && label.equals(suspect.location())) {
                    units.add(unit);
                }
            }
        }
        return units;
    }

    private static Output verdict(OperatorSays said, boolean known, boolean mended) {
        if (mended) {
            String what = switch (said.verb()) {
                case REPAIRED -> "repair";
                case REPLACED -> "replacement";
                case ACQUIT -> "acquittal";
            };
            return new Output.Recorded("recorded " + what + " of " + said.target());
        }
        if (known) {
            return new Output.Refused("specified resource has not been replaced");
        }
        return new Output.Refused(
                isUuid(said.target())
                        ? "specified UUID is invalid or has been repaired"
                        : "specified resource is not known to be faulty");
    }

    private static Bit reason(Verb verb) {
        return switch (verb) {
            case REPAIRED -> Bit.REPAIRED;
            case REPLACED -> Bit.REPLACED;
            case ACQUIT -> Bit.ACQUITTED;
        };
    }

    /** A name matches the ASRU, the FRU, the resource, the label, or the case; an hc name may leave the authority out. */
    private static boolean isMeant(String target, Case value, Suspect suspect) {
        return target.equals(value.uuid().toString())
                || target.equals(suspect.location())
                || matches(target, suspect.asru())
                || matches(target, suspect.fru())
                || matches(target, suspect.resource());
    }

    private static boolean matches(String target, @Nullable Fmri fmri) {
        if (fmri == null) {
            return false;
        }
        return target.equals(fmri.toString()) || (fmri instanceof HcFmri hc && target.equals("hc://" + hc.pathText()));
    }

    private static boolean isUuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }
}

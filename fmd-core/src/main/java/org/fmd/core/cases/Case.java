// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.fmd.api.AgentOutcome;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.SuspectStatus;

/**
 * A solved case.
 *
 * @param diagnosis the {@code list.suspect} that published it: suspects and evidence never change
 * @param state where it stands
 * @param statuses the present state of each suspect
 * @param last the latest list event of the case, which agents have been or are being told
 * @param step how many list events the case has had, from 1; tells one {@code list.updated} from the next
 * @param changed when a suspect last changed
 * @param outcomes the latest outcome of each agent that has answered
 * @param duplicates how many later diagnoses said the same
 * @param lastSeen when the latest of them was made, or the first
 */
public record Case(
        ListEvent diagnosis,
        CaseState state,
        List<SuspectStatus> statuses,
        ListEvent last,
        int step,
        Instant changed,
        Map<String, Answer> outcomes,
        long duplicates,
        Instant lastSeen) {

    /**
     * What an agent answered.
     *
     * @param time when
     * @param step which list event of the case it answers
     * @param kind what that event was
     */
    public record Answer(Instant time, int step, ListKind kind, AgentOutcome outcome) {}

    public Case {
        statuses = List.copyOf(statuses);
        outcomes = Map.copyOf(outcomes);
    }

    /** Returns the case that a diagnosis opens. */
    public static Case of(ListEvent diagnosis) {
        return new Case(
                diagnosis,
                CaseState.SOLVED,
                diagnosis.statuses(),
                diagnosis,
                1,
                diagnosis.tod(),
                Map.of(),
                0,
                diagnosis.diagTime());
    }

    public UUID uuid() {
        return diagnosis.uuid();
    }

    public boolean anyFaulty() {
        return statuses.stream().anyMatch(SuspectStatus::isFaulty);
    }

    public boolean anyUnusable() {
        return statuses.stream().anyMatch(SuspectStatus::isUnusable);
    }

    /** Returns the case in the state that its suspects ask for while one of them is faulty: closed if those are all isolated. */
    public Case settled() {
        if (!state.isActive() || !anyFaulty()) {
            return this;
        }
        boolean isolated = statuses.stream().noneMatch(s -> s.isFaulty() && !s.isUnusable());
        if (isolated == (state == CaseState.CLOSED)) {
            return this;
        }
        return withState(isolated ? state.to(CaseState.CLOSE_WAIT).to(CaseState.CLOSED) : state.to(CaseState.SOLVED));
    }

    public Case withState(CaseState next) {
        return new Case(diagnosis, next, statuses, last, step, changed, outcomes, duplicates, lastSeen);
    }

    public Case withStatus(int index, SuspectStatus status, Instant now) {
        List<SuspectStatus> changedStatuses = new ArrayList<>(statuses);
        changedStatuses.set(index, status);
        return new Case(diagnosis, state, changedStatuses, last, step, now, outcomes, duplicates, lastSeen);
    }

    /** Returns the case after its next list event. */
    public Case withEvent(ListEvent event) {
        // Read back from the log it may say for the first time what became of a suspect.
        Instant last = event.statuses().equals(statuses) ? changed : event.tod();
        return new Case(diagnosis, state, event.statuses(), event, step + 1, last, outcomes, duplicates, lastSeen);
    }

    public Case withAnswer(String agent, Answer answer) {
        Map<String, Answer> more = new LinkedHashMap<>(outcomes);
        more.put(agent, answer);
        return new Case(diagnosis, state, statuses, last, step, changed, more, duplicates, lastSeen);
    }

    public Case withDuplicate(Instant seen) {
        return new Case(diagnosis, state, statuses, last, step, changed, outcomes, duplicates + 1, seen);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.util.List;

/**
 * What came of a task. It is journaled and shown beside the case; a refusal is as visible as an act.
 *
 * @param result how the task as a whole ended
 * @param reason one sentence for the administrator
 * @param suspects what was done about each suspect, only those that were looked at
 */
public record AgentOutcome(Result result, String reason, List<SuspectOutcome> suspects) {

    /** How a task, or the part of it about one suspect, ended. */
    public enum Result {
        /** Acted as asked, or found it done already. */
        DONE,
        /** Would have acted; the mode says only to tell. */
        DRY_RUN,
        /** Did not act, since an interlock or the configuration forbids it. */
        REFUSED,
        /** Tried and could not. */
        FAILED,
        /** There was nothing to do for this agent. */
        NOT_RELEVANT
    }

    /** What became of the suspect's ASRU. */
    public enum Effect {
        NONE,
        /** It is out of service now. */
        ISOLATED,
        /** It is back in service now. */
        RESTORED
    }

    /**
     * What was done about one suspect.
     *
     * @param index its place in the list of suspects, from 0
     * @param result how it ended
     * @param effect what became of its ASRU
     * @param action what was done, or would have been, exactly: {@code echo offline > /sys/block/sda/device/state}; empty
     *     if nothing
     * @param reason one sentence
     */
    public record SuspectOutcome(int index, Result result, Effect effect, String action, String reason) {}

    public AgentOutcome {
        suspects = List.copyOf(suspects);
    }

    public static AgentOutcome notRelevant(String reason) {
        return new AgentOutcome(Result.NOT_RELEVANT, reason, List.of());
    }

    public static AgentOutcome done(String reason) {
        return new AgentOutcome(Result.DONE, reason, List.of());
    }

    public static AgentOutcome failed(String reason) {
        return new AgentOutcome(Result.FAILED, reason, List.of());
    }
}

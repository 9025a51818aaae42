// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.fmd.api.AgentOutcome;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;

/**
 * All that the fault manager is ever told. A time before that of the input before it counts as the same time. An ereport comes with
 * the time of the wall clock, everything else with one that goes on when that is set: {@link FaultManager#ahead} says by how much
 * they differ.
 */
public sealed interface Input {

    Instant now();

    /** An ereport is durable at {@code ref}. */
    record EreportAccepted(Instant now, LogRef ref, Ereport ereport) implements Input {}

    /** Nothing but time has passed. */
    record TimePassed(Instant now) implements Input {}

    /** There is a new snapshot of the hardware. */
    record TopologyTaken(Instant now, Topology topology) implements Input {}

    /** An agent has answered the list event that was the {@code step}-th of its case. */
    record AgentAnswered(
            Instant now, String agent, String version, UUID uuid, int step, ListKind kind, AgentOutcome outcome)
            implements Input {}

    /**
     * An administrator says that something is so.
     *
     * @param verb what
     * @param target an FMRI, a label or a case, as it was typed
     * @param uuid only in this case
     */
    record OperatorSays(Instant now, Verb verb, String target, Optional<UUID> uuid) implements Input {}

    /** Somebody asks why: of a case by its UUID, or of a problem as {@code CLASS@RESOURCE}. Nothing changes by it. */
    record WhyAsked(Instant now, String target) implements Input {}

    /** What an administrator can say of a suspect (fmd reference §3.11). */
    enum Verb {
        REPAIRED,
        REPLACED,
        ACQUIT
    }
}

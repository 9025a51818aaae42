// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;

/** All that a diagnosis engine is ever told. Time never goes back from one input to the next. */
public sealed interface EngineInput {

    /** Returns the time of the input; engines know no other. */
    Instant now();

    /**
     * An ereport that is durable.
     *
     * @param ref its place in the error log, which is its identity
     */
    record Accepted(Instant now, LogRef ref, Ereport ereport) implements EngineInput {}

    /** A timer that the engine had set is due; {@code now} is the time it was set for, or later if that was past. */
    record TimerDue(Instant now, long timer) implements EngineInput {}

    /** The hardware is now this. The first input of all. */
    record TopologyChanged(Instant now, Topology topology) implements EngineInput {}

    /** A case has no faulty suspect any more; these were its suspects. */
    record Repaired(Instant now, UUID uuid, List<Suspect> suspects) implements EngineInput {}
}

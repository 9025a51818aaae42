// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.io.IOException;

/**
 * A module that acts on a diagnosis. It is called on a worker of its own, one task after another, and may be told the same
 * thing twice (after a crash, at every start): acting must be idempotent by the UUID of the case.
 */
public non-sealed interface Agent extends FmdModule {

    /**
     * Makes the agent ready.
     *
     * @throws IOException if it cannot act at all; the module is then shown as failed with that reason
     */
    void start(ModuleContext context) throws IOException;

    /** Acts, or says why not. An exception counts as {@link AgentOutcome.Result#FAILED} with its message. */
    AgentOutcome respond(AgentTask task);

    /** Releases what the agent holds. */
    void stop();
}

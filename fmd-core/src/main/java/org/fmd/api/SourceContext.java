// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import org.fmd.model.event.Ereport;

/** What an event source may ask of the daemon. */
public interface SourceContext extends ModuleContext {

    /**
     * Hands over an ereport. The daemon makes it durable before anything acts on it. Ereports that a device itself made and
     * that are assessed {@code fatal} are never dropped: the call waits while their lane is full. Others are dropped and
     * counted when theirs is.
     */
    void post(Ereport ereport);

    /** Says that the hardware may have changed, so that a new snapshot is taken soon; many calls cost one snapshot. */
    void topologyStale(String why);

    /** Takes a new snapshot now and returns it; for an observation about a device that the latest one does not know. */
    org.fmd.api.topo.Topology refreshTopology();

    /** Says that the source can observe less than it should, and why; shown by {@code fmadm config} until it says otherwise. */
    void degraded(String why);
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.Set;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.model.nv.NvList;

/**
 * An event that was seen: an ereport at its component, or one that a SERD engine delivers inside when it fires.
 *
 * @param cause the ereport itself, or the one that made the engine fire
 * @param trips the trip ereports that led to this one, itself included
 */
record Sighting(EventKey key, NvList payload, Report cause, Set<EventKey> trips) {}

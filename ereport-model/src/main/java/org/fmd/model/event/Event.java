// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.time.Instant;

/** Anything that is logged and dispatched. */
public sealed interface Event permits Ereport, ListEvent, Ireport {

    EventClass eventClass();

    /** Returns when it happened, by the wall clock. */
    Instant tod();
}

// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.util.Optional;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;

/** Finds an ereport by its place in the error log. */
@FunctionalInterface
public interface EreportLookup {

    /**
     * Returns the ereport, empty if the log does not hold it any more. It has the time that it carries in the log; an engine that was
     * told another one ({@link EngineInput.Accepted#ereport}), since the clock was set, has to remember that itself.
     */
    Optional<Ereport> find(LogRef ref);
}
